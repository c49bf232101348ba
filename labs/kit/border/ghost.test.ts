import { expect } from "chai";
import type { Answer, BootInput, Effect, PlainData } from "../program";
import type { Part } from "../subject";
import { BorderError } from "./codec";
import { GhostDriver, type Teller } from "./ghost";

const RAFT: Part = { file: "raft/raft.ts", exportName: "Raft", methods: [] };
const STORE: Part = {
  ...RAFT,
  verbs: ["call", "reply", "setTimer", "save", "apply"],
  service: {
    ...{ file: "kv/server.ts", exportName: "Server", methods: [] },
    verbs: ["reply", "setTimer", "note"],
    requests: ["get"],
  },
};
const BOOT: BootInput = { kind: "boot", peers: [0, 2], options: {}, seed: 1 };

/** Server 1 of three, booted, whose program is told to have done this in its next handler. */
function told(part: Part, effects: readonly Effect[], method = "ping", value?: PlainData): Answer {
  const answers: Answer[] = [{ effects: [] }, value === undefined ? { effects } : { effects, value }];
  const driver = new GhostDriver(tellerOf(answers), () => part);
  driver.boot(1, 0, BOOT);
  return driver.deliver(1, 5, { kind: "request", from: 0, method, request: {}, call: 7 });
}

/** The same for its constructors. */
function booted(part: Part, effects: readonly Effect[]): Answer {
  return new GhostDriver(tellerOf([{ effects }]), () => part).boot(1, 0, BOOT);
}

function tellerOf(answers: Answer[]): Teller {
  const next = (): Answer => answers.shift() ?? { effects: [] };
  return {
    boot: next,
    deliver: next,
    crash: () => undefined,
    weigh: () => 0,
    capture: () => undefined,
    restore: () => undefined,
  };
}

const call: Effect = { kind: "call", to: 2, method: "pong", request: {} };
const reply: Effect = { kind: "reply", call: 7, reply: {} };
const timer: Effect = { kind: "setTimer", name: "t", ms: 5 };
const serviceTimer: Effect = { kind: "setTimer", name: "service:t", ms: 5 };
const save: Effect = { kind: "save", state: { term: 1 } };
const down: Effect = { kind: "down", verb: "propose", args: ["x"] };
const downDone: Effect = { kind: "downDone", value: { index: 1 } };

describe("a driver that is told what programs did", () => {
  const believed: readonly (readonly [what: string, told: () => Answer, effects: readonly Effect[]])[] = [
    ["of one program", () => told(RAFT, [call, save, timer, reply]), [call, save, timer, reply]],
    ["of nothing", () => told(RAFT, []), []],
    ["of a program below, asked by itself", () => told(STORE, [call, reply]), [call, reply]],
    [
      "of a service, and of what it called below",
      () => told(STORE, [serviceTimer, down, save, call, downDone, reply], "get"),
      [serviceTimer, down, save, call, downDone, reply],
    ],
    [
      "of two constructors",
      () => booted(STORE, [timer, save, serviceTimer, down, call, downDone]),
      [timer, save, serviceTimer, down, call, downDone],
    ],
  ];
  for (const [what, answer, effects] of believed) {
    it(`repeats what it is told ${what}`, () => {
      expect(answer()).to.deep.equal({ effects });
    });
  }

  it("repeats the value of a verb", () => {
    expect(told(RAFT, [], "ping", { term: 1 })).to.deep.equal({ effects: [], value: { term: 1 } });
  });

  const apply: Effect = { kind: "up", verb: "apply", args: [1, 1, "x"] };
  const lies: readonly (readonly [what: string, told: () => Answer])[] = [
    ["a call to a stranger", () => told(RAFT, [{ ...call, to: 9 }])],
    ["a call to itself", () => told(RAFT, [{ ...call, to: 1 }])],
    ["a reply to a call that was never made", () => told(RAFT, [{ ...reply, call: 8 }])],
    ["a second reply to a call", () => told(RAFT, [reply, reply])],
    ["a timer in the past", () => told(RAFT, [{ ...timer, ms: -1 }])],
    ["a verb that its role does not have", () => told(STORE, [{ kind: "note", text: "x" }])],
    ["a verb that no role has", () => told(RAFT, [{ ...apply, verb: "constructor" }])],
    ["a command that it applies at no place", () => told(RAFT, [{ ...apply, args: [0, 1, "x"] }])],
    ["a command that it applies at half a place", () => told(RAFT, [{ ...apply, args: [0.5, 1, "x"] }])],
    ["a verb without its arguments", () => told(RAFT, [{ ...apply, args: [] }])],
    ["a call of a layer below where there is none", () => told(RAFT, [down, downDone])],
    ["a call of a layer below by the layer below", () => told(STORE, [down, downDone])],
    ["a call of the layer below that does not end", () => told(STORE, [down, call], "get")],
    ["the end of a call that was not begun", () => told(STORE, [downDone], "get")],
    ["a call of the layer below within one", () => told(STORE, [down, down, downDone, downDone], "get")],
    ["a service that saves", () => told(STORE, [save], "get")],
    ["a service that calls other servers", () => told(STORE, [call], "get")],
    ["a service that sets a timer of the layer below", () => told(STORE, [timer], "get")],
    ["a layer below that notes what only the service may", () => told(STORE, [{ kind: "note", text: "x" }])],
    ["a service that saves in its constructor", () => booted(STORE, [serviceTimer, save])],
    ["a reply before any request", () => booted(RAFT, [reply])],
  ];
  for (const [what, lie] of lies) {
    it(`does not believe in ${what}`, () => {
      expect(lie).to.throw(BorderError);
    });
  }

  it("takes time in proportion to what it is told", () => {
    const many = Array.from({ length: 100_000 }, () => [down, downDone]).flat();
    expect(told(STORE, many, "get").effects).to.have.length(200_000);
  });

  it("remembers open calls only for one life of a server", () => {
    const answers: Answer[] = [{ effects: [] }, { effects: [] }, { effects: [] }, { effects: [reply] }];
    const driver = new GhostDriver(tellerOf(answers), () => RAFT);
    driver.boot(1, 0, BOOT);
    driver.deliver(1, 1, { kind: "request", from: 0, method: "ping", request: {}, call: 7 });
    driver.crash(1);
    driver.boot(1, 2, BOOT);
    expect(() => driver.deliver(1, 3, { kind: "timer", name: "t" })).to.throw(BorderError, /not open/);
  });

  it("goes back to the open calls of a moment before", () => {
    const answers: Answer[] = [
      { effects: [] },
      { effects: [] },
      { effects: [reply] },
      { effects: [reply] },
      { effects: [reply] },
    ];
    const driver = new GhostDriver(tellerOf(answers), () => RAFT);
    const tick = (): Answer => driver.deliver(1, 3, { kind: "timer", name: "t" });
    driver.boot(1, 0, BOOT);
    driver.deliver(1, 1, { kind: "request", from: 0, method: "ping", request: {}, call: 7 });
    const then = driver.capture();
    expect(tick().effects).to.deep.equal([reply]);
    driver.restore(then);
    expect(tick().effects).to.deep.equal([reply]);
    expect(tick).to.throw(BorderError, /not open/);
  });
});
