import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { folderOf, removeFolders } from "../../labs/runner/fixtures/folder";
import { listen, type Said } from "../fixtures/room";
import type { Mutant } from "../mutants";
import { runMutants } from "./mutants-command";
import type { MutantsDocument } from "./mutants-report";

const SPARED = "“a question that nobody must answer”";

/** The reference of the course in miniature, which says no as soon as `condition` holds. */
function mutant(name: string, condition: string, more: Partial<Mutant> = {}): Mutant {
  return {
    name,
    lab: 1,
    file: "raft/raft.ts",
    edits: [{ find: 'scene === "" || seed < 0', replace: condition }],
    title: `says no if ${condition}`,
    symptom: "somebody hears a no",
    rule: "Say yes",
    section: "§1",
    ...more,
  };
}

const ALWAYS = mutant("says-no", "seed >= 0", { bug: 7, everyScene: true });
const OFTEN = mutant("says-no-to-the-hard-question", 'scene.includes("hard") && seed % 4 === 0');
const NEVER = mutant("means-yes", "seed === 0.5");

describe("mutants", function () {
  this.timeout(30_000);
  afterEach(removeFolders);

  function run(all: readonly Mutant[], ...args: string[]): Promise<Said> {
    return listen((room) => runMutants(["--labs", "1", "--workers", "2", ...args], room, all));
  }

  it("tells the first scene and seed that kill each, and the sentence", async () => {
    const { code, out, progress } = await run([ALWAYS, OFTEN]);
    expect(code).to.equal(0);
    expect(progress).to.equal("2 mutants to play\n");
    expect(out).to.match(
      /✓ says-no \(bug 7\): says no if seed >= 0\n {4}killed at once in “an easy question”, seed \d+ \(wrong\)\n/,
    );
    expect(out).to.match(
      /killed within \d+ of 20 seeds in “a hard question”, seed \d+ \(wrong\)\n {4}Answers are yes \(§1\)\n {4}“no” is no yes\n/,
    );
    expect(out).to.match(/\n2 of 2 mutants killed, in \d+\.\d s\n$/);
  });

  it("finds the same with one process, and leaves nothing behind", async () => {
    const found = async (workers: string): Promise<MutantsDocument> => {
      const { out } = await run([OFTEN, ALWAYS], "--json", "--workers", workers);
      return { ...(JSON.parse(out) as MutantsDocument), wallMs: 0 };
    };
    expect(await found("1")).to.deep.equal(await found("2"));
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`mutants-${process.pid}-`))).to.deep.equal(
      [],
    );
  });

  it("fails if one survives", async () => {
    const { code, out } = await run([ALWAYS, NEVER]);
    expect(code).to.equal(1);
    expect(out).to.include("✗ means-yes").and.to.include("survives every scene; it breaks: Say yes (§1)");
    expect(out).to.match(/\n1 of 2 mutants killed, in .* s; not: means-yes\n$/);
  });

  it("fails if one that every scene must notice is spared by one", async () => {
    const partly = mutant("nearly-always", 'scene.includes("question") && !scene.includes("nobody")', {
      everyScene: true,
    });
    const { code, out } = await run([partly]);
    expect(code).to.equal(1);
    expect(out).to.include(`spared by ${SPARED}, which must notice it`);
    const single = await run([{ ...partly, everyScene: false }]);
    expect([single.code, single.progress]).to.deep.equal([0, "1 mutant to play\n"]);
    expect(single.out).to.match(/\n1 of 1 mutant killed, in /);
  });

  it("plays the whole matrix", async () => {
    const folder = folderOf({});
    const { code, out } = await run([ALWAYS, NEVER], "--full", "--seeds", "5", "--out", folder);
    expect(code).to.equal(1);
    const { mutants, survivors } = JSON.parse(
      readFileSync(path.join(folder, "mutants.json"), "utf8"),
    ) as MutantsDocument;
    expect(survivors).to.deep.equal(["means-yes"]);
    expect(
      mutants.map(({ scenes = [] }) => scenes.map(({ killed, seeds }) => [killed, seeds])),
    ).to.deep.equal([Array(3).fill([5, 5]), Array(3).fill([0, 5])]);
    expect(out)
      .to.match(/\n says-no +5 +5 +5\n/)
      .and.to.match(/\n means-yes +· +· +·\n/);
  });

  it("plays the mutants of one name", async () => {
    const { out } = await run([ALWAYS, OFTEN, NEVER], "--json", "--only", "HARD");
    expect((JSON.parse(out) as MutantsDocument).mutants.map(({ name }) => name)).to.deep.equal([OFTEN.name]);
    const exact = await run([ALWAYS, OFTEN, NEVER], "--json", "--only", "says-no");
    expect((JSON.parse(exact.out) as MutantsDocument).mutants).to.have.lengthOf(1);
  });

  it("fails loudly when the reference has moved, and names every mutant", async () => {
    const moved = (name: string): Mutant => mutant(name, "", { edits: [{ find: "gone", replace: "" }] });
    const { code, error } = await run([ALWAYS, moved("first"), moved("second")]);
    expect(code).to.equal(4);
    expect(error).to.include("mutant first no longer fits").and.to.include("mutant second no longer fits");
    const elsewhere = await run([mutant("lost", "seed > 0", { file: "raft/log.ts" })]);
    expect(elsewhere.error).to.include("mutant lost edits raft/log.ts, which the reference does not have");
  });

  it("does not take an edit that does not compile for a kill", async () => {
    const { code, error } = await run([mutant("broken", "seed >")]);
    expect(code).to.equal(4);
    expect(error).to.match(/mutant broken cannot be played \(does-not-compile; scene “an easy question”/);
  });

  it("does not hunt with a scene that the reference fails", async () => {
    const { code, error } = await listen((room) =>
      runMutants(["--labs", "3"], room, [mutant("x", "seed > 0", { lab: 3 })]),
    );
    expect(code).to.equal(4);
    expect(error).to.include("the reference itself fails “a scene with a fault”");
  });
});
