import { expect } from "chai";
import type { Flavour } from "./fixture";
import { fuzz } from "./fuzz";
import { decideBySearch } from "./search";

/** How many a kind: `FUZZ=100000 npx mocha labs/kit/check/cells` for the whole count. */
const HISTORIES = Number(process.env.FUZZ ?? 10_000);
const BUDGET = { steps: 10_000, bytes: 1e6 };

const common = { operations: 9, unknown: 0.2 } as const;
const flavours: Record<string, Flavour> = {
  registers: { ...common, kinds: ["read", "read", "write"], values: [1, 2], initial: null },
  "compare-and-set": { ...common, kinds: ["read", "write", "cas", "cas"], values: [0, 1, 2], initial: null },
  "mostly compare-and-set, much of it unknown": {
    ...common,
    kinds: ["read", "write", "cas", "cas", "cas"],
    values: [0, 1],
    initial: 0,
    unknown: 0.5,
  },
  text: {
    ...common,
    kinds: ["read", "read", "write", "append", "append", "cas"],
    values: ["a", "b", "ab"],
    initial: "",
  },
  "text without compare-and-set": {
    ...common,
    kinds: ["read", "read", "write", "append", "append"],
    values: ["a", "b", "ab"],
    initial: "",
  },
  "text, much of it unknown": {
    ...common,
    kinds: ["read", "write", "append", "append", "cas"],
    values: ["a", "b", "ab", ""],
    initial: "a",
    unknown: 0.5,
  },
  "some versions": {
    ...common,
    kinds: ["read", "write", "append", "cas"],
    values: ["a", "b"],
    initial: "",
    versions: 0.4,
    unknown: 0.35,
  },
};

describe("the search of a cell", () => {
  for (const [name, flavour] of Object.entries(flavours)) {
    it(`agrees with brute force on ${name}`, function () {
      this.timeout(300_000);
      const tally = fuzz((columns) => decideBySearch(columns, BUDGET), flavour, HISTORIES);
      expect(tally.linearizable).to.be.above(HISTORIES / 20);
      expect(tally["not linearizable"]).to.be.above(HISTORIES / 20);
      expect(tally.undecided).to.equal(0);
    });
  }
});
