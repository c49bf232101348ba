import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { folderOf, removeFolders } from "../../labs/runner/fixtures/folder";
import { DEFAULT_BASE, seedsOf } from "../../labs/runner/seeds";
import { runMutants } from "../cli/mutants-command";
import type { MutantsDocument } from "../cli/mutants-report";
import { listen, type Said } from "../fixtures/room";
import type { Mutant } from "../mutants";

const PRETEND = JSON.stringify(path.join(__dirname, "..", "fixtures", "pretend"));
const KILLERS = path.join("grader", "mutants", "killers.json");
const EASY = "an easy question";
const HARD = "a hard question";

/** A course of two scenes and a reference that always says yes. */
const COURSE = {
  "grader/suites/1-answers/hidden.scene.ts":
    `import { ask } from ${PRETEND};\n` +
    `ask(1, "${EASY}", { points: 1 });\nask(1, "${HARD}", { points: 1 });\n`,
  "solutions/raft/raft.ts":
    "export class Raft {\n" +
    '  answer(scene: string, seed: number): string {\n    return scene === "" || seed < 0 ? "no" : "yes";\n  }\n}\n',
};

/** The reference, which says no as soon as `condition` holds. */
function mutant(name: string, condition: string): Mutant {
  const edits = [{ find: 'scene === "" || seed < 0', replace: condition }];
  const words = { title: condition, symptom: "a no", rule: "Say yes", section: "§1" };
  return { name, lab: 1, file: "raft/raft.ts", edits, ...words };
}

const ALWAYS = mutant("says-no", "seed >= 0");
const HARDLY = mutant("says-no-when-it-is-hard", `scene === "${HARD}" && seed % 4 === 0`);
const NEVER = mutant("means-yes", "seed === 0.5");
const ALL = [ALWAYS, HARDLY, NEVER];

const hard = seedsOf(DEFAULT_BASE, 1, HARD, 20);
const easy = seedsOf(DEFAULT_BASE, 1, EASY, 20);

describe("what is remembered of mutants", function () {
  this.timeout(30_000);
  afterEach(removeFolders);

  function course(killers?: unknown): string {
    const text = typeof killers === "string" ? killers : JSON.stringify(killers);
    return folderOf({ ...COURSE, ...(killers === undefined ? {} : { [KILLERS]: text }) });
  }

  function run(root: string, all: readonly Mutant[], ...args: string[]): Promise<Said> {
    return listen((room) => runMutants(["--workers", "2", ...args], room, all), { root });
  }

  async function found(root: string, all: readonly Mutant[] = ALL): Promise<MutantsDocument> {
    const { out, error } = await run(root, all, "--json");
    expect(error).to.equal("");
    return { ...(JSON.parse(out) as MutantsDocument), wallMs: 0 };
  }

  it("is written by scene and name when asked for, and changes nothing then", async () => {
    const root = course();
    expect((await run(root, ALL)).code).to.equal(1);
    expect(existsSync(path.join(root, KILLERS))).to.equal(false);
    const unaided = await found(root);
    await run(root, ALL, "--remember");
    const seed = unaided.mutants[1]?.kill?.seed;
    expect(seed).to.satisfy((each: number) => each % 4 === 0);
    const text = `{\n  "${HARD}": {\n    "${HARDLY.name}": ${seed}\n  },\n  "${EASY}": {\n    "${ALWAYS.name}": ${easy[0]}\n  }\n}\n`;
    expect(readFileSync(path.join(root, KILLERS), "utf8")).to.equal(text);
    expect(await found(root)).to.deep.equal(unaided);
  });

  it("is tried first", async () => {
    const { mutants } = await found(course({ [HARD]: { [ALWAYS.name]: hard[4] } }));
    expect(mutants[0]?.kill).to.deep.include({ scene: HARD, seed: hard[4], seedsNeeded: 5 });
    expect(mutants[1]?.kill).to.deep.include({ scene: HARD });
  });

  it("changes no verdict when it is out of date", async () => {
    const unaided = await found(course());
    const spared = hard.find((seed) => seed % 4 !== 0);
    const stale = [
      { [HARD]: { [HARDLY.name]: spared, [NEVER.name]: hard[0] } },
      { [EASY]: { [HARDLY.name]: easy[3] } },
      { "a scene that is gone": { [ALWAYS.name]: 1, [NEVER.name]: 2 } },
      // Not a seed of a grading: what dies of it alone survives.
      { [HARD]: { [HARDLY.name]: 4, "a-mutant-that-is-gone": hard[0] } },
    ];
    for (const killers of stale) expect(await found(course(killers))).to.deep.equal(unaided);
    expect(unaided.survivors).to.deep.equal([NEVER.name]);
  });

  it("keeps what was not played, and forgets what is gone or lives", async () => {
    const [a, b] = [hard[1], easy[1]];
    const root = course({ [HARD]: { [ALWAYS.name]: a, [NEVER.name]: a }, [EASY]: { gone: b } });
    await run(root, ALL, "--remember", "--only", NEVER.name);
    expect(JSON.parse(readFileSync(path.join(root, KILLERS), "utf8"))).to.deep.equal({
      [HARD]: { [ALWAYS.name]: a },
    });
  });

  it("does not count if every scene must kill", async () => {
    const root = course({ [HARD]: { [HARDLY.name]: hard.find((seed) => seed % 4 === 0) } });
    const { survivors, mutants } = await found(root, [{ ...HARDLY, everyScene: true }]);
    expect(survivors).to.deep.equal([HARDLY.name]);
    expect(mutants[0]?.spared).to.deep.equal([EASY]);
  });

  it("kills nothing where the reference itself fails", async () => {
    const root = folderOf({
      ...COURSE,
      "solutions/raft/raft.ts": COURSE["solutions/raft/raft.ts"].replace("seed < 0", `seed === ${hard[4]}`),
      [KILLERS]: JSON.stringify({ [HARD]: { [ALWAYS.name]: hard[4] } }),
    });
    const all = [{ ...ALWAYS, edits: [{ find: '"yes"', replace: '"no"' }] }];
    const { code, error } = await run(root, all);
    expect(code).to.equal(4);
    expect(error).to.include(`the reference itself fails “${HARD}” (wrong, seed ${hard[4]}:`);
  });

  it("is refused if it is something else", async () => {
    for (const text of ["[", '["a"]', '{ "a": 1 }', '{ "a": { "b": -1 } }']) {
      const { code, error } = await run(course(text), ALL);
      expect(code).to.equal(4);
      expect(error)
        .to.include("does not say which seed of which scene kills a mutant; delete it")
        .and.to.include("npm run mutants -- --remember\n");
    }
  });
});
