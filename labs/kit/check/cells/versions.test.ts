import { expect } from "chai";
import type { CellOperation } from "../cell";
import type { Columns } from "./columns";
import { columnsOf, type CellPart, type Flavour } from "./fixture";
import { fuzz } from "./fuzz";
import { decideBySearch } from "./search";
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
  "texts of their own, much of it unknown": {
    ...common,
    operations: 9,
    unique: true,
    kinds: ["read", "write", "append", "append", "append"],
    values: ["ad", "bd", "bc", "aad", "ab", "cd", "ba", "a"],
    initial: "",
    unknown: 0.5,
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

  it("leaves it to the search where a failed compare-and-set depends on what filled a gap", () => {
    const columns = columnsOfTold([
      { kind: "append", value: "a" },
      { kind: "append", value: "c" },
      { kind: "append", value: "b", version: 2 },
      { kind: "cas", expected: "ab", value: "", swapped: false, version: 2 },
    ]);
    expect(decideByVersions(columns)).to.equal(undefined);
    const decision = decideBySearch(columns, { steps: 100, bytes: 1e6 });
    expect(decision).to.deep.include({ verdict: "linearizable", order: [1, 2, 3] });
  });

  it("finds the makers of some versions among hundreds of unknown changes", () => {
    const unknown = Array.from({ length: 600 }, (_, i) => ({ kind: "write", value: `${i % 300}` }) as const);
    const reads = Array.from(
      { length: 300 },
      (_, i) => ({ kind: "read", seen: `${299 - i}`, version: i + 1 }) as const,
    );
    expect(decideByVersions(columnsOfTold([...unknown, ...reads]))?.verdict).to.equal("linearizable");
    const again = Array.from(
      { length: 3 },
      (_, i) => ({ kind: "read", seen: "0", version: 301 + i }) as const,
    );
    expect(decideByVersions(columnsOfTold([...unknown, ...reads, ...again]))?.verdict).to.equal(
      "not linearizable",
    );
  });
});

type Told = CellOperation extends infer C ? (C extends { key: string } ? Omit<C, "key"> : never) : never;

/** One operation after the other, except that those without a version are unknown. */
function columnsOfTold(told: readonly Told[]): Columns {
  const parts = told.map((cell, id): CellPart => {
    const outcome = cell.version === undefined ? "unknown" : "ok";
    const operation = {
      id,
      session: id,
      input: undefined,
      outcome,
      call: 2 * id,
      return: 2 * id + 1,
    } as const;
    return { operation, cell: { ...cell, key: "" } };
  });
  const columns = columnsOf(parts, "");
  if (columns === undefined) throw new Error("not the language of cells");
  return columns;
}
