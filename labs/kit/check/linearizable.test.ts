import { expect } from "chai";
import fc from "fast-check";
import { hasOrder } from "./brute";
import { histories } from "./brute-histories";
import type { History, Operation } from "./history";
import { checkLinearizable } from "./linearizable";
import { kv, type KvAnswer, type KvOperation } from "./models/kv";
import { lock } from "./models/lock";
import { register, type RegisterAnswer, type RegisterOperation } from "./models/register";
import { splitParts } from "./parts";
import { replayOrder } from "./validate";

type KvHistory = History<KvOperation, Partial<KvAnswer>>;
type KvEvent = Operation<KvOperation, Partial<KvAnswer>>;

const put = (id: number, key: string, value: string, call: number, end: number): KvEvent => {
  const output = end === Infinity ? {} : { output: {} };
  const outcome = end === Infinity ? "unknown" : "ok";
  return { id, session: id, input: { kind: "put", key, value }, outcome, ...output, call, return: end };
};
const get = (id: number, key: string, value: string, call: number, end: number): KvEvent => ({
  id,
  session: id,
  input: { kind: "get", key },
  outcome: "ok",
  output: { value },
  call,
  return: end,
});

/** Many writes and reads at once, and a read of what nobody wrote, which takes all orders to find out. */
function tangle(key: string, operations: number): KvEvent[] {
  const from = key.charCodeAt(0) * 1000;
  const appends = Array.from({ length: operations }, (_, i): KvEvent => {
    const input = { kind: "append", key, value: i % 2 === 0 ? "a" : "b" } as const;
    return { id: from + i, session: from + i, input, outcome: "ok", output: {}, call: 0, return: 100 };
  });
  return [...appends, get(from + operations, key, "ab".repeat(operations).slice(1, operations), 0, 100)];
}

/** The same service without its reading as cells: only the plain engine can judge it. */
const { cells: _, ...plainKv } = kv;

describe("a history is linearizable or not", () => {
  it("key by key, and the order of the whole is an order", () => {
    const input: fc.Arbitrary<KvOperation> = fc.oneof(
      fc.record({ kind: fc.constant("get" as const), key: fc.constantFrom("x", "y") }),
      fc.record({
        kind: fc.constantFrom("put" as const, "append" as const),
        key: fc.constantFrom("x", "y"),
        value: fc.constantFrom("a", "b"),
      }),
    );
    // Runs of one cell, read as runs of two: some are linearizable, others not.
    const drawn = histories(kv, input, {
      operations: 8,
      spread: 40,
      lies: false,
    });
    const found = new Set<string>();
    fc.assert(
      fc.property(drawn, (history) => {
        const verdict = checkLinearizable(history, kv);
        const expected = splitParts(history, kv).every(({ operations }) => hasOrder(operations, kv));
        found.add(verdict.verdict);
        expect(verdict.verdict).to.equal(expected ? "linearizable" : "not linearizable");
        if (verdict.verdict !== "linearizable") return;
        expect(replayOrder(verdict.order, history, kv)).to.equal(undefined);
      }),
      { numRuns: 1000 },
    );
    expect([...found].sort()).to.deep.equal(["linearizable", "not linearizable"]);
  });

  it("even if nothing happened", () => {
    expect(checkLinearizable([], kv)).to.deep.include({ verdict: "linearizable", order: [] });
  });

  it("by other models, with their own words", () => {
    const held = (
      id: number,
      owner: string,
      call: number,
    ): Operation<{ kind: "acquire"; owner: string }, { done: boolean }> => ({
      id,
      session: id,
      input: { kind: "acquire", owner },
      outcome: "ok",
      output: { done: true },
      call,
      return: call + 1,
    });
    const verdict = checkLinearizable([held(1, "a", 0), held(2, "b", 5)], lock);
    expect(verdict.verdict).to.equal("not linearizable");
    if (verdict.verdict !== "not linearizable") return;
    const [violation] = verdict.violations;
    expect(violation).to.not.have.property("part");
    expect(violation).to.deep.include({ stuck: 2, prefix: [1] });
    expect(violation?.sentence).to.include('acquire("b")');
  });

  it("with the first bad part, or with every one", () => {
    const bad = (key: string, id: number): KvHistory => [put(id, key, "1", 0, 1), get(id + 1, key, "", 2, 3)];
    const history = [...bad("x", 1), ...bad("y", 3), put(9, "z", "", 0, 1)];
    const parts = (every: boolean): (string | undefined)[] => {
      const verdict = checkLinearizable(history, kv, { every });
      return verdict.verdict === "not linearizable" ? verdict.violations.map(({ part }) => part) : [];
    };
    expect(parts(false)).to.have.length(1);
    expect(parts(true)).to.deep.equal(["x", "y"]);
  });
});

describe("a budget", () => {
  it("that is spent leaves the verdict open, and says on what", () => {
    const history = [...tangle("x", 14), put(1, "y", "1", 0, 1)];
    const verdict = checkLinearizable(history, plainKv, { budget: { steps: 3000, bytes: 1e9 } });
    expect(verdict).to.deep.include({ verdict: "undecided", parts: ["x"] });
    if (verdict.verdict !== "undecided") return;
    expect(verdict.sentence).to.match(
      /^"x": \d[\d,]* configurations spent with 1\d of 15 operations in order/,
    );
    expect(verdict.effort.ways).to.deep.equal({ plain: 2 });
  });

  it("of memory is one, too", () => {
    const verdict = checkLinearizable(tangle("x", 16), plainKv, { budget: { steps: 1e9, bytes: 200_000 } });
    expect(verdict)
      .to.have.property("sentence")
      .that.matches(/^"x": 0\.2 MB of memory spent/);
  });

  it("is shared: a part that explodes does not hide the violation of another", () => {
    const stale = [put(1, "y", "1", 0, 1), get(2, "y", "", 2, 3)];
    const padding = Array.from({ length: 30 }, (_, i) => get(10 + i, "y", "1", 5 + 2 * i, 6 + 2 * i));
    const history = [...tangle("x", 20), ...stale, ...padding];
    const verdict = checkLinearizable(history, plainKv, { budget: { steps: 20_000, bytes: 1e9 } });
    expect(verdict.verdict).to.equal("not linearizable");
    expect(verdict.effort.steps).to.be.below(5000);
  });

  it("gives the same verdict and effort each time", () => {
    const check = (): unknown =>
      checkLinearizable(tangle("x", 10), plainKv, { budget: { steps: 500, bytes: 1e9 } });
    expect(check()).to.deep.equal(check());
  });
});

describe("a history that is written down wrongly", () => {
  const good = {
    id: 1,
    session: 1,
    input: { kind: "read" },
    outcome: "ok",
    output: { value: null },
    call: 0,
    return: 1,
  } as const;
  const { output: _output, ...silent } = good;
  for (const [name, history, says] of [
    ["no time", [{ ...good, call: NaN }], "operation 1 has no time of call, but NaN"],
    ["time runs backwards", [{ ...good, call: 2 }], "operation 1 returns at 1, before its call at 2"],
    [
      "unknown, yet answered",
      [{ ...silent, outcome: "unknown" as const }],
      "operation 1 is unknown, yet returns at 1 and not at Infinity",
    ],
    ["answered, yet never", [{ ...good, return: Infinity }], "operation 1 is ok, yet never returns"],
    ["no answer", [silent], "operation 1 is ok, yet has no output"],
    ["two of a name", [good, { ...good, session: 2 }], "two operations have the id 1"],
    [
      "two at once",
      [{ ...good, id: 2, call: 0.5 }, good],
      "operations 1 and 2 of session 1 are open at once",
    ],
  ] as const) {
    it(`says so: ${name}`, () => {
      expect(() =>
        checkLinearizable(history as History<RegisterOperation, RegisterAnswer>, register),
      ).to.throw(says);
    });
  }
});
