import { expect } from "chai";
import path from "node:path";
import { collectFiles } from "../../labs/kit/subject/files";
import type { Pool } from "../../labs/runner/pool";
import { tryWall, wallOf } from "../sandbox/isolation/probe";
import type { Place } from "../sandbox/place";
import { ATTACKS } from ".";
import { Bait } from "./bait";
import { Trial, trialPool } from "./trial";

const ROOT = path.resolve(__dirname, "../..");

/** One or two of each theme; `npm run hostile` tries all of them, in minutes. */
const FEW: readonly string[] = [
  "forged-message",
  "patched-everywhere",
  "import-of-a-file-system",
  "constructor-of-a-constructor",
  "call-sites",
  "throws-what-is-never-a-text",
  "loop-in-a-handler",
  "buffers",
  "deep-brackets",
  "hostile-message",
];

/** What differs from wall to wall. */
const WALL: readonly string[] = ["forged-message", "buffers"];

const PLACES = [
  { isolation: "bubblewrap", border: "transcript", names: FEW },
  { isolation: "bubblewrap", border: "input-by-input", names: WALL },
  { isolation: "namespaces", border: "transcript", names: WALL },
  { isolation: "permission", border: "transcript", names: WALL },
] as const satisfies readonly (Place & { names: readonly string[] })[];

describe("hostile programs", () => {
  it("are many, and have names of their own, in kebab-case", () => {
    const names = ATTACKS.map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).to.deep.equal([]);
    for (const name of names) expect(name).to.match(/^[a-z]+(-[a-z]+)*$/);
    expect(names).to.include.members(FEW);
    expect(names.length).to.be.greaterThan(50);
  });

  it("fit the reference, and change it in different ways", async () => {
    const reference = collectFiles(path.join(ROOT, "solutions"));
    const bait = await Bait.lay(ROOT);
    try {
      const trees = ATTACKS.map(({ name, tree }) => ({ name, text: JSON.stringify(tree(reference, bait)) }));
      expect(new Set(trees.map(({ text }) => text)).size).to.equal(ATTACKS.length);
    } finally {
      await bait.remove();
    }
  });

  it("are seen when they take the bait", async () => {
    const bait = await Bait.lay(ROOT);
    try {
      expect(bait.taken("nothing")).to.deep.equal([]);
      expect(bait.taken("LOOT: 7")).to.deep.equal(["loot was heard of"]);
      expect(bait.taken(process.env["HOSTILE_BAIT"] ?? "")).to.deep.equal(["the variable was heard of"]);
    } finally {
      await bait.remove();
    }
  });

  for (const { isolation, border, names } of PLACES) {
    describe(`behind ${isolation}, ${border}`, function () {
      this.timeout(120_000);
      let pool: Pool;
      let trial: Trial;

      before(async function () {
        if (tryWall(wallOf(isolation)) !== undefined) this.skip(); // this machine cannot do it
        const place = { isolation, border };
        pool = trialPool(place);
        trial = await Trial.open(ROOT, pool, place);
      });

      after(async () => {
        await trial?.close();
        pool?.close();
      });

      for (const attack of ATTACKS.filter(({ name }) => names.includes(name))) {
        it(`${attack.name}: ${attack.tries}`, async () => {
          expect(await trial.attack(attack)).to.deep.equal([]);
        });
      }

      it("are not noticed by a neighbour", async () => {
        expect(await trial.neighbour()).to.deep.equal([]);
      });
    });
  }
});
