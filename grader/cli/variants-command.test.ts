import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { folderOf, removeFolders } from "../../labs/runner/fixtures/folder";
import { listen, type Said } from "../fixtures/room";
import { EDITED, WHOLE } from "../fixtures/variants";
import type { Variant } from "../variants";
import { runVariants, SOAK, VARIANTS } from "./variants-command";
import type { VariantsDocument } from "./variants-report";

describe("variants", function () {
  this.timeout(30_000);
  afterEach(removeFolders);

  function run(...args: string[]): Promise<Said> {
    return runAmong(WHOLE, ...args);
  }

  function runAmong(variants: readonly Variant[], ...args: string[]): Promise<Said> {
    const all = ["--labs", "1-2", "--workers", "1", ...args];
    return listen((room) => runVariants(VARIANTS, all, room, variants));
  }

  it("plays a program in public and hidden scenes", async () => {
    const { code, out, progress } = await run("--only", "other");
    expect(code).to.equal(0);
    expect(progress).to.equal("100 runs to play\n");
    expect(out).to.match(/1 │ a public question \(public\) +│ +20 │ +0 │ +1\.5 s │ other, \d+/);
    expect(out).to.match(/2 │ one more question +│ +20 │ +0 │/);
    expect(out).to.match(/\n1 program \(other\), 100 runs in .* s: nobody is accused\n$/);
  });

  it("fails if one is accused, and says of what", async () => {
    const { code, out } = await run();
    expect(code).to.equal(1);
    expect(out).to.match(
      /✗ mistaken is accused in “a public question”\n {4}Answers are yes \(§1\) \(wrong\)\n {4}“no” is no yes\n/,
    );
    const replay =
      'npm run lab -- 1 --only "a public question" --seed \\d+ --subject grader/variants/mistaken\n';
    expect(out).to.match(new RegExp(`seed \\d+, at 1250\\.500 ms: ${replay}`));
    expect(out).to.match(/3 programs \(solutions, mistaken, other\), 300 runs in .* s: \d+ accusations\n$/);
  });

  it("gives its findings as a document", async () => {
    const out = folderOf({});
    const said = await run("--json", "--seeds", "4", "--scene", "public", "--out", out);
    const document = JSON.parse(said.out) as VariantsDocument;
    expect(JSON.parse(readFileSync(path.join(out, "variants.json"), "utf8"))).to.deep.equal(document);
    expect(document.subjects).to.deep.equal(["solutions", "mistaken", "other"]);
    expect(document.scenes).to.have.lengthOf(1);
    expect(document.scenes[0]).to.deep.include({ lab: 1, hidden: false, runs: 12, worstVirtualMs: 1500 });
    for (const { subject, seed, message } of document.accusations) {
      expect([subject, seed % 2, message]).to.deep.equal(["mistaken", 0, "“no” is no yes"]);
    }
  });

  it("plays a program in the scenes of the labs that it implements, and in no other", async () => {
    const played = async (labs: readonly number[], ...args: string[]): Promise<string> => {
      const variants = WHOLE.map((each) => ({ ...each, labs }));
      const said = await runAmong(variants, "--only", "other", "--seeds", "1", "--json", ...args);
      if (said.code === 2) return said.error;
      return (JSON.parse(said.out) as VariantsDocument).scenes.map(({ lab }) => lab).join();
    };
    expect(await played([1, 2])).to.equal("1,1,1,1,2");
    expect(await played([2])).to.equal("2");
    expect(await played([1], "--labs", "2")).to.equal(
      "none of these programs implements a lab of the chosen scenes: other (1)\n",
    );
  });

  it("lets programs take turns from scene to scene", async () => {
    const seeds = ["--seeds", "1", "--json", "--only", "o"]; // solutions and other
    const { scenes } = JSON.parse((await run(...seeds)).out) as VariantsDocument;
    const runs = scenes.map((scene) => scene.runs);
    expect(runs).to.deep.equal([2, 2, 2, 2, 2]);
    const said = await run(...seeds, "--turns", "2");
    const document = JSON.parse(said.out) as VariantsDocument;
    expect(document.turns).to.equal(2);
    expect(document.scenes.map((scene) => scene.runs)).to.deep.equal([1, 1, 1, 1, 1]);
    // From scene to scene within a suite: one public scene, then three hidden ones, then one of Lab 2.
    const subjects = document.scenes.map((scene) => scene.worstSubject);
    expect(subjects).to.deep.equal(["solutions", "solutions", "other", "solutions", "solutions"]);
    const bad = await run("--turns", "0");
    expect([bad.code, bad.error]).to.deep.equal([
      2,
      "--turns 0: say every how-many-th program plays, from 1 to 999\n",
    ]);
  });

  it("plays a program that takes up no challenge in none of its scenes", async () => {
    const scenes = async (variants: readonly Variant[]): Promise<string[]> => {
      const { out } = await runAmong(variants, "--only", "other", "--seeds", "1", "--json");
      return (JSON.parse(out) as VariantsDocument).scenes.map(({ scene }) => scene);
    };
    const all = await scenes(WHOLE);
    const some = await scenes(WHOLE.map((each) => ({ ...each, unchallenged: true })));
    expect(all.filter((scene) => !some.includes(scene))).to.deep.equal([
      "a question that nobody must answer",
    ]);
  });

  it("plays edits of the reference, and says how to see an accusation of one", async () => {
    const { code, out, error } = await runAmong(EDITED, "--seeds", "4");
    expect(code, error).to.equal(1);
    expect(out).to.match(/3 programs \(solutions, hasty, terse\), 60 runs in .* s: \d+ accusations\n$/);
    expect(out)
      .to.match(/✗ hasty is accused in “a hard question”/)
      .and.not.to.include("terse is accused");
    const [, padding = "", first, then] =
      /\n( +seed \d+, at 1250\.500 ms: )(npm run variants .*)\n +then: (npm run lab .*)\n/.exec(out) ?? [];
    expect(padding).to.have.length.above(20);
    expect(first).to.equal("npm run variants -- --only hasty --write grade-out/hasty");
    expect(then).to.match(
      /^npm run lab -- 1 --only "a hard question" --seed \d+ --subject grade-out\/hasty --hidden$/,
    );
    const left = readdirSync(tmpdir()).filter((name) => name.startsWith(`variants-${process.pid}-`));
    expect(left).to.deep.equal([]);
  });

  it("writes the program of a variant, over nothing that is not its own", async () => {
    const dir = path.join(folderOf({}), "new");
    const write = (...args: string[]): Promise<Said> =>
      runAmong([...WHOLE, ...EDITED], ...args, "--write", dir);
    const said = await write("--only", "terse");
    expect([said.code, said.out]).to.deep.equal([0, `terse is in ${dir}: raft/raft.ts\n`]);
    expect(readFileSync(path.join(dir, "raft", "raft.ts"), "utf8")).to.include('return "yes";');
    expect((await write("--only", "terse")).code).to.equal(0);
    const over = await write("--only", "other");
    expect([over.code, over.error]).to.deep.equal([
      2,
      `--write ${dir}: raft/raft.ts is there already and differs; name a new folder\n`,
    ]);
    const many = await write("--only", "o");
    expect([many.code, many.error]).to.deep.equal([
      2,
      `--write ${dir}: name one program with --only; these would be solutions, other\n`,
    ]);
    const nowhere = path.join(dir, "raft", "raft.ts", "deeper");
    const bad = await runAmong(EDITED, "--only", "terse", "--write", nowhere);
    expect(bad.code).to.equal(2);
    expect(bad.error).to.match(/^--write .*deeper: the program cannot be written there \(E[A-Z]+\)\n$/);
  });

  it("fails loudly when the reference has moved under one", async () => {
    const moved = EDITED.map((each) => ({
      ...each,
      edits: [{ file: "raft/raft.ts", edits: [{ find: "gone", replace: "" }] }],
    }));
    const { code, error } = await runAmong(moved);
    expect(code).to.equal(4);
    for (const name of ["hasty", "terse"]) {
      expect(error).to.include(
        `variant ${name} no longer fits solutions/raft/raft.ts: “gone” occurs 0 times, not once`,
      );
    }
  });
});

describe("soak", function () {
  this.timeout(30_000);

  function run(...args: string[]): Promise<Said> {
    const always = ["--labs", "1", "--scene", "public", "--only", "mistaken", "--seeds", "250"];
    return listen((room) => runVariants(SOAK, [...always, ...args], room, WHOLE));
  }

  it("tells what it found now and then, and goes on from there when asked to", async () => {
    const whole = await run();
    expect(whole.code).to.equal(1);
    expect(whole.progress).to.match(
      /seeds up to 100 of 250: \d+ accusations \(go on from here with --skip 100\)/,
    );
    expect(whole.progress).to.match(/seeds up to 200 of 250: /);
    const seeds = (said: Said): number[] =>
      (JSON.parse(said.out) as VariantsDocument).accusations.map(({ seed }) => seed);
    const all = seeds(await run("--json"));
    const rest = seeds(await run("--json", "--skip", "200"));
    expect(rest).to.deep.equal(all.slice(-rest.length)).and.to.have.lengthOf.within(1, 50);
  });

  it("is not asked for nothing", async () => {
    const { code, error } = await run("--skip", "250");
    expect([code, error]).to.deep.equal([2, "--skip 250: of 250 seeds a scene, that leaves none\n"]);
  });
});
