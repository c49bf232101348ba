import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Outcome } from "../kit/scene/outcome";
import { writeHistoryOf } from "./history-file";

function outcome(scene: string, verdict: Outcome["verdict"], history?: string): Outcome {
  const run = { scene, seed: 7, verdict, hash: "", inputs: 0, virtualMs: 0 };
  return history === undefined ? run : { ...run, history };
}

describe("what the clients of a run saw", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "history-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is written for the first run that failed, or else for the first", () => {
    const file = path.join(folder, "h.ndjson");
    const [fine, bad] = [outcome("a", "accepted", "fine"), outcome("b", "wrong", "bad")];
    expect(writeHistoryOf([outcome("raft", "wrong"), fine, bad], file)).to.match(
      /“b”, seed 7: npm run check-history/,
    );
    expect(readFileSync(file, "utf8")).to.equal("bad");
    writeHistoryOf([fine], file);
    expect(readFileSync(file, "utf8")).to.equal("fine");
  });

  it("is refused in one line where there are no clients, or no such folder", () => {
    expect(() => writeHistoryOf([outcome("raft", "wrong")], "x")).to.throw(
      /no scene that was played has clients/,
    );
    const nowhere = path.join(folder, "none", "x");
    expect(() => writeHistoryOf([outcome("a", "wrong", "bad")], nowhere)).to.throw(
      /cannot be written .*ENOENT/,
    );
  });
});
