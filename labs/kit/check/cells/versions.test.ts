import { expect } from "chai";
import type { Flavour } from "./fixture";
import { fuzz } from "./fuzz";
import { decideByVersions } from "./versions";

/** How many a kind: `FUZZ=100000 npx mocha labs/kit/check/cells` for the whole count. */
const HISTORIES = Number(process.env.FUZZ ?? 10_000);

const common = { versions: 1, operations: 8 } as const;
const flavours: Record<string, Flavour> = {
  registers: { ...common, kinds: ["read", "read", "write"], values: [1, 2], initial: null, unknown: 0.2 },
  "compare-and-set": {
    ...common,
    kinds: ["read", "write", "cas", "cas"],
    values: [0, 1, 2],
    initial: null,
    unknown: 0.2,
  },
  text: {
    ...common,
    kinds: ["read", "write", "append", "append", "cas"],
    values: ["a", "b", "ab"],
    initial: "",
    unknown: 0.2,
  },
  "failed compare-and-sets behind unknown changes": {
    ...common,
    kinds: ["read", "write", "append", "append", "cas", "cas"],
    values: ["a", "b"],
    initial: "",
    unknown: 0.4,
    meets: 0.2,
  },
  "many unknown": {
    ...common,
    kinds: ["read", "write", "append", "cas"],
    values: ["a", "b"],
    initial: "",
    unknown: 0.5,
  },
};

describe("the way by versions", () => {
  for (const [name, flavour] of Object.entries(flavours)) {
    it(`agrees with brute force on ${name}`, function () {
      this.timeout(300_000);
      const tally = fuzz(decideByVersions, flavour, HISTORIES);
      expect(tally.linearizable).to.be.above(HISTORIES / 20);
      expect(tally["not linearizable"]).to.be.above(HISTORIES / 20);
      expect(tally.none).to.be.below(HISTORIES / 4);
    });
  }
});
