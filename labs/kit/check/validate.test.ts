import { expect } from "chai";
import type { History, Operation } from "./history";
import { kv, type KvAnswer, type KvOperation } from "./models/kv";
import { refute, replayOrder } from "./validate";

type Kv = Operation<KvOperation, Partial<KvAnswer>>;

const put = (id: number, call: number, end: number, value: string, key = "x"): Kv => ({
  ...{ id, session: id, call, return: end, outcome: "ok" },
  ...{ input: { kind: "put", key, value }, output: {} },
});
const get = (id: number, call: number, end: number, value: string, key = "x"): Kv => ({
  ...{ id, session: id, call, return: end, outcome: "ok" },
  ...{ input: { kind: "get", key }, output: { value } },
});
const lost = ({ output, ...operation }: Kv): Kv => {
  void output;
  return { ...operation, outcome: "unknown", return: Infinity };
};

const stale: History<KvOperation, Partial<KvAnswer>> = [
  put(0, 1, 2, "1"),
  put(1, 3, 4, "2"),
  get(2, 5, 6, "1"),
];

describe("The validators", () => {
  it("let an order pass that is a proof", () => {
    const history = [put(0, 1, 4, "1"), put(1, 2, 3, "2"), get(2, 5, 6, "1"), get(3, 5, 6, "", "y")];
    expect(replayOrder([1, 0, 3, 2], history, kv)).to.equal(undefined);
    expect(refute(history.slice(0, 3), kv)).to.equal(false);
  });

  it("say what is wrong with an order that is none", () => {
    const cases: [order: number[], sentence: string][] = [
      [[0, 1, 2], `operation 2 would answer "2", version 2 there, but it answered "1"`],
      [[0, 2, 1], "operation 1 was answered before operation 2 was called, and comes after it"],
      [[1, 0, 2], "operation 0 was answered before operation 1 was called, and comes after it"],
      [[0, 1], "operation 2 was answered, and is not in the order"],
      [[0, 0], "operation 0 is in the order twice, or not in the history"],
      [[7], "operation 7 is in the order twice, or not in the history"],
    ];
    for (const [order, sentence] of cases) expect(replayOrder(order, stale, kv)).to.equal(sentence);
    expect(replayOrder([0], [{ ...put(0, 1, 2, "1"), outcome: "failed" }], kv)).to.include("failed");
  });

  it("let an operation without an answer happen late, or never", () => {
    const [first, second, read] = stale as [Kv, Kv, Kv];
    const history = [lost(first), second, read];
    expect(refute(stale, kv)).to.equal(true);
    expect(refute(history, kv)).to.equal(false);
    expect(replayOrder([1, 0, 2], history, kv)).to.equal(undefined);
    expect(replayOrder([1], [lost(first), second], kv)).to.equal(undefined);
    expect(refute([lost(first), read].slice(1), kv)).to.equal(true);
  });

  it("start from another state if asked to, and refuse a crowd", () => {
    expect(refute([get(0, 1, 2, "7")], kv, { value: "7", version: 3 })).to.equal(false);
    const crowd = Array.from({ length: 31 }, (_, i) => get(i, 1, 2, ""));
    expect(() => refute(crowd, kv)).to.throw(RangeError, "31 operations are too many");
  });

  it("compare answers in depth where the model does not", () => {
    const pair = {
      ...{ name: "pair", initial: 0, tellInput: () => "pair()", tellState: String },
      apply: (state: number) => ({ state: state + 1, output: { n: [state] } }),
      tellOutput: (output: { n: number[] }) => JSON.stringify(output),
    };
    const at = (id: number, n: number): Operation<null, { n: number[] }> => ({
      ...{ id, session: id, input: null, output: { n: [n] }, outcome: "ok", call: id, return: id + 0.5 },
    });
    expect(refute([at(0, 0), at(1, 1)], pair)).to.equal(false);
    expect(refute([at(0, 0), at(1, 0)], pair)).to.equal(true);
    expect(replayOrder([0, 1], [at(0, 0), at(1, 0)], pair)).to.include(`would answer {"n":[1]}`);
  });
});
