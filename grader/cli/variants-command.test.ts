import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";
import { folderOf, removeFolders } from "../../labs/runner/fixtures/folder";
import { listen, type Said } from "../fixtures/room";
import { runVariants, SOAK, VARIANTS } from "./variants-command";
import type { VariantsDocument } from "./variants-report";

describe("variants", function () {
  this.timeout(30_000);
  afterEach(removeFolders);

  function run(...args: string[]): Promise<Said> {
    return listen((room) => runVariants(VARIANTS, ["--labs", "1-2", "--workers", "1", ...args], room));
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
});

describe("soak", function () {
  this.timeout(30_000);

  function run(...args: string[]): Promise<Said> {
    const always = ["--labs", "1", "--scene", "public", "--only", "mistaken", "--seeds", "250"];
    return listen((room) => runVariants(SOAK, [...always, ...args], room));
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
