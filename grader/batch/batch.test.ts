import { expect } from "chai";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { folderOf, removeFolders } from "../../labs/runner/fixtures/folder";
import { COURSE } from "../fixtures/room";
import { selectFrom, selectHidden } from "../grading/selection";
import { type Grade, gradeSchema } from "../schema/grade";
import { type BatchEnd, type BatchOrder, runBatch } from "./batch";
import { discover } from "./discover";
import type { BatchEvent } from "./events";
import { type Lane, openLanes } from "./lanes";
import type { Settings } from "./settings";

const YES = `export class Raft { answer() { return "yes" } }\n`;
const NO = `export class Raft { answer() { return "no" } }\n`;

const settings: Settings = {
  course: "course-in-miniature 7.8.9",
  judge: "j",
  node: process.version,
  labs: [1],
  seeds: 2,
  seedBase: 1,
  isolation: "process",
  border: "none",
};

describe("a batch", function () {
  this.timeout(60_000);
  let lanes: Lane[];
  let common: BatchOrder["common"];
  let out: string;

  before(async () => {
    lanes = openLanes(1, {}, true);
    const selections = await lanes[0]?.use((pool) => selectFrom(pool, selectHidden(COURSE, "1"), undefined));
    const check = (): Promise<string[]> => Promise.resolve([]);
    const seeds = {
      seedSource: 1,
      seeds: 2,
      only: undefined,
      place: { isolation: "process", border: "none" } as const,
    };
    common = { root: COURSE, selections: selections ?? [], ...seeds, check };
  });

  beforeEach(() => {
    out = folderOf({});
  });

  after(() => {
    for (const lane of lanes) lane.close();
  });

  afterEach(removeFolders);

  interface Ran extends BatchEnd {
    readonly events: readonly BatchEvent[];
    readonly judged: readonly string[];
  }

  async function run(submissions: string, stopAt?: (event: BatchEvent) => boolean): Promise<Ran> {
    const events: BatchEvent[] = [];
    const draining = new AbortController();
    const { entries } = discover(submissions);
    const end = await runBatch({ out, entries, common, settings, lanes }, draining.signal, (event) => {
      events.push(event);
      if (stopAt?.(event) === true) draining.abort();
    });
    const judged = events.flatMap((event) => (event.event === "judged" ? [event.name] : []));
    return { ...end, events, judged };
  }

  function documents(): Record<string, Grade> {
    const folder = path.join(out, "grades");
    const files = readdirSync(folder).sort();
    return Object.fromEntries(
      files.map((file) => {
        const document = gradeSchema.parse(JSON.parse(readFileSync(path.join(folder, file), "utf8")));
        return [file.replace(/\.json$/, ""), document];
      }),
    );
  }

  function points(): [string, number][] {
    return Object.entries(documents()).map(([name, grade]) => [name, grade.points]);
  }

  it("gives every submission a document, those that cannot be read as well", async () => {
    const submissions = folderOf({
      "a/raft/raft.ts": YES,
      "b/raft/raft.ts": NO,
      "c.zip": "no zip",
      "d/x.ts": "",
    });
    const { isWhole, judged, taken } = await run(submissions);
    expect([isWhole, judged]).to.deep.equal([true, ["a", "b"]]);
    expect(points()).to.deep.equal([
      ["a", 12],
      ["b", 0],
      ["c", 0],
      ["d", 0],
    ]);
    const { c, d } = documents();
    expect(c?.problems[0]).to.match(/^it is no \.zip that can be read/);
    expect(c?.labs[0]?.scenes.map(({ verdict, runs }) => [verdict, runs.length])).to.deep.equal(
      Array(3).fill(["not-gradable", 2]),
    );
    expect(d?.problems[0]).to.match(/^there is no program of this course in it/);
    expect(taken.map(({ refusal }) => refusal !== undefined)).to.deep.equal([false, false, true, true]);
  });

  it("judges identical submissions once, and gives each a document of its own", async () => {
    const submissions = folderOf({ "a/raft/raft.ts": NO, "b/sub/raft/raft.ts": NO, "c/raft/raft.ts": YES });
    const { judged } = await run(submissions);
    expect(judged).to.deep.equal(["a", "c"]);
    const { a, b } = documents();
    expect(b?.digest).to.equal(a?.digest);
    expect(b?.subject).to.equal(path.join(out, "submissions", "b"));
    expect(b?.remarks).to.deep.equal(["the program lies in sub/"]);
    const replay = b?.labs[0]?.scenes[0]?.firstFailure?.replay;
    expect(replay).to.include(path.join("submissions", "b")).and.not.include(path.join("submissions", "a"));
    expect(JSON.stringify(b), "no word of the other student").not.to.include(`submissions/a`);
  });

  it("goes on where it was interrupted, after what was begun is ended", async () => {
    const bodies = Array.from({ length: 4 }, (_, i) => [`s${i}/raft/raft.ts`, `${YES}// ${i}\n`]);
    const submissions = folderOf(Object.fromEntries(bodies) as Record<string, string>);
    const first = await run(submissions, (event) => event.event === "judging" && event.name === "s1");
    expect([first.isWhole, first.judged]).to.deep.equal([false, ["s0", "s1"]]);
    const second = await run(submissions);
    expect([second.isWhole, second.judged]).to.deep.equal([true, ["s2", "s3"]]);
    expect(second.events[0]).to.deep.include({ event: "begun", submissions: 4, done: 2 });
    expect((await run(submissions)).judged).to.deep.equal([]);
  });

  it("judges again what has changed: a document, a submission, or a document that has gone", async () => {
    const submissions = folderOf({
      "a/raft/raft.ts": YES,
      "b/raft/raft.ts": `${YES}//`,
      "c/raft/raft.ts": NO,
      "d/raft/raft.ts": `${NO}//`,
    });
    await run(submissions);
    const grades = path.join(out, "grades");
    writeFileSync(
      path.join(grades, "a.json"),
      readFileSync(path.join(grades, "a.json"), "utf8").replace("12", "13"),
    );
    rmSync(path.join(grades, "b.json"));
    writeFileSync(path.join(submissions, "c", "raft", "raft.ts"), `${YES}// mended\n`);
    for (const lane of lanes) lane.renew(); // a process remembers what it has loaded
    const { judged } = await run(submissions);
    expect(judged).to.deep.equal(["a", "b", "c"]);
    expect(points().map(([, own]) => own)).to.deep.equal([12, 12, 12, 0]);
  });

  it("takes the result of a twin that was judged before", async () => {
    const submissions = folderOf({ "b/raft/raft.ts": YES });
    await run(submissions);
    mkdirSync(path.join(submissions, "a", "raft"), { recursive: true });
    writeFileSync(path.join(submissions, "a", "raft", "raft.ts"), YES);
    expect((await run(submissions)).judged).to.deep.equal([]);
    expect(points()).to.deep.equal([
      ["a", 12],
      ["b", 12],
    ]);
  });

  it("plays what was copied, even if half a copy was there", async () => {
    const submissions = folderOf({ "a/raft/raft.ts": YES });
    mkdirSync(path.join(out, "submissions", "a", "raft"), { recursive: true });
    writeFileSync(path.join(out, "submissions", "a", "raft", "raft.ts"), "export class");
    await run(submissions);
    expect(points()).to.deep.equal([["a", 12]]);
  });
});
