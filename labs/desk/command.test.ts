import { expect } from "chai";
import { writeFileSync } from "node:fs";
import path from "node:path";
import picocolors from "picocolors";
import { COURSE, folderOf, removeFolders, subjectOf } from "../runner/fixtures/folder";
import { Pool } from "../runner/pool";
import { runLab } from "./command";
import { type TypeCheck, typeErrors } from "./typecheck";

const GOOD = "answer(_scene: string, seed: number) { return seed }";
const BAD_SEED =
  "answer(_scene: string, seed: number) { return seed % 2 === 0 ? seed : `seed ${seed} is odd` }";

interface Told {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

interface Course {
  readonly root?: string;
  readonly hangMs?: number;
  readonly signal?: AbortSignal;
  /** The real one takes a second. */
  readonly check?: TypeCheck;
  /** Sees each line as it is written. */
  readonly onLine?: (line: string) => void;
}

/** Runs `lab` in this process, on the course in miniature. */
async function lab(args: readonly string[], course: Course = {}): Promise<Told> {
  const { root = COURSE, hangMs = 10_000, signal = new AbortController().signal, onLine } = course;
  const check = course.check ?? (() => Promise.resolve([]));
  const out: string[] = [];
  const errors: string[] = [];
  const line = (text = ""): void => {
    out.push(text);
    onLine?.(text);
  };
  const code = await runLab(args, {
    root,
    pool: new Pool({ workers: 1, hangMs }),
    screen: { line, clear: () => line("(cleared)"), colors: picocolors.createColors(false) },
    error: (text) => errors.push(text),
    check,
    signal,
  });
  return { code, out: out.join("\n"), error: errors.join("\n") };
}

describe("npm run lab", function () {
  this.timeout(30_000);
  afterEach(removeFolders);

  it("ends with 0 and a line a scene if all goes well", async () => {
    const { code, out, error } = await lab(["1", "--subject", subjectOf(GOOD)]);
    expect(code).to.equal(0);
    expect(error).to.equal("");
    expect(out).to.match(/^Lab 1: Pretending on .*, 5 seeds a scene\n/);
    expect(out).to.match(/^✓ the first question +5\/5 +0 calls +0 saves +7\.5 s virtual +\d+ ms$/m);
    expect(out).to.match(/\n5 of 5 scenes passed$/);
  });

  it("shows a failure with a command that shows it again", async () => {
    const subject = subjectOf(BAD_SEED);
    const first = await lab(["1", "--subject", subject, "--only", "the third question", "--seeds", "8"]);
    expect(first.code).to.equal(1);
    expect(first.out).to.match(/^✗ the third question +[1-7]\/8 /m);
    expect(first.out).not.to.contain("in depth"); // the exact name is meant
    const failure = /^ {4}(Answers are numbers .*)$/ms.exec(first.out)?.[1]?.split("\n0 of 1")[0];
    const [, seed, replay] = /seed (\d+): npm run lab -- (.*)$/m.exec(first.out) ?? [];
    expect(replay).to.equal(`1 --only "the third question" --seed ${seed} --subject ${subject}`);

    const again = await lab([
      "1",
      "--only",
      "the third question",
      "--seed",
      seed ?? "",
      "--subject",
      subject,
    ]);
    expect(again.code).to.equal(1);
    expect(again.out).to.match(/^✗ the third question +0\/1 /m);
    expect(again.out).to.contain(failure);
  });

  it("plays the grader's scenes on demand", async () => {
    const { code, out } = await lab(["1", "--hidden", "--seed", "3", "--subject", subjectOf(BAD_SEED)]);
    expect(code).to.equal(1);
    expect(out).to.match(/^Lab 1: Pretending \(hidden scenes\) on .*, seed 3\n/);
    expect(out).to.match(
      /seed 3: npm run lab -- 1 --only "a hidden question" --seed 3 --subject \S+ --hidden$/m,
    );
  });

  it("says once what concerns the whole program, and the next step instead of a failure", async () => {
    const holes = subjectOf(
      "answer() { throw new Error('not implemented yet: Raft.answer. Next: answer.') }",
    );
    const unfinished = await lab(["1", "--subject", holes]);
    expect(unfinished.code).to.equal(1);
    expect(unfinished.out.match(/Not implemented yet: Raft\.answer\.\nNext: answer\./g)).to.have.lengthOf(1);
    expect(unfinished.out).not.to.contain("S0 ");

    const syntax = folderOf({ "raft/raft.ts": "export class Raft {\n  answer( {}\n}\n" });
    const broken = await lab(["1", "--subject", syntax], { check: () => Promise.resolve(["what follows"]) });
    expect(broken.code).to.equal(1);
    expect(broken.out.match(/^raft\/raft\.ts:\d+:\d+: .*expected/gm)).to.have.lengthOf(1);

    expect(broken.out).not.to.contain("Type errors");

    const other = await lab(["1", "--subject", folderOf({ "kv/server.ts": "export class KvServer {}" })]);
    expect(other.code).to.equal(1);
    expect(other.out).to.contain("has no raft/raft.ts");
    expect(`${unfinished.out}${broken.out}${other.out}`).not.to.match(/^\s+at /m);
  });

  it("lists type errors, which cost nothing", async () => {
    const subject = subjectOf(
      "answer(_scene: string, seed: number): number { const n: string = seed; return n as never }",
    );
    const { code, out } = await lab(["1", "--subject", subject], { check: typeErrors });
    expect(code).to.equal(0);
    expect(out).to.match(/^ {2}raft\/raft\.ts:2:\d+: .*'number' is not assignable to type 'string'/m);
  });

  it("names a handler that hangs", async () => {
    const hangs = subjectOf("answer() { for (;;); }");
    const { code, out } = await lab(["1", "--only", "first", "--subject", hangs], { hangMs: 1000 });
    expect(code).to.equal(1);
    expect(out).to.contain("Raft.answer has not returned for 1 s (raft/raft.ts:2): a handler must end");
  });

  it("ends with 4 if the fault is ours", async () => {
    const throws = await lab(["2", "--only", "throws", "--subject", subjectOf(GOOD)]);
    expect(throws.code).to.equal(4);
    expect(throws.out).to.contain("a scene of ours is wrong");
    const broken = await lab(["3", "--subject", subjectOf(GOOD)]);
    expect(broken.code).to.equal(4);
    expect(broken.error).to.match(/^An error of ours, not of your program:\n.*this suite does not load/);
  });

  describe("with wrong usage", () => {
    const cases: [what: string, args: string[], complaint: string][] = [
      ["an unknown lab", ["7"], "there is no lab “7”; there are: 1 (Pretending), 2 (Own faults)"],
      ["no lab", [], "missing required argument 'lab'"],
      ["a second lab", ["1", "2"], "too many arguments"],
      ["an unknown flag", ["1", "--sed", "5"], "unknown option '--sed'"],
      ["a flag without its value", ["1", "--seed"], "option '--seed <number>' argument missing"],
      [
        "a seed that is none",
        ["1", "--seed", "-1"],
        "--seed -1: a seed is a whole number from 0 to 4294967295",
      ],
      ["no seeds at all", ["1", "--seeds", "0"], "--seeds 0: say how many seeds a scene"],
      [
        "an unknown scene",
        ["1", "--only", "no such"],
        "no scene's name contains “no such”; the scenes are:\n  the first",
      ],
      ["a folder that does not exist", ["1", "--subject", "no/such"], "there is no folder “no/such”"],
      ["a lab without scenes", ["4"], "lab 4 has no scenes yet"],
      ["a lab without hidden scenes", ["2", "--hidden"], "there is no lab “2”; there is: 1 (Pretending)"],
    ];
    for (const [what, args, complaint] of cases) {
      it(`complains of ${what} in plain words, and ends with 2`, async () => {
        const { code, error } = await lab(args);
        expect(code).to.equal(2);
        expect(error).to.contain(complaint);
        expect(error).not.to.match(/^\s+at /m);
      });
    }

    it("complains of --hidden in a handout", async () => {
      const handout = folderOf({ "labs/1-election/README.md": "# Lab 1: Election" });
      const { code, error } = await lab(["1", "--hidden"], { root: handout });
      expect(code).to.equal(2);
      expect(error).to.contain("--hidden: this handout has no hidden scenes");
    });
  });

  it("explains itself", async () => {
    const { code, out } = await lab(["--help"]);
    expect(code).to.equal(0);
    expect(out).to.contain("Usage: npm run lab -- [options] <lab>");
    expect(out).to.contain('npm run lab -- 1 --only "split vote" --seed 7');
  });

  it("watches: plays again after each change, whatever is wrong in between", async () => {
    const subject = subjectOf(GOOD);
    const file = path.join(subject, "raft/raft.ts");
    const ending = new AbortController();
    const texts = ["export class Raft {\n  answer( {}\n}\n", `export class Raft {\n${BAD_SEED}\n}\n`];
    const { code, out } = await lab(
      ["1", "--only", "first", "--seed", "7", "--watch", "--subject", subject],
      {
        signal: ending.signal,
        onLine: (line) => {
          if (!line.includes("watching")) return;
          const text = texts.shift();
          if (text === undefined) ending.abort();
          else writeFileSync(file, text);
        },
      },
    );
    expect(code).to.equal(0);
    const [good, syntax, bad] = out.split("(cleared)");
    expect(good).to.contain("1 of 1 scene passed");
    expect(syntax).to.match(/raft\/raft\.ts:\d+:\d+: .*expected/);
    expect(bad).to.contain("seed 7 is odd");
  });
});
