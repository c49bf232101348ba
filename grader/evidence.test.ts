import { expect } from "chai";
import path from "node:path";
import { folderOf, removeFolders } from "../labs/runner/fixtures/folder";
import { runGrade } from "./cli/grade-command";
import { runMutants } from "./cli/mutants-command";
import type { MutantsDocument } from "./cli/mutants-report";
import { runVariants, VARIANTS } from "./cli/variants-command";
import type { VariantsDocument } from "./cli/variants-report";
import { listen } from "./fixtures/room";
import type { Grade } from "./schema/grade";

const ROOT = path.resolve(__dirname, "..");

/** What the two commands find out about the hidden scenes themselves: some minutes on two cores. */
describe("the hidden scenes", function () {
  this.timeout(1_800_000);

  it("catch every mutant within the seeds of a grading", async () => {
    const { code, out, error } = await listen((room) => runMutants(["--json"], room), { root: ROOT });
    expect(error).to.equal("");
    expect((JSON.parse(out) as MutantsDocument).survivors).to.deep.equal([]);
    expect(code).to.equal(0);
  });

  it("give nothing to a program that does nothing", async () => {
    const out = folderOf({});
    const args = [
      path.join(ROOT, "skeleton"),
      "--seeds",
      "1",
      "--isolation",
      "process",
      "--out",
      out,
      "--json",
    ];
    const said = await listen((room) => runGrade(args, room), { root: ROOT });
    const { labs } = JSON.parse(said.out) as Grade;
    const earned = labs.flatMap(({ scenes }) => scenes.filter(({ points }) => points > 0));
    expect(earned.map(({ name }) => name)).to.deep.equal([]);
    expect(said.code).to.equal(0);
    removeFolders();
  });

  it("accuse neither the reference nor a variant, nor do the public ones", async () => {
    // One seed, and in each scene an eighth of the programs; `npm run variants` and `soak` are for more.
    const few = ["--json", "--seeds", "1", "--turns", "8"];
    const { code, out, error } = await listen((room) => runVariants(VARIANTS, few, room), { root: ROOT });
    expect(error).to.equal("");
    expect((JSON.parse(out) as VariantsDocument).accusations).to.deep.equal([]);
    expect(code).to.equal(0);
  });
});
