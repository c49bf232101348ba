import { expect } from "chai";
import path from "node:path";
import { folderOf, removeFolders } from "../../labs/runner/fixtures/folder";
import { COURSE, listen } from "../fixtures/room";
import { WHOLE } from "../fixtures/variants";
import { runGrade } from "./grade-command";
import { runMutants } from "./mutants-command";
import type { GraderCommand } from "./start";
import { runVariants, SOAK, VARIANTS } from "./variants-command";

const COMMANDS: Record<string, GraderCommand> = {
  grade: runGrade,
  mutants: (args, room) => runMutants(args, room, []),
  variants: (args, room) => runVariants(VARIANTS, args, room, WHOLE),
  soak: (args, room) => runVariants(SOAK, args, room, WHOLE),
};

/** Wrong for every command, and what is said about it. */
const WRONG: readonly (readonly [args: readonly string[], says: RegExp])[] = [
  [["--labs", "9"], /^there is no lab “9”; there are: 1 \(Saying yes\)/],
  [["--labs", "one"], /^--labs one: name labs by their numbers/],
  [["--seeds", "0"], /^--seeds 0: say how many seeds a scene/],
  [["--seeds", "many"], /^--seeds many: say how many seeds a scene/],
  [["--seed", "-1"], /^--seed -1: a seed is a whole number/],
  [["--workers", "0"], /^--workers 0: say how many processes/],
  [["--colour"], /^error: unknown option '--colour'/],
  [["--out", path.join(COURSE, "package.json")], /^--out .*package\.json: this folder cannot be made/],
];

for (const [name, command] of Object.entries(COMMANDS)) {
  describe(`${name}, used wrongly`, () => {
    for (const [args, says] of WRONG) {
      it(`says what is wrong with ${path.basename(args.join(" "))}`, async () => {
        const subject = name === "grade" ? [path.join(COURSE, "solutions")] : [];
        const { code, out, error } = await listen((room) => command([...subject, ...args], room));
        expect(code).to.equal(2);
        expect(out).to.equal("");
        expect(error).to.match(says);
        expect(error).to.not.match(/^ +at /m);
      });
    }

    it("explains itself", async () => {
      const { code, out, error } = await listen((room) => command(["--help"], room));
      expect([code, error]).to.deep.equal([0, ""]);
      expect(out).to.include("--seeds").and.to.include("Exit code: 0");
    });
  });
}

describe("grade, used on the wrong folder", () => {
  afterEach(removeFolders);

  it("says that there is none", async () => {
    const { code, error } = await listen((room) => runGrade(["nowhere"], room));
    expect([code, error]).to.deep.equal([
      2,
      "there is no “nowhere”; name a folder, a .zip, a .tar.gz or a bare git repository\n",
    ]);
  });

  it("says that it is empty", async () => {
    const { code, error } = await listen((room) => runGrade([folderOf({})], room));
    expect(code).to.equal(2);
    expect(error).to.match(/holds no \.ts file; name a folder with a program/);
  });

  it("says that it is a file", async () => {
    const { code, error } = await listen((room) => runGrade([path.join(COURSE, "package.json")], room));
    expect(code).to.equal(2);
    expect(error).to.match(/package\.json” is no submission; name a folder, a \.zip, /);
  });

  it("says why an archive is not taken", async () => {
    const folder = folderOf({ "mine.zip": "no zip" });
    const { code, error } = await listen((room) => runGrade([path.join(folder, "mine.zip")], room));
    expect(code).to.equal(2);
    expect(error).to.match(
      /mine\.zip” is not taken: it is no \.zip that can be read \(.*\); pack it anew\n$/,
    );
  });

  it("says that a lab without hidden scenes gives no marks", async () => {
    const root = path.resolve(__dirname, "../..");
    for (const labs of ["0", "0-2"]) {
      const { code, error } = await listen((room) => runGrade(["--labs", labs], { ...room, root }));
      const says = `--labs ${labs}: Lab 0 has no hidden scenes and gives no marks; leave it out\n`;
      expect([code, error]).to.deep.equal([2, says]);
    }
  });

  it("takes one folder at a time", async () => {
    const { code, error } = await listen((room) => runGrade(["one", "two"], room));
    expect(code).to.equal(2);
    expect(error).to.match(/^error: too many arguments/);
  });

  it("says that a course without hidden suites is not its student's fault", async () => {
    const root = folderOf({ "package.json": "{}" });
    const { code, error } = await listen((room) =>
      runGrade([path.join(COURSE, "solutions")], { ...room, root }),
    );
    expect(code).to.equal(4);
    expect(error).to.match(/^An error of the grader, not of the program: there are no hidden suites/);
  });
});

describe("words that fit nothing", function () {
  this.timeout(30_000);

  it("are told to whoever grades", async () => {
    const solutions = path.join(COURSE, "solutions");
    const { code, error } = await listen((room) => runGrade([solutions, "--only", "banana"], room));
    expect(code).to.equal(2);
    expect(error).to.match(/^no scene's name contains “banana”; the scenes are:\n {2}an easy question\n/);
  });

  it("are told to whoever looks for a mutant or a variant", async () => {
    const mutants = await listen((room) => runMutants(["--only", "banana"], room, []));
    expect([mutants.code, mutants.error.split("\n")[0]]).to.deep.equal([
      2,
      "no mutant's name contains “banana”; the mutants are:",
    ]);
    const variants = await listen((room) => runVariants(VARIANTS, ["--only", "banana"], room, WHOLE));
    expect([variants.code, variants.error]).to.deep.equal([
      2,
      "no variant's name contains “banana”; there are: solutions, mistaken, other\n",
    ]);
  });
});
