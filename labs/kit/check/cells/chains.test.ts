import { expect } from "chai";
import { decideByChains } from "./chains";
import type { Flavour } from "./fixture";
import { fuzz } from "./fuzz";

/** How many a kind: `FUZZ=100000 npx mocha labs/kit/check/cells` for the whole count. */
const HISTORIES = Number(process.env.FUZZ ?? 10_000);

const common = { operations: 8, unique: true, meets: 0.95, values: [] } as const;
const flavours: Record<string, Flavour> = {
  registers: { ...common, kinds: ["read", "read", "write"], initial: null, unknown: 0.15 },
  "compare-and-set": { ...common, kinds: ["read", "write", "cas", "cas"], initial: null, unknown: 0.3 },
  text: { ...common, kinds: ["read", "read", "write", "append", "append"], initial: "", unknown: 0.15 },
  "text that starts with something": {
    ...common,
    kinds: ["read", "read", "write", "append", "cas"],
    initial: "#",
    unknown: 0.3,
  },
};

describe("the way by chains", () => {
  for (const [name, flavour] of Object.entries(flavours)) {
    it(`agrees with brute force on ${name}`, function () {
      this.timeout(300_000);
      const tally = fuzz(decideByChains, flavour, HISTORIES);
      expect(tally.linearizable).to.be.above(HISTORIES / 10);
      expect(tally["not linearizable"]).to.be.above(HISTORIES / 10);
      expect(tally.undecided).to.equal(0);
    });
  }
});
