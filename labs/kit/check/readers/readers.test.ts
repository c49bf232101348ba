import { expect } from "chai";
import fc from "fast-check";
import { histories } from "../brute-histories";
import { kv, type KvOperation } from "../models/kv";
import { readHistory, writeNdjson } from ".";

describe("readers of histories", () => {
  it("read Jepsen's console: times out for ever, a refused swap is an answer, a failed read is none", () => {
    const text = [
      "INFO  jepsen.util - 0\t:invoke\t:write\t3",
      "INFO  jepsen.util - 1 :invoke :cas [2 4]",
      "INFO  jepsen.util - :nemesis :info :start nil",
      "INFO  jepsen.util - 1 :fail :cas [2 4]",
      "INFO  jepsen.util - 0 :info :write :timed-out",
      "INFO  jepsen.util - 1 :invoke :read nil",
      "INFO  jepsen.util - 1 :fail :read :timed-out",
      "INFO  jepsen.util - 1 :invoke :read nil",
      "INFO  jepsen.util - 1 :ok :read 3",
      "",
    ].join("\r\n");
    const read = { kind: "read" };
    expect(readHistory(text)).to.deep.equal({
      model: "register",
      history: [
        {
          id: 0,
          session: 0,
          input: { kind: "write", value: 3 },
          outcome: "unknown",
          call: 0,
          return: Infinity,
        },
        {
          id: 1,
          session: 1,
          input: { kind: "cas", expected: 2, value: 4 },
          output: { swapped: false },
          outcome: "ok",
          call: 1,
          return: 2,
        },
        { id: 4, session: 1, input: read, outcome: "failed", call: 4, return: 5 },
        { id: 6, session: 1, input: read, output: { value: 3 }, outcome: "ok", call: 6, return: 7 },
      ],
    });
  });

  it("read Jepsen's EDN, of one register or of several", () => {
    const text = `[{:index 0, :time 3, :process 0, :type :invoke, :f :cas, :value [:x [nil 1]]} ; a comment
      {:process :nemesis, :type :info, :f :start, :value #jepsen.history.Op{:a "b"}}
      #jepsen.history.Op{:process 0, :type :fail, :f :cas, :value [:x [nil 1]], :error :no-route}
      {:process 0 :type :invoke :f :read :value (:x nil)} {:process 0 :type :ok :f :read :value [:x 1]}]`;
    expect(readHistory(text)).to.deep.equal({
      model: "register",
      history: [
        {
          id: 0,
          session: 0,
          input: { key: "x", kind: "cas", expected: null, value: 1 },
          outcome: "failed",
          call: 0,
          return: 1,
        },
        {
          id: 2,
          session: 0,
          input: { key: "x", kind: "read" },
          output: { value: 1 },
          outcome: "ok",
          call: 2,
          return: 3,
        },
      ],
    });
  });

  it("read the lines of MIT's key/value tests", () => {
    const text = `{:process 2, :type :invoke, :f :append, :key "0", :value "x \\"0\\" y"}
{:process 1, :type :invoke, :f :get, :key "0", :value nil}
{:process 2, :type :ok, :f :append, :key "0", :value "x \\"0\\" y"}
{:process 1, :type :ok, :f :get, :key "0", :value "x \\"0\\" y"}`;
    expect(readHistory(text)).to.deep.equal({
      model: "kv",
      history: [
        {
          id: 0,
          session: 2,
          input: { kind: "append", key: "0", value: 'x "0" y' },
          output: {},
          outcome: "ok",
          call: 0,
          return: 2,
        },
        {
          id: 1,
          session: 1,
          input: { kind: "get", key: "0" },
          output: { value: 'x "0" y' },
          outcome: "ok",
          call: 1,
          return: 3,
        },
      ],
    });
  });

  it("read back what was written in our own format", () => {
    const key = fc.constantFrom("x", "y");
    const input: fc.Arbitrary<KvOperation> = fc.oneof(
      fc.record({ kind: fc.constant("get" as const), key }),
      fc.record({ kind: fc.constant("put" as const), key, value: fc.string() }),
      fc.record({ kind: fc.constant("cas" as const), key, expected: fc.string(), value: fc.string() }),
    );
    fc.assert(
      fc.property(
        histories(kv, input, { operations: 9, spread: 30, lies: true }),
        fc.boolean(),
        (drawn, told) => {
          const history = drawn.map((operation) => {
            const { call, return: end } = operation;
            return told ? { ...operation, at: [call / 10, end / 10] as const } : operation;
          });
          const log = readHistory(writeNdjson({ model: "kv", history }));
          expect(log.model).to.equal("kv");
          expect([...log.history].sort((a, b) => a.id - b.id)).to.deep.equal(history);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("do not hand a terminal what it would obey", () => {
    const [bell, clear] = ["\u0007", "\u001b[2J"];
    expect(() => readHistory(`"${bell}${clear}`)).to.throw(/^line 1: not EDN: "\?\?\[2J$/);
  });

  it("read a file that begins with a byte order mark", () => {
    expect(readHistory("\uFEFFINFO jepsen.util - 0 :invoke :read nil").history).to.have.length(1);
  });

  it("read our own format without its first line, if the model is known", () => {
    const call = '{"t":1,"id":7,"session":2,"kind":"call","input":{"kind":"dequeue"}}';
    const { model, history } = readHistory(
      `${call}\n{"t":4,"id":7,"kind":"ok","output":{"value":null}}`,
      "queue",
    );
    expect(model).to.equal("queue");
    expect(history).to.have.length(1);
    expect(() => readHistory("INFO jepsen.util - 0 :invoke :read nil", "kv")).to.throw("not of kv");
  });

  const head = '{"format":"replication-labs/history/1","model":"register"}';
  const invoke = "{:process 0, :type :invoke, :f :read, :value nil}";
  for (const [text, says] of [
    [
      "INFO jepsen.util - 0 :invoke :read",
      /^line 1: expected "INFO jepsen.util - process :type :f value", got/,
    ],
    ["INFO jepsen.util - 0 :ok :read 1", /^line 1: process 0 has no operation open$/],
    [
      "INFO jepsen.util - 0 :invoke :pop nil",
      /^line 1: :pop is none of :read, :write, :cas, :get, :put, :append$/,
    ],
    ["INFO jepsen.util - 0 :invoke :write :x", /^line 1: :write of something that is no number$/],
    [`${invoke}\n${invoke}`, /^line 2: process 0 has an operation open since line 1$/],
    [
      `${invoke}\n\n{:process 0, :type :ok, :f :cas, :value nil}`,
      /^line 3: :cas ends what line 1 began as :read$/,
    ],
    ["{:process 0, :type :go}", /^line 1: :type is none of/],
    ["{:process 0, :type", /^line 1: the text ends in the middle of a value$/],
    ['{:process 0\n "a', /^line 2: not EDN: "a$/],
    ["hello", /^line 1: not EDN: hello$/],
    ["", /^line 1: nothing is in it$/],
    ["\n\n", /^line 1: nothing is in it$/],
    ["x".repeat(99), /^line 1: not EDN: x{40} …$/],
    ['{"t":1,"id":1,"kind":"fail"}', /^line 1: of which model\? Begin with \{"format"/],
    ["{1 2 3}", /^line 1: a map has a key without a value$/],
    ['{"format":"x"}', /^line 1: format: /],
    [`${head}\n{"t":1}`, /^line 2: kind: /],
    [`${head}\n{"t":1,`, /^line 2: not JSON$/],
    [`${head}\n{"t":1,"id":1,"kind":"fail"}`, /^line 2: operation 1 ends, but was never called$/],
    [`${head}\n{"t":1,"id":1,"session":1,"kind":"call","input":{"kind":"put"}}`, /^line 2: kind: /],
  ] as const) {
    it(`say in which line what is wrong: ${text.slice(0, 60).replaceAll("\n", " ")}`, () => {
      expect(() => readHistory(text)).to.throw(says);
    });
  }
});
