import { expect } from "chai";
import type { Effect, PlainData, ProgramClass, RunningInput } from "../program";
import { broken } from "./fixture";
import { InProcessDriver } from "./in-process";

/** The verbs that the programs below use. */
interface Ctx {
  now(): number;
  setTimer(name: string, ms: number): void;
  cancelTimer(name: string): void;
  save(state: unknown): void;
  note(text: string): void;
  reply(call: number, reply: unknown): void;
  apply(index: number, term: number, command: unknown): void;
  readReady(token: number, index?: number): void;
  random(): number;
  savedBytes(): number;
}

/** The layer below, as a service sees it. */
interface Below {
  propose(command: unknown): unknown;
  snapshot(index: number, data: unknown): void;
  readIndex(token: number, lease: boolean): void;
  status(): unknown;
}

/** A log of one server that commits at once. */
class Log {
  private readonly entries: unknown[] = [];
  constructor(private readonly ctx: Ctx) {
    ctx.setTimer("tick", 1);
  }
  propose(command: unknown): unknown {
    if (command === "throw") throw new RangeError("too long");
    if (command === "refuse") return undefined;
    this.entries.push(command);
    this.ctx.save({ log: this.entries, snapshot: null });
    this.ctx.apply(this.entries.length, 1, command);
    return { index: this.entries.length };
  }
  snapshot(index: number, data: unknown): void {
    this.ctx.save({ log: [], snapshot: { index, data } });
  }
  readIndex(token: number, lease: boolean): void {
    this.ctx.readReady(token, lease ? this.entries.length : undefined);
  }
  status(): unknown {
    return { length: this.entries.length };
  }
  timer(name: string): void {
    this.ctx.note(`log ${name}`);
  }
}

/** What a test's service does with a request. */
type Action = (ctx: Ctx, raft: Below) => unknown;

/** A driver with one server that runs a log and a service on top of it. */
function bench(action: Action, verbs?: readonly string[]): InProcessDriver {
  class Service {
    applied: unknown[] = [];
    constructor(
      readonly ctx: Ctx,
      readonly raft: Below,
    ) {
      ctx.setTimer("tick", 2);
    }
    ask(): unknown {
      return action(this.ctx, this.raft) ?? { applied: this.applied };
    }
    apply(index: number, _term: number, command: unknown): void {
      this.applied.push([index, command]);
    }
    timer(name: string): void {
      this.ctx.note(`service ${name}`);
    }
  }
  const service = { className: "Service", program: Service as unknown as ProgramClass, methods: ["ask"] };
  const log = { className: "Log", program: Log as unknown as ProgramClass };
  const driver = new InProcessDriver({
    programsFor: () => ({ ...log, service: verbs === undefined ? service : { ...service, verbs } }),
  });
  driver.boot(0, 0, { kind: "boot", peers: [], options: {}, seed: 1 });
  return driver;
}

function run(driver: InProcessDriver, input: RunningInput): readonly Effect[] {
  return driver.deliver(0, 5, input).effects;
}

const ASK: RunningInput = { kind: "request", from: 1, method: "ask", request: {}, call: 1 };

describe("a service on top of a program", () => {
  it("calls down: what the layer below does stands between the call and its value", () => {
    const driver = bench((ctx, raft) => {
      ctx.note("before");
      const value = raft.propose("x");
      ctx.note("after");
      return value;
    });
    expect(run(driver, ASK)).to.deep.equal([
      { kind: "note", text: "before" },
      { kind: "down", verb: "propose", args: ["x"] },
      { kind: "save", state: { log: ["x"], snapshot: null } },
      { kind: "up", verb: "apply", args: [1, 1, "x"] },
      { kind: "downDone", value: { index: 1 } },
      { kind: "note", text: "after" },
      { kind: "reply", call: 1, reply: { index: 1 } },
    ] satisfies Effect[]);
  });

  it("is handed what the layer below hands up, and gets the requests of its methods", () => {
    const driver = bench(() => undefined);
    run(driver, { kind: "up", verb: "apply", args: [1, 1, "x"] });
    expect(run(driver, ASK)).to.deep.equal([{ kind: "reply", call: 1, reply: { applied: [[1, "x"]] } }]);
  });

  it("has timers of its own, though both call them the same", () => {
    const driver = bench(() => undefined);
    const fresh = driver.boot(0, 0, { kind: "boot", peers: [], options: {}, seed: 1 }).effects;
    expect(fresh).to.deep.equal([
      { kind: "setTimer", name: "tick", ms: 1 },
      { kind: "setTimer", name: "service:tick", ms: 2 },
    ]);
    expect(run(driver, { kind: "timer", name: "tick" })).to.deep.equal([{ kind: "note", text: "log tick" }]);
    const upper = run(driver, { kind: "timer", name: "service:tick" });
    expect(upper).to.deep.equal([{ kind: "note", text: "service tick" }]);
  });

  it("hears undefined where the layer below refuses, and nothing of a verb without a value", () => {
    const driver = bench((_ctx, raft) => {
      raft.readIndex(7, true);
      raft.readIndex(8, false);
      return { refused: raft.propose("refuse") === undefined };
    });
    expect(run(driver, ASK)).to.deep.equal([
      { kind: "down", verb: "readIndex", args: [7, true] },
      { kind: "up", verb: "readReady", args: [7, 0] },
      { kind: "downDone" },
      { kind: "down", verb: "readIndex", args: [8, false] },
      { kind: "up", verb: "readReady", args: [8] },
      { kind: "downDone" },
      { kind: "down", verb: "propose", args: ["refuse"] },
      { kind: "downDone" },
      { kind: "reply", call: 1, reply: { refused: true } },
    ]);
  });

  it("looks at the status without a trace, and is told how much is saved, the snapshot not counted", () => {
    const sizes: number[] = [];
    const driver = bench((ctx, raft) => {
      sizes.push(ctx.savedBytes());
      raft.propose("x".repeat(100));
      sizes.push(ctx.savedBytes());
      raft.snapshot(1, "y".repeat(1000));
      sizes.push(ctx.savedBytes());
      return raft.status();
    });
    expect(run(driver, ASK).at(-1)).to.deep.equal({ kind: "reply", call: 1, reply: { length: 1 } });
    const [before = -1, with100 = 0, after = 0] = sizes;
    expect(before).to.equal(0);
    expect(with100).to.be.within(100, 140);
    expect(after).to.be.lessThan(30);
  });

  it("copies what it hands down", () => {
    const command = { n: 1 };
    const driver = bench((_ctx, raft) => {
      raft.propose(command);
      command.n = 2;
      return {};
    });
    expect(run(driver, ASK)[0]).to.deep.equal({ kind: "down", verb: "propose", args: [{ n: 1 }] });
  });

  it("has no verbs but its own", () => {
    const driver = bench((ctx) => ctx.save({}), ["note", "reply", "setTimer"]);
    expect(broken(() => run(driver, ASK))).to.equal(
      "Service.ask on server 0: ctx.save: the context of a Service has note, reply, setTimer",
    );
  });

  it("cannot hide an error of the layer below", () => {
    const driver = bench((_ctx, raft) => {
      try {
        raft.propose("throw");
      } catch {
        // as a student might
      }
    });
    expect(broken(() => run(driver, ASK))).to.equal("Log.propose on server 0 threw RangeError: too long");
  });

  it("is refused what cannot be handed down", () => {
    const driver = bench((_ctx, raft) => raft.propose(() => 1));
    expect(broken(() => run(driver, ASK))).to.match(/command is a function/);
  });

  it("draws random numbers of its own", () => {
    const seen: number[] = [];
    class Dice {
      constructor(private readonly ctx: Ctx) {}
      timer(): void {
        seen.push(this.ctx.random());
      }
    }
    const role = { className: "Dice", program: Dice as unknown as ProgramClass };
    const driver = new InProcessDriver({
      programsFor: () => ({ ...role, service: { ...role, methods: [] } }),
    });
    driver.boot(0, 0, { kind: "boot", peers: [], options: {}, seed: 1 });
    run(driver, { kind: "timer", name: "t" });
    run(driver, { kind: "timer", name: "service:t" });
    expect(seen[0]).not.to.equal(seen[1]);
  });

  it("goes on from where it was, with the layer below it, in any driver", () => {
    const action: Action = (ctx, raft) => ({
      value: raft.propose("x") as PlainData,
      bytes: ctx.savedBytes(),
    });
    const one = bench(action);
    run(one, ASK);
    const captured = one.capture();
    const onward = run(one, { ...ASK, call: 2 });
    for (const other of [one, bench(action), one]) {
      other.restore(captured);
      expect(run(other, { ...ASK, call: 2 })).to.deep.equal(onward);
    }
    expect(onward.at(-1)).to.deep.include({ reply: { value: { index: 2 }, bytes: 26 } });
  });
});
