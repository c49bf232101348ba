import { expect } from "chai";
import { compact, formatRecords } from "./format";
import type { Message } from "./message";
import type { TraceRecord } from "./record";

const MESSAGE: Message = {
  kind: "reply",
  from: 1,
  to: 0,
  method: "ping",
  request: {},
  reply: { ok: true },
  life: 1,
};

describe("records in columns", () => {
  it("show time, server, what happened and the details", () => {
    const records: TraceRecord[] = [
      { n: 0, at: 0, type: "input", server: 0, input: { kind: "boot", peers: [1], options: {}, seed: 1 } },
      { n: 1, at: 352.104, type: "input", server: 2, input: { kind: "timer", name: "election" } },
      {
        n: 2,
        at: 352.104,
        type: "effect",
        server: 2,
        effect: { kind: "save", state: { currentTerm: 1, log: [1, 2] } },
      },
      {
        n: 3,
        at: 352.104,
        type: "effect",
        server: 2,
        effect: { kind: "call", to: 0, method: "ping", request: { n: 1 } },
      },
      { n: 4, at: 352.104, type: "effect", server: 2, effect: { kind: "setTimer", name: "t", ms: 12.3456 } },
      { n: 5, at: 12352.104, type: "event", event: { kind: "dropped", message: MESSAGE, why: "lost" } },
      { n: 6, at: 12352.104, type: "event", event: { kind: "crash", server: 1, where: "after its save" } },
      { n: 7, at: 12352.104, type: "value", server: 0, value: { term: 1 } },
    ];
    expect(formatRecords(records)).to.deep.equal([
      "    0.000  S0   boot         with an empty disk",
      "  352.104  S2   timer        election",
      "  352.104  S2   · save       currentTerm=1 log=[2 items]",
      "  352.104  S2   · call       ping to S0: n=1",
      "  352.104  S2   · set timer  t in 12.346 ms",
      "12352.104  net  loses        ping reply S1 → S0: ok=true",
      "12352.104  S1   CRASHES      after its save",
      "12352.104  S0   returns      term=1",
    ]);
    expect(formatRecords([])).to.deep.equal([]);
  });

  it("call clients otherwise than servers", () => {
    const call = { kind: "call", to: 0, method: "ping", request: { n: 1 } } as const;
    const request = { kind: "request", from: 3, method: "ping", request: { n: 1 }, call: 1 } as const;
    const records: TraceRecord[] = [
      { n: 0, at: 1, type: "effect", server: 3, effect: call },
      { n: 1, at: 2, type: "input", server: 0, input: request },
      { n: 2, at: 3, type: "event", event: { kind: "cut", from: 0, to: 3 } },
    ];
    expect(formatRecords(records, 3)).to.deep.equal([
      "    1.000  C3   · call     ping to S0: n=1",
      "    2.000  S0   request    ping from C3: n=1",
      "    3.000  net  cut        S0 → C3",
    ]);
  });

  it("show every kind of record in one line", () => {
    const inputs = [
      { kind: "boot", peers: [], options: {}, seed: 1, saved: { term: 1 } },
      { kind: "request", from: 0, method: "ping", request: { n: 1 }, call: 1 },
      { kind: "reply", from: 0, method: "ping", request: { n: 1 }, reply: { n: 2 } },
      { kind: "invoke", verb: "propose", args: ["x", { a: 1 }] },
    ] as const;
    const effects = [
      { kind: "reply", call: 1, reply: { ok: true } },
      { kind: "cancelTimer", name: "t" },
      { kind: "up", verb: "leadership", args: [1, true] },
      { kind: "note", text: "hello" },
      { kind: "note", text: "hello", data: { n: 1 } },
    ] as const;
    const events = [
      { kind: "freeze", server: 1 },
      { kind: "thaw", server: 1 },
      { kind: "cut", from: 0, to: 1 },
      { kind: "network", name: "reliable" },
      { kind: "held", message: MESSAGE },
      { kind: "released", message: MESSAGE },
      { kind: "puppet", message: { ...MESSAGE, kind: "request" } },
    ] as const;
    const records: TraceRecord[] = [
      ...inputs.map((input): TraceRecord => ({ n: 0, at: 1, type: "input", server: 1, input })),
      ...effects.map((effect): TraceRecord => ({ n: 0, at: 1, type: "effect", server: 1, effect })),
      ...events.map((event): TraceRecord => ({ n: 0, at: 1, type: "event", event })),
    ];
    expect(formatRecords(records).map((line) => line.slice(11).replace(/ +/g, " "))).to.deep.equal([
      "S1 boot with term=1",
      "S1 request ping from S0: n=1",
      "S1 gets reply ping from S0: n=2",
      "S1 asked propose(x, a=1)",
      "S1 · reply ok=true",
      "S1 · cancel t",
      "S1 · leadership 1, true",
      "S1 · note hello",
      "S1 · note hello n=1",
      "S1 FREEZES",
      "S1 THAWS",
      "net cut S0 → S1",
      "net is now reliable",
      "net held ping reply S1 → S0: ok=true",
      "net released ping reply S1 → S0: ok=true",
      "S0 (puppet) ping request S1 → S0:",
    ]);
  });
});

describe("data in few characters", () => {
  it("shows lists by their length, bytes by their number, records by their keys where room is short", () => {
    expect(
      compact({ term: 1, log: [1, 2], leader: null, at: { x: 1, y: 2 }, data: new Uint8Array(3) }),
    ).to.equal("term=1 log=[2 items] leader=null at={x=1 y=2} data=<3 bytes>");
    expect(compact({ state: { a: [1], b: 2 } })).to.equal("state={a b}");
    expect(compact({ n: 1, text: { long: "x".repeat(88) } })).to.equal("n=1 text={long}");
    expect([compact("text"), compact(7), compact([1]), compact(null)]).to.deep.equal([
      "text",
      "7",
      "[1 item]",
      "null",
    ]);
  });

  it("names versions by number and writer", () => {
    const version = { number: 2, writer: 5 };
    expect(compact({ held: { version, value: "new" } })).to.equal("held={version=2.C5 value=new}");
    expect(compact({ version })).to.equal("version=2.C5");
    expect(compact({ version: { number: 2 } })).to.equal("version={number=2}");
  });

  it("never gets longer than a line", () => {
    const long = compact({ command: "x".repeat(500) });
    expect(long)
      .to.have.length(88)
      .and.match(/^command=x+…$/);
  });
});
