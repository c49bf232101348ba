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
  "values that may repeat": {
    ...common,
    unique: false,
    kinds: ["read", "read", "write", "cas"],
    values: [1, 2, 3, 4, 5, 6, 7, 8],
    initial: null,
    unknown: 0.2,
  },
  "text of many lengths": {
    ...common,
    kinds: ["read", "read", "write", "append", "append"],
    values: ["a", "bc", "bdd", "cccc", "ba", "db", "dcc", "ddddd"],
    initial: "",
    unknown: 0.3,
  },
  "text that begins with other text": {
    ...common,
    kinds: ["read", "read", "write", "append", "append"],
    values: ["a", "ab", "b", "ba", "aab", "bb", "aba", "c"],
    initial: "",
    unknown: 0.3,
  },
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
      expect(tally.linearizable).to.be.above(HISTORIES / 20);
      expect(tally["not linearizable"]).to.be.above(HISTORIES / 20);
      expect(tally.undecided).to.equal(0);
    });
  }
});
