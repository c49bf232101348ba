import { expect } from "chai";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Comparison } from "../compare/comparison";
import type { Work } from "../compare/crew";
import { errandsOf } from "../compare/errand";
import { CompareError } from "../compare/store";
import { runCompare } from "./compare-command";

/** What one operation of one system costs, as a crew would bring it. */
const ROW = {
  system: "majority",
  N: 3,
  read: { trips: 1, calls: 3, bytes: 537, writes: 0 },
  write: { trips: 2, calls: 6, bytes: 1197, writes: 4 },
  idleCalls: 3,
};

/** Runs the command with a crew that brings what is wanted. */
async function run(...args: string[]) {
  const [out, error, works, progress]: [string[], string[], Work[], string[]] = [[], [], [], []];
  const code = await runCompare(args, {
    out: (text) => out.push(text),
    error: (text) => error.push(text),
    measure: (work, onDone) => {
      works.push(work);
      if (work.subject === "broken") return Promise.reject(new CompareError("a child has died"));
      for (const errand of errandsOf(work.parts, work.order)) onDone(errand);
      const rows = new Map(work.parts.map((part) => [part, part === "costs" ? [ROW] : []]));
      return Promise.resolve({ rows, problems: work.subject === "half" ? ["Raft is missing", "again"] : [] });
    },
    progress: (done, total, what) => progress.push(`${done}/${total} ${what}`),
  });
  return { code, out: out.join(""), error: error.join(""), work: works[0], progress };
}

describe("the command compare", () => {
  it("prints a table and tells how far it is", async () => {
    const { code, out, progress } = await run("--only", "costs", "--servers", "3");
    expect(code).to.equal(0);
    expect(out).to.include("majority      1/2        3/6   537/1197        0/4       3");
    expect(progress[0]).to.equal("0/10 ");
    expect(progress.at(-1)).to.equal("10/10 costs: Raft, session reads, 3 servers");
  });

  it("passes on what was asked for, the parts in their own order", async () => {
    const { work } = await run("--only", "costs, costs", "--seed", "9", "--seeds", "3", "--subject", "mine");
    expect(work).to.deep.equal({ subject: "mine", order: { seed: 9, seeds: 3 }, parts: ["costs"] });
  });

  it("writes figures, pictures and a page that needs nothing else", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "compare-"));
    try {
      const json = path.join(folder, "figures.json");
      const { error } = await run(
        "--only",
        "costs",
        "--json",
        json,
        "--out",
        path.join(folder, "new", "out"),
      );
      expect(error).to.include(`written: ${json}`);
      const comparison = JSON.parse(readFileSync(json, "utf8")) as Comparison;
      expect(comparison.parts[0]?.rows).to.deep.equal([ROW]);
      expect(readdirSync(path.join(folder, "new", "out")).sort()).to.deep.equal([
        "comparison.html",
        "costs.svg",
      ]);
      const page = readFileSync(path.join(folder, "new", "out", "comparison.html"), "utf8");
      expect(page).to.include("<svg").and.to.include("<pre>");
      expect(page).to.not.match(/<script|<link|<img|src=|href=/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("says what is wrong with its line, and how to say it", async () => {
    const lines: [string[], RegExp][] = [
      [["--only", "cost"], /there is no part “cost”; there are availability, costs, /],
      [["--servers", "12"], /--servers 12: say how many, a whole number from 1 to 7/],
      [["--seed", "x"], /--seed x: a seed is a whole number/],
      [["costs"], /--help explains/],
      [["--only", "costs", "--json", __dirname], /cannot be written .*: name another place/],
    ];
    for (const [args, message] of lines) {
      const { code, error } = await run(...args);
      expect(code, args.join(" ")).to.equal(2);
      expect(error).to.match(message);
    }
    const { code, out } = await run("--help");
    expect(code).to.equal(0);
    expect(out).to.include("throughput    What do more servers do");
  });

  it("shows what could be measured, names why the rest could not, and ends with 1", async () => {
    const { code, out, error } = await run("--subject", "half", "--only", "costs,latency");
    expect(code).to.equal(1);
    expect(out).to.include("costs: What does").and.to.not.include("latency");
    expect(error).to.equal("left out: 2 of 42 measurements; the first of them, Raft is missing\n");
  });

  it("ends with 1 if nothing could be measured", async () => {
    const { code, out, error } = await run("--subject", "broken", "--only", "costs");
    expect({ code, out, error }).to.deep.equal({ code: 1, out: "", error: "a child has died\n" });
  });
});
