import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { apply, type Mutant, MUTANTS } from ".";

const SOLUTIONS = join(__dirname, "..", "..", "solutions");

const EXAMPLE: Mutant = {
  name: "an-example",
  lab: 1,
  file: "raft/raft.ts",
  edits: [{ find: "a + 1;\nb", replace: "a + 2;\nb" }],
  title: "adds two",
  symptom: "a sum is wrong",
  rule: "Add one",
  section: "none",
};

describe("mutants", () => {
  it("have names of their own, in kebab-case", () => {
    const names = MUTANTS.map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).to.deep.equal([]);
    for (const name of names) expect(name).to.match(/^[a-z]+(-[a-z]+)*$/);
  });

  it("fit the reference, and change it in different ways", () => {
    const sources = new Map<string, string>();
    for (const mutant of MUTANTS) {
      const changed = apply(mutant, readFileSync(join(SOLUTIONS, mutant.file), "utf8"));
      expect(sources.get(changed), mutant.name).to.equal(undefined);
      sources.set(changed, mutant.name);
    }
  });

  it("make their edits in order, whatever the line ends", () => {
    const twice = { ...EXAMPLE, edits: [...EXAMPLE.edits, { find: "a + 2", replace: "a + 3" }] };
    expect(apply(twice, "a + 1;\nb\n")).to.equal("a + 3;\nb\n");
    expect(apply(EXAMPLE, "a + 1;\r\nb\r\n")).to.equal("a + 2;\r\nb\r\n");
  });

  it("fail loudly when the reference has moved under them", () => {
    const here = "mutant an-example no longer fits solutions/raft/raft.ts: “a + 1;”";
    expect(() => apply(EXAMPLE, "a + 4;\nb\n")).to.throw(`${here} occurs 0 times, not once`);
    expect(() => apply(EXAMPLE, "a + 1;\nb; a + 1;\nb\n")).to.throw(`${here} occurs 2 times, not once`);
    const idle = { ...EXAMPLE, edits: [{ find: "a + 1;", replace: "a + 1;" }] };
    expect(() => apply(idle, "a + 1;\nb\n")).to.throw(`${here} is replaced by itself`);
  });
});
