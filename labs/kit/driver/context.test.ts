import { expect } from "chai";
import { ForbiddenError } from "../program";
import { broken, Runner, type Ctx } from "./fixture";

/** What a program's timer handler says when it does `body`. */
function effects(body: (ctx: Ctx) => void): readonly unknown[] {
  const runner = runnerOf(body);
  runner.boot();
  return runner.timer();
}

/** The sentence with which `body` ends a run. */
function refused(body: (ctx: Ctx) => void): string {
  const runner = runnerOf(body);
  runner.boot();
  return broken(() => runner.timer());
}

function runnerOf(body: (ctx: Ctx) => void): Runner {
  return new Runner(
    class {
      constructor(private readonly ctx: Ctx) {}
      timer(): void {
        body(this.ctx);
      }
      ping(): string {
        return "later";
      }
      pingReply(): void {}
    },
  );
}

describe("a program's context", () => {
  it("writes down what a handler says, in its order", () => {
    const said = effects((ctx) => {
      ctx.save({ term: 1 });
      ctx.call(0, "ping", { n: 1 });
      ctx.setTimer("t", 12.3456789);
      ctx.cancelTimer("u");
      ctx.note("hello", { a: 1 });
      ctx.note("bare");
      ctx.apply(1, 3, "x");
      ctx.restore(2, 3, { a: 1 });
      ctx.leadership(3, true);
    });
    expect(said).to.deep.equal([
      { kind: "save", state: { term: 1 } },
      { kind: "call", to: 0, method: "ping", request: { n: 1 } },
      { kind: "setTimer", name: "t", ms: 12.346 },
      { kind: "cancelTimer", name: "u" },
      { kind: "note", text: "hello", data: { a: 1 } },
      { kind: "note", text: "bare" },
      { kind: "up", verb: "apply", args: [1, 3, "x"] },
      { kind: "up", verb: "restore", args: [2, 3, { a: 1 }] },
      { kind: "up", verb: "leadership", args: [3, true] },
    ]);
  });

  it("copies what is sent or saved at the call: editing it afterwards changes nothing", () => {
    const said = effects((ctx) => {
      const state = { log: [{ term: 1 }] };
      ctx.save(state);
      ctx.call(0, "ping", state);
      state.log.push({ term: 2 });
      ctx.call(2, "ping", state);
    });
    expect(said).to.deep.equal([
      { kind: "save", state: { log: [{ term: 1 }] } },
      { kind: "call", to: 0, method: "ping", request: { log: [{ term: 1 }] } },
      { kind: "call", to: 2, method: "ping", request: { log: [{ term: 1 }, { term: 2 }] } },
    ]);
  });

  it("makes an equal request, reply or state the same object as the one before", () => {
    const said = effects((ctx) => {
      for (const to of [0, 2]) ctx.call(to, "ping", { entries: [{ term: 1 }] });
      for (let i = 0; i < 2; i++) ctx.save({ log: [{ term: 1 }] });
    }) as { request?: unknown; state?: unknown }[];
    expect(said[0]?.request).to.equal(said[1]?.request);
    expect(said[2]?.state).to.equal(said[3]?.state);
  });

  it("shows the time of the input, this life's random numbers, and who is who", () => {
    const seen: unknown[] = [];
    const runner = runnerOf((ctx) => seen.push(ctx.now(), ctx.random(), ctx.id, ctx.peers, ctx.options));
    runner.boot(undefined, 7);
    runner.timer("t", 123.456);
    const first = [...seen];
    expect(first[0]).to.equal(123.456);
    expect(first[1]).to.be.within(0, 1);
    expect(first.slice(2)).to.deep.equal([1, [0, 2], {}]);
    runner.boot(undefined, 7);
    runner.timer("t", 123.456);
    expect(seen[6], "the same seed").to.equal(first[1]);
    runner.timer();
    expect(seen[11], "the next number").not.to.equal(first[1]);
  });

  it("shows nothing that a program could change for others", () => {
    expect(refused((ctx) => ctx.peers.push(9))).to.match(/^Raft\.timer on server 1 threw TypeError/);
    expect(refused((ctx) => (ctx.options.preVote = true))).to.match(
      /^Raft\.timer on server 1 threw TypeError/,
    );
    expect(refused((ctx) => Object.assign(ctx, { now: () => 0 }))).to.match(/threw TypeError/);
  });

  it("refuses data that cannot travel, and names the path", () => {
    const entries = [{}, {}, {}, { command: () => 1 }];
    expect(refused((ctx) => ctx.call(0, "ping", { entries }))).to.equal(
      "Raft.timer on server 1: entries[3].command is a function; only plain data can be sent or saved",
    );
    expect(refused((ctx) => ctx.save({ votes: new Set([1]) }))).to.equal(
      "Raft.timer on server 1: votes is a Set; send an array: [...set]",
    );
    expect(refused((ctx) => ctx.note("x", { n: NaN }))).to.equal(
      "Raft.timer on server 1: n is NaN; send finite numbers only",
    );
    expect(refused((ctx) => ctx.leadership(NaN, true))).to.match(/term is NaN/);
  });

  it("takes only whole numbers from 1 for the place of an entry", () => {
    expect(refused((ctx) => ctx.apply(0, 1, "x"))).to.equal(
      "Raft.timer on server 1: ctx.apply: index must be a whole number, 1 or more; it is 0",
    );
    expect(refused((ctx) => ctx.restore(1, undefined, {}))).to.equal(
      "Raft.timer on server 1: ctx.restore: term must be a whole number, 1 or more; it is undefined",
    );
    expect(refused((ctx) => ctx.apply(1, 1, () => 1))).to.match(/command is a function/);
  });

  it("refuses calls to strangers, to itself, and those whose reply nobody would hear", () => {
    expect(refused((ctx) => ctx.call(9, "ping", {}))).to.equal(
      "Raft.timer on server 1: ctx.call: 9 is not one of the peers 0, 2",
    );
    expect(refused((ctx) => ctx.call(1, "ping", {}))).to.match(/1 is not one of the peers/);
    expect(refused((ctx) => ctx.call("0", "ping", {}))).to.match(/"0" is not one of the peers/);
    expect(refused((ctx) => ctx.call(0, "pong", {}))).to.equal(
      'Raft.timer on server 1: ctx.call("pong"): Raft has no handler pongReply for the answer',
    );
    expect(refused((ctx) => ctx.call(0, { toString: null }, {}))).to.match(
      /the method must be a name, not an object/,
    );
  });

  it("keeps a time beyond the end of the world a number", () => {
    const times = [1e12, 123456789012345.6, 1e300, Number.MAX_VALUE];
    const program = class {
      constructor(ctx: Ctx) {
        for (const ms of times) ctx.setTimer("t", ms);
      }
    };
    expect(new Runner(program).boot().map((effect) => "ms" in effect && effect.ms)).to.deep.equal(times);
  });

  it("refuses times that are none, and names that are none", () => {
    const timer = (ms: unknown): string => refused((ctx) => ctx.setTimer("t", ms));
    expect(timer(-1)).to.equal(
      'Raft.timer on server 1: ctx.setTimer("t"): -1 is not a time in ms (0 or more)',
    );
    for (const ms of [NaN, Infinity, undefined, "5", null, {}])
      expect(timer(ms)).to.match(/is not a time in ms/);
    expect(refused((ctx) => ctx.setTimer(7, 7))).to.match(/ctx\.setTimer: the name must be a string, not 7/);
    expect(refused((ctx) => ctx.cancelTimer({}))).to.match(
      /ctx\.cancelTimer: the name must be a string, not an object/,
    );
  });

  it("refuses a second answer to a call, and an answer to what was never asked", () => {
    const runner = runnerOf((ctx) => {
      ctx.reply(5, {});
      ctx.reply(5, {});
    });
    runner.boot();
    runner.request({}, 5);
    expect(broken(() => runner.timer())).to.equal(
      "Raft.timer on server 1: ctx.reply: call 5 is not open: it was answered already, or never was a call",
    );
    expect(refused((ctx) => ctx.reply(undefined, {}))).to.match(/call undefined is not open/);
  });

  it("remembers the first error, even if the program catches it", () => {
    const hide = (body: () => void): void => {
      try {
        body();
      } catch {
        // as a student might
      }
    };
    expect(
      refused((ctx) => {
        hide(() => ctx.call(9, "ping", {}));
        hide(() => ctx.save(() => 1));
        ctx.save({ fine: true });
      }),
    ).to.match(/9 is not one of the peers/);
  });

  it("forgets the error with the handler", () => {
    let bad = true;
    const runner = runnerOf((ctx) => ctx.call(bad ? 9 : 0, "ping", {}));
    runner.boot();
    expect(broken(() => runner.timer())).to.match(/9 is not one of the peers/);
    bad = false;
    expect(runner.timer()).to.have.length(1);
  });

  it("leaves nothing half done when a verb fails", () => {
    const runner = runnerOf((ctx) => ctx.reply(5, { bad: NaN }));
    runner.boot();
    runner.request({}, 5);
    expect(broken(() => runner.timer())).to.match(/bad is NaN/);
  });

  it("is of no use outside a handler", () => {
    let kept: Ctx | undefined;
    const runner = runnerOf((ctx) => (kept = ctx));
    runner.boot();
    runner.timer();
    const uses: ((ctx: Ctx) => unknown)[] = [
      (ctx) => ctx.now(),
      (ctx) => ctx.random(),
      (ctx) => ctx.call(0, "ping", {}),
      (ctx) => ctx.save({}),
      (ctx) => ctx.note("x"),
      (ctx) => ctx.setTimer("t", 1),
    ];
    for (const use of uses) {
      expect(() => kept && use(kept)).to.throw(
        ForbiddenError,
        /^ctx\.\w+ was used outside a handler of Raft$/,
      );
    }
  });

  it("cannot be used by another server's handler", () => {
    let leaked: Ctx | undefined;
    const runner = runnerOf((ctx) => (leaked ??= ctx).save({}));
    runner.boot();
    runner.timer();
    const boot = { kind: "boot", peers: [1], options: {}, seed: 1 } as const;
    runner.driver.boot(0, 0, boot);
    expect(broken(() => runner.driver.deliver(0, 0, { kind: "timer", name: "t" }))).to.equal(
      "Raft.timer on server 0 threw ctx.save was used outside a handler of Raft",
    );
  });

  it("lets an error of the program's own getter be the program's own", () => {
    const data = { get n(): number { throw new RangeError("mine"); } }; // prettier-ignore
    expect(refused((ctx) => ctx.save(data))).to.equal("Raft.timer on server 1 threw RangeError: mine");
  });
});
