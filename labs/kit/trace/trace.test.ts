import { expect } from "chai";
import { copyPlain, type Effect, type Input, type PlainData, type ServerId } from "../program";
import type { Message } from "./message";
import type { WorldEvent, WorldView } from "./observer";
import { Trace } from "./trace";

/** One thing that is told to a trace. */
type Told =
  | { readonly server: ServerId; readonly input: Input }
  | { readonly server: ServerId; readonly effect: Effect }
  | { readonly server: ServerId; readonly value: PlainData }
  | { readonly event: WorldEvent };

function viewAt(now: number): WorldView {
  const unused = (): never => expect.fail("a trace looks at the time alone");
  const rest = { isUp: unused, isPuppet: unused, life: unused, saved: unused, localNow: unused };
  return { now, servers: [], ...rest };
}

function tell(trace: Trace, told: Told, now = 5, n = 0): void {
  const view = viewAt(now);
  if ("input" in told) trace.onInput(view, told.server, told.input, n);
  else if ("effect" in told) trace.onEffect(view, told.server, told.effect, n);
  else if ("value" in told) trace.onValue(view, told.server, told.value, n);
  else trace.onEvent(view, told.event, n);
}

function hashOf(story: readonly Told[], now?: number): string {
  const trace = new Trace();
  for (const told of story) tell(trace, told, now);
  return trace.digest();
}

const MESSAGE: Message = { kind: "request", from: 0, to: 1, method: "ping", request: { n: 1 }, life: 1 };

const boot = { kind: "boot", peers: [0, 2], options: {}, seed: 7 } as const;
const request = { kind: "request", from: 0, method: "ping", request: { n: 1 }, call: 1 } as const;
const reply = { kind: "reply", from: 0, method: "ping", reply: { n: 2 }, request: { n: 1 } } as const;
const input = (one: Input, server = 1): Told => ({ server, input: one });
const effect = (one: Effect, server = 1): Told => ({ server, effect: one });
const save = (state: PlainData): Told => effect({ kind: "save", state });
const event = (one: WorldEvent): Told => ({ event: one });

/** Each differs from all others in one thing at least. */
const DIFFERENT: readonly Told[] = [
  input(boot),
  input({ ...boot, seed: 8 }),
  input({ ...boot, saved: null }),
  input({ ...boot, peers: [0] }),
  input({ ...boot, options: { preVote: true } }),
  input(boot, 2),
  input(request),
  input({ ...request, from: 2 }),
  input({ ...request, call: 2 }),
  input({ ...request, method: "pong" }),
  input({ ...request, request: { n: 2 } }),
  input({ ...request, request: { n: "1" } }),
  input({ ...request, request: { m: 1 } }),
  input({ ...request, request: { n: 1, bytes: new Uint8Array([1]) } }),
  input({ ...request, request: { n: 1, bytes: [1] } }),
  input({ ...request, request: { n: 1, bytes: { 0: 1 } } }),
  input(request, 0),
  input(reply),
  input({ ...reply, reply: { n: 1 } }),
  input({ ...reply, request: { n: 2 } }),
  input({ kind: "timer", name: "ping" }),
  input({ kind: "timer", name: "ping\n" }),
  input({ kind: "timer", name: '"ping"' }),
  input({ kind: "timer", name: JSON.stringify('"ping"') }),
  input({ kind: "invoke", verb: "ping", args: [] }),
  input({ kind: "invoke", verb: "ping", args: [[]] }),
  effect({ kind: "call", to: 0, method: "ping", request: { n: 1 } }),
  effect({ kind: "call", to: 2, method: "ping", request: { n: 1 } }),
  effect({ kind: "call", to: 0, method: "p", request: { n: 1 } }),
  effect({ kind: "reply", call: 1, reply: { n: 1 } }),
  effect({ kind: "reply", call: 2, reply: { n: 1 } }),
  effect({ kind: "setTimer", name: "ping", ms: 1 }),
  effect({ kind: "setTimer", name: "ping", ms: 1.0004 }),
  effect({ kind: "setTimer", name: "ping", ms: 1000 }),
  effect({ kind: "setTimer", name: "1 ping", ms: 1 }),
  effect({ kind: "cancelTimer", name: "ping" }),
  save({ n: 1 }),
  save({ n: 2 }),
  save(null),
  effect({ kind: "up", verb: "apply", args: [1] }),
  effect({ kind: "up", verb: "apply", args: [[1]] }),
  effect({ kind: "note", text: "ping" }),
  effect({ kind: "note", text: "ping", data: null }),
  effect({ kind: "note", text: "null ping" }),
  effect({ kind: "note", text: " ping" }),
  { server: 1, value: null },
  { server: 1, value: true },
  event({ kind: "crash", server: 1 }),
  event({ kind: "crash", server: 1, where: "after its save" }),
  event({ kind: "freeze", server: 1 }),
  event({ kind: "thaw", server: 1 }),
  event({ kind: "cut", from: 0, to: 1 }),
  event({ kind: "mend", from: 0, to: 1 }),
  event({ kind: "network", name: "reliable" }),
  event({ kind: "dropped", message: MESSAGE, why: "lost" }),
  event({ kind: "dropped", message: MESSAGE, why: "cut" }),
  event({ kind: "dropped", message: { ...MESSAGE, life: 2 }, why: "lost" }),
  event({ kind: "held", message: MESSAGE }),
  event({ kind: "puppet", message: MESSAGE }),
];

describe("the hash of a trace", () => {
  it("is 16 hex digits, and says how far it is at any time", () => {
    const trace = new Trace();
    const empty = trace.digest();
    expect(empty).to.match(/^[0-9a-f]{16}$/);
    tell(trace, input(request));
    const one = trace.digest();
    expect(trace.digest()).to.equal(one).and.not.to.equal(empty);
    tell(trace, input(request));
    expect(trace.digest()).not.to.equal(one);
  });

  it("is equal for equal stories, and differs where anything differs", () => {
    const hashes = DIFFERENT.map((told) => hashOf([told]));
    expect(DIFFERENT.map((told) => hashOf([told]))).to.deep.equal(hashes);
    expect(new Set(hashes).size).to.equal(DIFFERENT.length);
  });

  it("cannot be imitated by a name that looks like more than one line", () => {
    const timer = (name: string): Told => input({ kind: "timer", name });
    expect(hashOf([timer("a\nt1 b")])).not.to.equal(hashOf([timer("a"), timer("b")]));
  });

  it("depends on the order and on the time", () => {
    const [a = input(boot), b = input(request)] = DIFFERENT;
    expect(hashOf([a, b])).not.to.equal(hashOf([b, a]));
    expect(hashOf([a], 5)).not.to.equal(hashOf([a], 5.001));
    expect(hashOf([], 5)).to.equal(hashOf([], 6));
  });

  it("depends on values, never on which objects hold them", () => {
    const data: PlainData = { log: [{ term: 1, command: "a" }], n: 1 };
    const shared = copyPlain(data, "x");
    const story = (one: PlainData): Told[] => [
      input({ ...request, request: one }),
      save(one),
      save(one),
      input({ ...boot, saved: one }),
    ];
    expect(hashOf(story(data))).to.equal(hashOf(story(shared)));
    expect(hashOf([save(data), save(structuredClone(data))])).to.equal(hashOf([save(shared), save(shared)]));
  });

  it("covers all of a long run, though few records are kept", () => {
    const story = (last: number): Told[] => [
      ...Array.from({ length: 3000 }, (_, n) => input({ ...request, request: { n, pad: "x".repeat(20) } })),
      save(last),
    ];
    expect(hashOf(story(1))).not.to.equal(hashOf(story(2)));
    const changed = story(1).map((told, i) => (i === 3 ? input(reply) : told));
    expect(hashOf(story(1))).not.to.equal(hashOf(changed));
  });
});

describe("a save in a trace", () => {
  it("is told by what it changed, so that each differs from each", () => {
    const states: PlainData[] = [
      { term: 1, log: [1, 2] },
      { term: 1, log: [1, 2, 3] },
      { term: 1, log: [1] },
      { term: 1, log: [2, 2] },
      { term: 2, log: [1, 2] },
      { term: 1 },
      { term: 1, log: null },
      { term: 1, log: { keep: 2, then: [3] } },
      { term: 1, log: [1, 2], set: { term: 2 } },
      { term: 1, log: [1, 2], gone: ["term"] },
      { log: [1, 2] },
      {},
      null,
      [],
    ];
    for (const before of states) {
      const after = states.map((state) => hashOf([save(before), save(state)]));
      expect(new Set(after).size).to.equal(states.length);
    }
  });

  it("is told apart by server", () => {
    const story = (server: ServerId): Told[] => [
      effect({ kind: "save", state: { n: 1 } }, 0),
      effect({ kind: "save", state: { n: 1 } }, server),
    ];
    expect(hashOf(story(0))).not.to.equal(hashOf(story(1)));
  });
});

describe("the records of a trace", () => {
  it("are the last ones, as many as asked for", () => {
    for (const [keep, first] of [
      [0, undefined],
      [3, 97],
      [Infinity, 0],
    ] as const) {
      const trace = new Trace({ keep });
      for (let n = 0; n < 100; n++) tell(trace, input(request), n, n);
      expect(trace.records[0]?.n).to.equal(first);
      expect(trace.records.length).to.equal(Math.min(keep, 100));
    }
    expect(new Trace().records).to.deep.equal([]);
  });

  it("say when, to whom and what", () => {
    const trace = new Trace();
    tell(trace, input(request), 1.5, 7);
    tell(trace, event({ kind: "thaw", server: 2 }), 2, 8);
    expect(trace.records).to.deep.equal([
      { n: 7, at: 1.5, type: "input", server: 1, input: request },
      { n: 8, at: 2, type: "event", event: { kind: "thaw", server: 2 } },
    ]);
  });
});

describe("a captured trace", () => {
  it("goes on from where it was, twice", () => {
    const trace = new Trace({ keep: 5 });
    tell(trace, save({ n: 1, log: [1] }), 1, 0);
    const captured = trace.capture();
    const onward = (on: Trace): unknown => {
      tell(on, save({ n: 1, log: [1, 2] }), 2, 1);
      tell(on, input(request), 3, 2);
      return [on.digest(), on.records];
    };
    const first = onward(trace);
    for (const other of [trace, new Trace({ keep: 5 }), trace]) {
      other.restore(captured);
      expect(onward(other)).to.deep.equal(first);
    }
  });
});
