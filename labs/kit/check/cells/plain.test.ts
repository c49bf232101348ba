import { expect } from "chai";
import type { CellOperation } from "../cell";
import type { Model } from "../model";
import { searchOrder } from "../wgl";
import { decideByChains } from "./chains";
import type { Columns } from "./columns";
import { Draw } from "./draw";
import {
  agrees,
  apply,
  columnsOf,
  faultOf,
  randomParts,
  type CellPart,
  type Flavour,
  type State,
} from "./fixture";
import { decideBySearch } from "./search";
import { decideByVersions } from "./versions";

/** How many a kind: `FUZZ=100000 npx mocha labs/kit/check/cells` for the whole count. */
const HISTORIES = Number(process.env.FUZZ ?? 10_000) / 10;
const BUDGET = { steps: 20_000, bytes: 1e8 };

/** A cell as a model of its own: what it is asked is the operation with the answer that it must give. */
const cell = (initial: State["value"]): Model<State, CellOperation, Partial<CellOperation>> => ({
  name: "cell",
  initial: { value: initial, version: 0 },
  apply: (state, input) => {
    const { state: after, answer } = apply(state, input);
    return { state: after, output: answer };
  },
  agrees: (expected, seen) => agrees(seen, expected),
  tellInput: String,
  tellOutput: String,
  tellState: String,
});

const flavours: Record<string, Flavour> = {
  registers: {
    kinds: ["read", "read", "write"],
    values: [1, 2, 3],
    initial: null,
    unknown: 0.05,
    operations: 40,
  },
  "values of their own": {
    kinds: ["read", "read", "write", "cas"],
    values: [],
    unique: true,
    meets: 1,
    initial: null,
    unknown: 0.05,
    operations: 40,
  },
  "compare-and-set": {
    kinds: ["read", "write", "cas", "cas"],
    values: [0, 1, 2],
    initial: null,
    unknown: 0.1,
    operations: 40,
  },
  text: {
    kinds: ["read", "read", "write", "append", "append"],
    values: ["a", "b", "c"],
    initial: "",
    unknown: 0.05,
    operations: 30,
  },
  "text with versions": {
    kinds: ["read", "read", "write", "append", "append", "cas"],
    values: ["a", "b", "c"],
    initial: "",
    unknown: 0.2,
    versions: 1,
    operations: 40,
  },
};

const ways = {
  versions: decideByVersions,
  chains: decideByChains,
  search: (columns: Columns) => decideBySearch(columns, BUDGET),
};

describe("the ways over cells and the plain engine", () => {
  for (const [name, flavour] of Object.entries(flavours)) {
    it(`agree on ${name} of up to ${flavour.operations} operations`, function () {
      this.timeout(300_000);
      const draw = new Draw(7);
      let compared = 0;
      for (let i = 0; i < HISTORIES; i++) {
        const parts = randomParts(draw, flavour);
        const columns = columnsOf(parts, flavour.initial);
        const plain = searchOrder(parts.map(asAsked), cell(flavour.initial), BUDGET);
        for (const [way, decide] of Object.entries(ways)) {
          const decision = columns && decide(columns);
          if (decision === undefined || decision.verdict === "undecided") continue;
          const fault =
            decision.verdict === "linearizable" ? faultOf(decision.order, parts, flavour.initial) : undefined;
          expect(fault, `history ${i} by ${way}`).to.equal(undefined);
          if (plain.verdict === "undecided") continue;
          expect(decision.verdict, `history ${i} by ${way}`).to.equal(plain.verdict);
          compared++;
        }
      }
      expect(compared).to.be.above(HISTORIES / 2);
    });
  }
});

function asAsked({ operation, cell: asked }: CellPart) {
  return { ...operation, input: asked, ...(operation.outcome === "ok" && { output: asked }) };
}
