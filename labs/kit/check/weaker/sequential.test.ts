import { expect } from "chai";
import type { Operation } from "../history";
import { kv, type KvAnswer, type KvOperation } from "../models/kv";
import { queue, type QueueAnswer, type QueueOperation } from "../models/queue";
import { checkCausal, checkPram } from "./causal";
import { checkSession } from "./guarantees";
import { checkCoherent, checkOrderedWrites, checkSequential } from "./sequential";

type Kv = Operation<KvOperation, Partial<KvAnswer>>;

let id = 0;
const at = (time: number): { readonly id: number; readonly call: number; readonly return: number } => ({
  id: id++,
  call: time,
  return: time + 1,
});
const put = (session: number, time: number, value: string, version: number): Kv => ({
  ...at(time),
  ...{ session, input: { kind: "put", key: "x", value }, output: { version }, outcome: "ok" },
});
const get = (session: number, time: number, value: string, version?: number): Kv => ({
  ...at(time),
  ...{ session, input: { kind: "get", key: "x" }, outcome: "ok" },
  output: version === undefined ? { value } : { value, version },
});
const lost = (session: number, time: number, value: string): Kv => ({
  ...{ id: id++, session, input: { kind: "put", key: "x", value }, outcome: "unknown" },
  ...{ call: time, return: Infinity },
});

describe("Sequential consistency", () => {
  beforeEach(() => (id = 0));

  it("is asked of any model, also of one that knows no cells", () => {
    const enqueue = (
      session: number,
      time: number,
      value: string,
    ): Operation<QueueOperation, QueueAnswer> => ({
      ...at(time),
      ...{ session, input: { kind: "enqueue", value }, output: {}, outcome: "ok" },
    });
    const dequeue = (
      session: number,
      time: number,
      value: string,
    ): Operation<QueueOperation, QueueAnswer> => ({
      ...at(time),
      ...{ session, input: { kind: "dequeue" }, output: { value }, outcome: "ok" },
    });
    const good = [enqueue(0, 1, "1"), enqueue(1, 3, "2"), dequeue(2, 5, "2"), dequeue(2, 7, "1")];
    expect(checkSequential(good, queue)).to.deep.include({ verdict: "yes", order: [1, 0, 2, 3] });
    const bad = [enqueue(0, 1, "1"), enqueue(0, 3, "2"), dequeue(1, 5, "2"), dequeue(1, 7, "1")];
    expect(checkSequential(bad, queue).verdict).to.equal("no");
    expect(checkOrderedWrites(good, queue).verdict).to.equal("undecided");
    expect(checkCausal(good, queue).verdict).to.equal("undecided");
    expect(checkSession("monotonic reads", good, queue).verdict).to.equal("undecided");
  });

  it("lets a write without an answer fill a gap between versions, and nothing else", () => {
    const gap = [put(0, 1, "a", 1), put(0, 3, "c", 3)];
    expect(checkSequential([...gap, lost(1, 1, "b")], kv)).to.deep.equal({
      verdict: "yes",
      order: [0, 2, 1],
    });
    expect(checkSequential(gap, kv)).to.deep.equal({
      verdict: "no",
      sentence: `There is no change of "x" that can have made version 2, but client 0's put("x", "c") → version 3 stands behind it.`,
      core: [1],
    });
    expect(checkSequential([...gap, { ...lost(1, 1, "b"), outcome: "failed" }], kv).verdict).to.equal("no");
  });

  it("says when its budget is spent", () => {
    const writes = Array.from({ length: 8 }, (_, i): Kv => ({
      ...put(i, 1, `${i % 2}`, 0),
      output: {},
    }));
    const reads = ["0", "1", "0", "0", "1", "1", "0"].map((value, i) => get(9, 10 * i, value));
    const verdict = checkSequential([...writes, ...reads], kv, { steps: 40, bytes: 1_000_000 });
    expect(verdict.verdict).to.equal("undecided");
    expect(checkSequential([...writes, ...reads], kv).verdict).to.equal("yes");
  });

  it("is kept by nothing at all", () => {
    for (const check of [checkSequential, checkOrderedWrites, checkCoherent, checkCausal, checkPram]) {
      expect(check([], kv).verdict).to.equal("yes");
    }
  });

  it("is undecided below, never “yes”, where values repeat", () => {
    const history = [put(0, 1, "a", 1), put(1, 3, "a", 2), get(2, 5, "a")].map((one): Kv => {
      const { version: _, ...output } = one.output ?? {};
      return { ...one, output };
    });
    expect(checkCausal(history, kv)).to.deep.equal({
      verdict: "undecided",
      sentence: `No fault can be seen, but "a" was written to "x" more than once, so values repeat.`,
    });
    expect(checkSequential(history, kv).verdict).to.equal("yes");
  });

  it("refuses a history whose sessions overlap themselves", () => {
    expect(() => checkSequential([get(0, 1, ""), { ...get(0, 1, ""), id: 7 }], kv)).to.throw(/open at once/);
  });
});
