import { expect } from "chai";
import path from "node:path";
import { loadSubject } from "../../../labs/kit/subject/load";
import { loadScenes } from "../../../labs/runner/suite";
import { playProved } from "../../../labs/runner/proof";
import { descendants } from "../cell/fixture";
import type { Wall } from "../isolation/isolation";
import { LIMITS, type Limits } from "../isolation/node";
import { strongestWall, tryWall, WALLS } from "../isolation/probe";
import { apply, MUTANTS } from "../../mutants";
import { essence, ROOT, SOLUTIONS, withProgram } from "./fixture";
import { Judge, type Judged, type Run } from "./judge";
import { pack } from "./pack";

/** The first scene of a suite, or the one of this place, under seed 7. */
function runOf(suite: string, place = 0): Run {
  const folder = path.join(ROOT, suite);
  const scene = loadScenes(folder)[place];
  if (scene === undefined) throw new Error("no such scene");
  return { suite: folder, scene, seed: 7, prove: false, options: {} };
}

const ELECTION = "labs/1-election";

/** One quick scene of every lab; that of Lab 6 reads what the program predicts. */
const RUNS: readonly (readonly [suite: string, place?: number])[] = [
  ["labs/0-warmup"],
  [ELECTION],
  ["labs/2-replication"],
  ["labs/3-persistence"],
  ["labs/4-snapshots"],
  ["labs/5-key-value"],
  ["labs/6-quorum"],
];

/** Plays in a judge's sandboxes, and closes them. */
function judged(
  folder: string,
  wall: Wall,
  play: (judge: Judge) => Judged,
  limits?: Partial<Limits>,
): Judged {
  const judge = new Judge(pack(folder), wall, { ...LIMITS, ...limits }, "transcript");
  try {
    return play(judge);
  } finally {
    judge.close();
  }
}

describe("a judge of sandboxed programs", function () {
  this.timeout(120_000);

  for (const wall of WALLS) {
    it(`plays as in its own process, behind ${wall.kind}, by transcript and input by input`, function () {
      const problem = tryWall(wall);
      if (problem !== undefined) {
        if (this.test !== undefined) this.test.title += ` (${problem})`;
        this.skip();
      }
      const judge = new Judge(pack(SOLUTIONS), wall, LIMITS, "transcript");
      const reference = loadSubject(SOLUTIONS);
      // One wall stands for all where it does not matter which.
      for (const [suite, place] of wall === strongestWall() ? RUNS : RUNS.slice(1, 2)) {
        const run = runOf(suite, place);
        const expected = essence(run.scene.play(reference, run.seed));
        expect(expected, suite).to.include({ verdict: "accepted" });
        expect(essence(judge.play(run).outcome), `${suite} by transcript`).to.deep.equal(expected);
        expect(essence(judge.playStrictly(run).outcome), `${suite} input by input`).to.deep.equal(expected);
      }
      judge.close();
    });
  }

  const inTimer = (code: string) => (text: string) =>
    text.replace(/(\n {2}timer\(name: string\): void \{)/, (head) => `${head}\n    ${code}`);
  const atTop = (code: string) => (text: string) => `${text}\n${code}`;
  const mutant = (name: string) => (text: string) => {
    const found = MUTANTS.find((each) => each.name === name && each.file === "raft/raft.ts");
    if (found === undefined) throw new Error(`no mutant ${name}`);
    return apply(found, text);
  };
  const broken = MUTANTS.find(
    ({ lab, everyScene, file }) => lab === 1 && everyScene && file === "raft/raft.ts",
  );

  const failing: readonly (readonly [what: string, change: (text: string) => string])[] = [
    ["throws", inTimer("throw new TypeError('a --> b');")],
    ["throws what is no error", inTimer("throw { a: 1 };")],
    ["trips over nothing", inTimer("(undefined as unknown as { x: { y: number } }).x.y = 1;")],
    ["reads a clock", inTimer("Date.now();")],
    [
      "sends a function",
      inTimer("this.ctx.call(this.ctx.peers[0] ?? 0, 'requestVote', (() => 1) as never);"),
    ],
    ["throws while it is loaded", atTop("throw new Error('no');")],
    ["sets a timer beyond all time", inTimer("this.ctx.setTimer('x', 1e307);")],
    ["breaks a rule", mutant(broken?.name ?? "")],
  ];
  for (const [what, change] of failing) {
    it(`says of a program that ${what} what is said in its own process`, async function () {
      const wall = strongestWall();
      if (wall === undefined) return this.skip();
      await withProgram({ "raft/raft.ts": change }, (folder) => {
        const run = { ...runOf(ELECTION), prove: true };
        const subject = (): ReturnType<typeof loadSubject> => loadSubject(folder);
        const expected = essence(playProved(run.scene, subject(), subject, run.seed));
        judged(folder, wall, (judge) => {
          expect(essence(judge.play(run).outcome)).to.deep.equal(expected);
          expect(essence(judge.playStrictly(run).outcome)).to.deep.equal(expected);
          return judge.play(run);
        });
      });
    });
  }

  const greedy: readonly (readonly [
    what: string,
    change: (text: string) => string,
    verdict: string,
    message: RegExp,
    limits: Partial<Limits>,
  ])[] = [
    [
      "loops in a handler",
      inTimer("for (;;);"),
      "time-limit",
      /^Raft\.timer on server \d has taken 1\.5 s/,
      { handlerMs: 1500 },
    ],
    [
      "loops while it is loaded",
      atTop("for (;;);"),
      "time-limit",
      /^new Raft on server 0 has taken 1\.5 s/,
      { handlerMs: 1500 },
    ],
    [
      "does too much",
      inTimer("for (let i = 0; i < 3e8; i++) { if (i % 7 === 8) return; }"),
      "time-limit",
      /^the run has not ended after 1\.5 s/,
      { runMs: 1500 },
    ],
    [
      "hoards",
      inTimer("const all: number[][] = []; for (;;) all.push([1, 2, 3, 4, 5, 6, 7, 8]);"),
      "memory-limit",
      /need more than 128 MB/,
      { memoryMb: 128 },
    ],
    [
      "notes too much",
      inTimer("for (let i = 0; i < 100; i++) this.ctx.note('x'.repeat(1e5));"),
      "output-limit",
      /more than 4 MB/,
      { outputBytes: 4 * 1024 * 1024 },
    ],
  ];
  for (const [what, change, verdict, message, limits] of greedy) {
    it(`ends a program that ${what}, and says where`, async function () {
      const wall = strongestWall();
      if (wall === undefined) return this.skip();
      await withProgram({ "raft/raft.ts": change }, (folder) => {
        const { outcome, lost } = judged(folder, wall, (judge) => judge.play(runOf(ELECTION)), limits);
        expect(outcome.verdict, outcome.failure?.message).to.equal(verdict);
        expect(outcome.failure?.message).to.match(message);
        expect(lost).to.equal(true);
      });
    });
  }

  it("takes nothing for the program's fault when a sandbox is killed from outside, and goes on", function () {
    const wall = strongestWall();
    if (wall === undefined) return this.skip();
    const judge = new Judge(pack(SOLUTIONS), wall, LIMITS, "input-by-input");
    const run = runOf(ELECTION);
    let inputs = 0;
    const scene: typeof run.scene = {
      ...run.scene,
      play: (subject, seed, options) =>
        run.scene.play(
          {
            ...subject,
            driver: (cast, instances) => {
              const driver = subject.driver(cast, instances);
              const deliver: typeof driver.deliver = (...input) => {
                if (++inputs === 20) for (const id of descendants().reverse()) process.kill(id, "SIGKILL");
                return driver.deliver(...input);
              };
              return { ...driver, deliver };
            },
          },
          seed,
          options,
        ),
    };
    const killed = judge.play({ ...run, scene });
    expect(killed.outcome.verdict).to.equal("judge-error");
    expect(killed.lost).to.equal(false);
    const again = judge.play(run);
    expect(essence(again.outcome)).to.deep.equal(essence(run.scene.play(loadSubject(SOLUTIONS), run.seed)));
    judge.close();
  });
});
