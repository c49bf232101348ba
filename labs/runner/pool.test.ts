import { expect } from "chai";
import path from "node:path";
import { spy } from "sinon";
import { UsageError } from "../kit/program/errors";
import type { Outcome } from "../kit/scene/outcome";
import { COURSE, folderOf, removeFolders, subjectOf } from "./fixtures/folder";
import { JudgeError, Pool, runJobs } from "./pool";
import type { Job, JobResult } from "./run";

const PRETENDING = path.join(COURSE, "labs", "1-pretending");
const OWN_FAULTS = path.join(COURSE, "labs", "2-own-faults");
const QUESTIONS = ["first", "second", "third", "fourth"].map((nth) => `the ${nth} question`);

function job(subject: string, scene: string, seeds: readonly number[], more: Partial<Job> = {}): Job {
  return { subject, suite: PRETENDING, scene, seeds, ...more };
}

function outcomes(result: JobResult | undefined): Outcome[] {
  return result?.played.map(({ outcome }) => outcome) ?? [];
}

/** Children that are started during `body` get these options. */
async function withNodeOptions<T>(options: string, body: () => Promise<T>): Promise<T> {
  const before = process.env["NODE_OPTIONS"];
  process.env["NODE_OPTIONS"] = options;
  try {
    return await body();
  } finally {
    if (before === undefined) delete process.env["NODE_OPTIONS"];
    else process.env["NODE_OPTIONS"] = before;
  }
}

describe("a pool", function () {
  this.timeout(30_000);
  let pool: Pool;

  beforeEach(() => {
    pool = new Pool({ workers: 2, hangMs: 1000 });
  });

  afterEach(() => {
    pool.close();
    removeFolders();
  });

  it("plays jobs of several subjects and gives the outcomes in the order of their seeds", async () => {
    const one = subjectOf("answer(scene: string, seed: number) { return seed }");
    const two = subjectOf("answer() { return 'two' }");
    const seeds = Array.from({ length: 25 }, (_, i) => 100 - i);
    const onOutcome = spy();
    const onStart = spy();
    const jobs = [job(one, "the first question", seeds), job(two, "the second question", [7])];
    const [first, second] = await pool.run(jobs, { onOutcome, onStart });
    expect(outcomes(first).map(({ hash }) => hash)).to.deep.equal(seeds.map((seed) => `${seed},${seed}`));
    expect(outcomes(first).every(({ verdict }) => verdict === "accepted")).to.be.true;
    expect(outcomes(second)).to.have.lengthOf(1);
    expect(outcomes(second)[0]).to.deep.include({ seed: 7, verdict: "wrong" });
    expect(onStart.callCount).to.equal(26);
    expect(onOutcome.callCount).to.equal(26);
    for (const [told, played, index] of onOutcome.args as [Job, { outcome: Outcome }, number][]) {
      expect(played.outcome.seed).to.equal(told.seeds[index]);
    }
  });

  it("adds children to a run that goes on", async () => {
    const slow = subjectOf("answer() { let n = 0; while (n < 3e7) n++; return n }");
    const seeds = Array.from({ length: 60 }, (_, i) => i);
    const growing = new Pool({ workers: 2, growAfterMs: 1 });
    const playing = new Set<number>();
    let together = 0;
    try {
      await growing.run([job(slow, "the first question", seeds)], {
        onStart: (_job, seed) => {
          playing.add(seed);
          together = Math.max(together, playing.size);
        },
        onOutcome: (_job, { outcome }) => playing.delete(outcome.seed),
      });
    } finally {
      growing.close();
    }
    expect(together).to.equal(2);
  });

  it("lists the scenes of a suite", async () => {
    const scenes = await pool.scenes(PRETENDING);
    expect(scenes.map(({ name }) => name)).to.deep.equal([...QUESTIONS, "the third question, in depth"]);
    expect(scenes[0]).to.deep.include({ lab: 1, points: 1, challenge: false });
  });

  it("names the handler and the line where a program hangs, and plays the other scenes", async () => {
    const hangs = subjectOf(`
      answer(scene: string, seed: number): number {
        if (scene !== "the second question") return seed;
        return this.count();
      }
      private count(): number {
        let n = 0;
        while (n >= 0) {
          n++;
        }
        return n;
      }`);
    const [first, second, third] = await pool.run(
      QUESTIONS.slice(0, 3).map((scene) => job(hangs, scene, [1, 2, 3, 4, 5, 6])),
    );
    expect(outcomes(first).map(({ verdict }) => verdict)).to.deep.equal(Array(6).fill("accepted"));
    expect(outcomes(third).map(({ verdict }) => verdict)).to.deep.equal(Array(6).fill("accepted"));
    const hung = outcomes(second);
    expect(hung.map(({ verdict }) => verdict)).to.deep.equal(Array(6).fill("time-limit"));
    expect(hung.map(({ seed }) => seed)).to.deep.equal([1, 2, 3, 4, 5, 6]);
    expect(hung[0]?.failure?.rule).to.equal("Handlers end");
    expect(hung[0]?.failure?.message).to.match(
      /^Raft\.answer has not returned for 1 s \(raft\/raft\.ts:(8|9)\): a handler must end; scene “the second question”, seed 1$/,
    );
    expect(hung.at(-1)?.failure?.message).to.contain("not played, because seed");
  });

  it("finds a hang in a constructor", async () => {
    const hangs = subjectOf(`
      constructor() {
        for (;;);
      }`);
    const [result] = await pool.run([job(hangs, "the first question", [1])]);
    expect(outcomes(result)[0]?.failure?.message).to.contain(
      "new Raft has not returned for 1 s (raft/raft.ts:4)",
    );
  });

  it("finds a hang while the program loads, once for all scenes", async () => {
    const hangs = folderOf({ "raft/raft.ts": "let n = 0;\nwhile (n >= 0) n++;\nexport class Raft {}\n" });
    const single = new Pool({ workers: 1, hangMs: 1000 });
    const begun = spy();
    try {
      const jobs = QUESTIONS.map((scene) => job(hangs, scene, [1, 2]));
      const results = await single.run(jobs, { onStart: begun });
      expect(results.flatMap(outcomes).map(({ verdict }) => verdict)).to.deep.equal(
        Array(8).fill("time-limit"),
      );
      expect(outcomes(results[0])[0]?.failure?.message).to.contain(
        "the program has not loaded for 1 s (raft/raft.ts:2)",
      );
      expect(begun.callCount).to.equal(1);
    } finally {
      single.close();
    }
  });

  it("plays every scene of a subject that hangs, and of other subjects", async () => {
    const hangs = subjectOf("answer() { for (;;); }");
    const good = subjectOf("answer() { return 1 }");
    const begun = spy();
    const jobs = [...QUESTIONS, "the third question, in depth"].map((scene) => job(hangs, scene, [1]));
    const results = await pool.run([...jobs, job(good, "the first question", [1])], { onStart: begun });
    const verdicts = results.flatMap(outcomes).map(({ verdict }) => verdict);
    expect(verdicts).to.deep.equal([...Array<string>(jobs.length).fill("time-limit"), "accepted"]);
    expect(begun.callCount).to.equal(jobs.length + 1);
  });

  it("tells a program that fills the memory from one that hangs", async () => {
    const greedy = subjectOf(`
      answer() {
        const all: number[][] = [];
        for (;;) all.push(new Array(10_000).fill(1.5));
      }`);
    const [result] = await runJobs([job(greedy, "the first question", [1])], { memoryMb: 200 });
    expect(outcomes(result)[0]?.verdict).to.equal("memory-limit");
    expect(outcomes(result)[0]?.failure?.message).to.contain("more than 200 MB");
  });

  it("has patience with a long run whose handlers end", async () => {
    // Some seconds in all on a slow machine, half a second on a fast one, and each call a few ms.
    const busy = subjectOf(`
      answer() {
        let n = 0;
        while (n < 4e6) n++;
        return n;
      }`);
    const suite = path.join(COURSE, "labs", "5-patience");
    const [result] = await runJobs([job(busy, "a long story", [1], { suite })], {
      hangMs: 250,
      patience: 1000,
    });
    expect(outcomes(result)[0]?.verdict).to.equal("accepted");
  });

  it("leaves a program alone that somebody is debugging", async () => {
    const slow = subjectOf(`
      answer() {
        let n = 0;
        while (n < 1e9) n++;
        return n;
      }`);
    const jobs = [job(slow, "the first question", [1])];
    const [debugged] = await withNodeOptions("--inspect=0", () => runJobs(jobs, { hangMs: 100 }));
    expect(outcomes(debugged)[0]?.verdict).to.equal("accepted");
    const [undisturbed] = await runJobs(jobs, { hangMs: 100 });
    expect(outcomes(undisturbed)[0]?.verdict).to.equal("time-limit");
  });

  it("takes a process that ends, and a scene that throws, as faults of its own", async () => {
    const good = subjectOf("answer() { return 1 }");
    const scenes = ["ends the process", "throws", "goes well"];
    const jobs = scenes.map((scene) => job(good, scene, [1, 2], { suite: OWN_FAULTS }));
    const [ended, threw, well] = await pool.run(jobs);
    expect(outcomes(ended).map(({ verdict }) => verdict)).to.deep.equal(["judge-error", "judge-error"]);
    expect(outcomes(ended)[0]?.failure?.message).to.contain("exit code 3");
    expect(outcomes(threw).map(({ verdict }) => verdict)).to.deep.equal(["judge-error", "judge-error"]);
    expect(outcomes(threw)[0]?.failure?.message).to.contain("a scene of ours is wrong");
    expect(outcomes(well).map(({ verdict }) => verdict)).to.deep.equal(["accepted", "accepted"]);
  });

  it("proves that no state is kept at module level, if asked to", async () => {
    const counts = folderOf({
      "raft/raft.ts":
        "let boots = 0;\nexport class Raft {\n  private n = ++boots;\n  answer() { return this.n }\n}\n",
    });
    const [asked, unasked] = await pool.run([
      job(counts, "the first question", [1, 2], { prove: true }),
      job(counts, "the second question", [1, 2]),
    ]);
    expect(outcomes(asked).map(({ verdict }) => verdict)).to.deep.equal(["run-error", "accepted"]);
    expect(outcomes(asked)[0]?.failure?.rule).to.equal("No memory outside the program's fields");
    expect(outcomes(asked)[0]?.failure?.message).to.contain(
      "a module-level variable is read (raft/raft.ts:1: let boots)",
    );
    expect(outcomes(unasked).map(({ verdict }) => verdict)).to.deep.equal(["accepted", "accepted"]);
  });

  it("passes on what is wrong with a program that cannot be loaded", async () => {
    const broken = folderOf({ "raft/raft.ts": "export class Raft {\n  answer( {}\n}\n" });
    const [result] = await pool.run([job(broken, "the first question", [1, 2])]);
    expect(outcomes(result).map(({ verdict }) => verdict)).to.deep.equal([
      "does-not-compile",
      "does-not-compile",
    ]);
    expect(outcomes(result)[0]?.failure?.message).to.match(/^raft\/raft\.ts:\d+:\d+: /);
  });

  it("refuses a folder that does not exist, and can be used again", async () => {
    const good = subjectOf("answer() { return 1 }");
    const error: unknown = await pool
      .run([job("no/such/folder", "the first question", [1])])
      .catch((e: unknown) => e);
    expect(error).to.be.instanceOf(UsageError);
    expect((error as Error).message).to.contain("no/such/folder");
    const [result] = await pool.run([job(good, "the first question", [1])]);
    expect(outcomes(result)[0]?.verdict).to.equal("accepted");
  });

  it("says that a suite does not load, or has no such scene", async () => {
    const broken = path.join(COURSE, "labs", "3-broken");
    const listing: unknown = await pool.scenes(broken).catch((e: unknown) => e);
    expect(listing).to.be.instanceOf(JudgeError);
    expect((listing as Error).message).to.contain("this suite does not load");
    const good = subjectOf("answer() { return 1 }");
    const playing: unknown = await pool.run([job(good, "no such scene", [1])]).catch((e: unknown) => e);
    expect(playing).to.be.instanceOf(JudgeError);
    expect((playing as Error).message).to.contain("no scene “no such scene”");
  });

  it("says that its children do not start", async () => {
    const jobs = [job(subjectOf("answer() { return 1 }"), "the first question", [1])];
    const running = withNodeOptions("--require ./no-such-file.js", () => runJobs(jobs));
    const error: unknown = await running.catch((e: unknown) => e);
    expect(error).to.be.instanceOf(JudgeError);
    expect((error as Error).message).to.match(
      /^a process of the runner has ended \(exit code 1\): Error: Cannot find/,
    );
  });

  it("drops work that nobody wants any more", async () => {
    const good = subjectOf("answer() { return 1 }");
    const single = new Pool({ workers: 1 });
    try {
      const unwanted = job(
        good,
        "the first question",
        Array.from({ length: 100 }, (_, i) => i),
      );
      const other = job(good, "the second question", [1]);
      const results = await single.run([unwanted, other], {
        onOutcome: () => single.drop((each) => each === unwanted),
      });
      expect(results[0]?.played).to.have.lengthOf(10);
      expect(results[1]?.played).to.have.lengthOf(1);
    } finally {
      single.close();
    }
  });

  it("ends a run, and a child that hangs, when it is told to", async () => {
    const hangs = subjectOf("answer() { for (;;); }");
    const good = subjectOf("answer() { return 1 }");
    const patient = new Pool({ workers: 1 });
    try {
      const controller = new AbortController();
      const reason = new Error("enough");
      const error: unknown = await patient
        .run([job(hangs, "the first question", [1])], {
          signal: controller.signal,
          onStart: () => controller.abort(reason),
        })
        .catch((e: unknown) => e);
      expect(error).to.equal(reason);
      const [result] = await patient.run([job(good, "the first question", [1])]);
      expect(outcomes(result)[0]?.verdict).to.equal("accepted");
    } finally {
      patient.close();
    }
  });
});
