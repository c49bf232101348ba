import { expect } from "chai";
import type { History } from "../history";
import type { Model } from "../model";
import { kv } from "../models/kv";
import { queue, type QueueAnswer, type QueueOperation } from "../models/queue";
import type { Effort, Verdict, Violation } from "../verdict";
import { append, CLASSICS, get, historyOf, type Kv, type Step } from "./classics";
import { tryAll } from "./fixture";
import { explain, tellVerdict } from "./index";

function explained<S, I, O>(history: History<I, O>, model: Model<S, I, O>): Violation {
  return explain(history, model, tryAll(model), { part: "x" });
}

const effort: Effort = { steps: 0, bytes: 0, ways: {} };
const no = (...violations: Violation[]): Verdict => ({ verdict: "not linearizable", violations, effort });
const told = (steps: readonly Kv[]): string => {
  const history = historyOf(steps);
  return tellVerdict(no(explained(history, kv)), history, kv);
};

describe("What is told of a verdict", () => {
  for (const [what, steps, sentence] of CLASSICS) {
    it(`names ${what}`, () => {
      expect(explained(historyOf(steps), kv).sentence).to.equal(sentence);
    });
  }

  it("is the sentence, the operations, and how far their orders get", () => {
    const stale = CLASSICS[0]?.[1] ?? [];
    expect(told(stale)).to.equal(
      [
        'not linearizable ("x"): get("x") of client 2 (from 12.000 to 14.500 ms) answered "1", version 1, but',
        '  put("x", "2") of client 0 had been answered version 2 at 11.200 ms, before that call: it must see',
        "  version 2 or a later one.",
        "  Before it, 2 operations can be put in order. In question:",
        '    put("x", "1") of client 0 (from 1.000 to 2.000 ms): version 1',
        '    put("x", "2") of client 0 (from 8.000 to 11.200 ms): version 2',
        '    get("x") of client 2 (from 12.000 to 14.500 ms): "1", version 1',
        "  As far as their orders get:",
        '    after put("x", "1") of client 0 and put("x", "2") of client 0 the key holds "2", version 2:',
        '      get("x") of client 2 would answer "2", version 2, but it answered "1", version 1',
      ].join("\n"),
    );
  });

  it("starts in the middle if it would be long, and quotes in brief", () => {
    const text = Array.from({ length: 30 }, (_, i) => `<${i}>`);
    const past = text.map((piece, i): Kv => [0, 2 * i, 2 * i + 1, append(piece), {}]);
    const all = text.join("");
    expect(
      told([
        ...past,
        [1, 61, 80, append("u"), {}],
        [3, 61, 80, append("v"), {}],
        [2, 62, 63, get, { value: `${all}vu` }],
        [2, 64, 65, get, { value: `${all}uv` }],
      ]),
    ).to.equal(
      [
        'not linearizable ("x"): get("x") of client 2 (from 64.000 to 65.000 ms) answered',
        '  "<0><1><2><3…><26><27><28><29>uv", but get("x") of client 2 had already been answered',
        '  "<0><1><2><3…><26><27><28><29>vu" at 63.000 ms, before that call: since then the text can only',
        "  have grown.",
        "  Before it, 33 operations can be put in order. In question:",
        '    get("x") of client 2 (from 62.000 to 63.000 ms): "<0><1><2><3…><26><27><28><29>vu"',
        '    get("x") of client 2 (from 64.000 to 65.000 ms): "<0><1><2><3…><26><27><28><29>uv"',
        "  As far as their orders get:",
        '    after 32 earlier ones and get("x") of client 2 the key holds "<0><1><2><3…><26><27><28><29>vu",',
        '      version 32: get("x") of client 2 would answer "<0><1><2><3…><26><27><28><29>vu", version 32,',
        '      but it answered "<0><1><2><3…><26><27><28><29>uv"',
      ].join("\n"),
    );
  });

  it("says which order any model allows no further", () => {
    const steps: readonly Step<QueueOperation, QueueAnswer>[] = [
      [0, 1, 2, { kind: "enqueue", value: "a" }, {}],
      [0, 3, 4, { kind: "enqueue", value: "b" }, {}],
      [1, 5, 6, { kind: "dequeue" }, { value: "b" }],
    ];
    const history = historyOf(steps).map(({ at, ...operation }) => {
      void at;
      return operation;
    });
    expect(tellVerdict(no(explained(history, queue)), history, queue)).to.equal(
      [
        'not linearizable ("x"): dequeue() of client 1 (from 5 to 6) answered "b". With enqueue("a") of',
        '  client 0 and enqueue("b") of client 0 it fits no order: after enqueue("a") of client 0 and',
        '  enqueue("b") of client 0 the queue holds "a", "b": dequeue() of client 1 would answer "a", but it',
        '  answered "b".',
        "  Before it, 2 operations can be put in order. In question:",
        '    enqueue("a") of client 0 (from 1 to 2): done',
        '    enqueue("b") of client 0 (from 3 to 4): done',
        '    dequeue() of client 1 (from 5 to 6): "b"',
      ].join("\n"),
    );
  });

  it("is short of what can be put in order, and of what could not be decided", () => {
    expect(tellVerdict({ verdict: "linearizable", order: [0, 1], effort }, [], kv)).to.equal(
      "linearizable: 2 operations in an order that the model allows",
    );
    const sentence = "10,000,000 steps were spent";
    expect(tellVerdict({ verdict: "undecided", parts: ["x"], sentence, effort }, [], kv)).to.equal(
      "undecided: 10,000,000 steps were spent",
    );
  });

  it("counts the parts that it does not show, and keeps within 100 columns", () => {
    const history = historyOf(CLASSICS[4]?.[1] ?? []);
    const violation = explained(history, kv);
    const text = tellVerdict(no(...Array.from({ length: 6 }, () => violation)), history, kv);
    expect(text).to.match(/\nand 2 more parts that cannot be put in order$/);
    for (const line of text.split("\n")) expect(line.length).to.be.at.most(100);
  });
});
