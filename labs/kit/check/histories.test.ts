import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { DEFAULT_BUDGET } from "./budget";
import type { History } from "./history";
import { checkLinearizable } from "./linearizable";
import type { Model } from "./model";
import { MODELS } from "./models";
import { splitParts } from "./parts";
import { readHistory } from "./readers";
import { replayOrder } from "./validate";
import { searchOrder } from "./wgl";

// Logs of real systems with known verdicts. They are not ours to give away: the test runs where the folder is.
const FOLDER = process.env.HISTORIES ?? path.resolve(__dirname, "../../../../shared/histories");

/** A line of the folder's index: file, format, verdict … */
const LINE = /^\| (\S+) \| \w+ \| (NOT )?linearizable \|/gm;

describe("logs of other systems", () => {
  if (!existsSync(path.join(FOLDER, "INDEX.md"))) {
    it(`skipped: there is no ${FOLDER}`);
    return;
  }
  const index = readFileSync(path.join(FOLDER, "INDEX.md"), "utf8");
  const files = Array.from(index.matchAll(LINE), ([, file = "", not]) => ({ file, not: not !== undefined }));

  it("are all there", () => {
    expect(files).to.have.length(74);
  });

  for (const { file, not } of files) {
    it(`${file} is ${not ? "not " : ""}linearizable`, () => {
      const { model: name, history } = readHistory(readFileSync(path.join(FOLDER, file), "utf8"));
      const model: Model = MODELS[name];
      const verdict = checkLinearizable(history, model);
      expect(verdict.verdict).to.equal(not ? "not linearizable" : "linearizable");
      if (verdict.verdict === "linearizable") {
        expect(replayOrder(verdict.order, history, model)).to.equal(undefined);
      }
      // It takes all keys of c50-bad, and one of them has too many orders for an engine that knows nothing of appends.
      if (!file.includes("c50-bad")) expect(plainly(history, model)).to.equal(verdict.verdict);
    });
  }
});

function plainly(history: History, model: Model): string {
  const decisions = splitParts(history, model).map(({ operations }) =>
    searchOrder(operations, model, DEFAULT_BUDGET),
  );
  for (const verdict of ["not linearizable", "undecided"] as const) {
    if (decisions.some((decision) => decision.verdict === verdict)) return verdict;
  }
  return "linearizable";
}
