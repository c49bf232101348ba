import { expect } from "chai";
import { ForbiddenError, ProgramError, type PlainData } from "../program";
import { broken, Runner, type Ctx } from "./fixture";
import { InProcessDriver } from "./in-process";
import type { ConsoleSink } from "./layer";

/** What handling one `ping` with this handler ends with. */
function refused(ping: (call: number, ctx: Ctx) => unknown): string {
  const runner = pinger(ping);
  runner.boot();
  return broken(() => runner.request());
}

function pinger(ping: (call: number, ctx: Ctx) => unknown): Runner {
  return new Runner(
    class {
      constructor(private readonly ctx: Ctx) {}
      ping(_from: number, _request: unknown, call: number): unknown {
        return ping(call, this.ctx);
      }
    },
  );
}

describe("the in-process driver", () => {
  it("runs a handler and answers with its effects, the returned reply last", () => {
    const runner = pinger((_, ctx) => {
      ctx.save({ n: 1 });
      return { ok: true };
    });
    expect(runner.boot()).to.deep.equal([]);
    expect(runner.request({}, 3)).to.deep.equal([
      { kind: "save", state: { n: 1 } },
      { kind: "reply", call: 3, reply: { ok: true } },
    ]);
  });

  it("hands requests, replies, timers and verbs to the methods of that name", () => {
    const seen: unknown[] = [];
    const runner = new Runner(
      class {
        ping(...args: unknown[]): unknown {
          seen.push(["ping", ...args]);
          return "later";
        }
        pingReply(...args: unknown[]): void {
          seen.push(["pingReply", ...args]);
        }
        timer(...args: unknown[]): void {
          seen.push(["timer", ...args]);
        }
        propose(...args: unknown[]): unknown {
          seen.push(["propose", ...args]);
          return { index: 1 };
        }
      },
    );
    runner.boot();
    runner.request({ n: 1 }, 4);
    runner.run({ kind: "reply", from: 2, method: "ping", reply: { r: 1 }, request: { n: 1 } });
    runner.timer("election");
    const answer = runner.driver.deliver(1, 0, { kind: "invoke", verb: "propose", args: ["x", 2] });
    expect(answer).to.deep.equal({ effects: [], value: { index: 1 } });
    expect(seen).to.deep.equal([
      ["ping", 0, { n: 1 }, 4],
      ["pingReply", 2, { r: 1 }, { n: 1 }],
      ["timer", "election"],
      ["propose", "x", 2],
    ]);
  });

  it("gives a constructor what was saved, frozen, and begins each life anew", () => {
    const lives: unknown[] = [];
    const runner = new Runner(
      class {
        count = 0;
        constructor(ctx: Ctx, saved: unknown) {
          lives.push(saved, this.count++);
          ctx.setTimer("t", 1);
        }
      },
    );
    expect(runner.boot()).to.deep.equal([{ kind: "setTimer", name: "t", ms: 1 }]);
    runner.driver.crash(1);
    expect(() => runner.timer()).to.throw("server 1 is not running");
    runner.boot({ term: 1 });
    expect(lives).to.deep.equal([undefined, 0, { term: 1 }, 0]);
  });

  it("answers a call later, from any handler", () => {
    const runner = new Runner(
      class {
        open = 0;
        constructor(private readonly ctx: Ctx) {}
        ping(_from: number, _request: unknown, call: number): string {
          this.open = call;
          return "later";
        }
        timer(): void {
          this.ctx.reply(this.open, { late: true });
        }
      },
    );
    runner.boot();
    expect(runner.request({}, 9)).to.deep.equal([]);
    expect(runner.timer()).to.deep.equal([{ kind: "reply", call: 9, reply: { late: true } }]);
  });
});

describe("a program that breaks the rules", () => {
  it("by returning nothing from a request", () => {
    expect(refused(() => undefined)).to.equal(
      'Raft.ping on server 1 returned undefined (a forgotten return?); return the reply, or "later"',
    );
  });

  it("by returning a promise, or anything with a then", () => {
    const promised =
      "Raft.ping on server 1 returned a promise; ping must finish before it returns (no async, no await): " +
      "set a timer or wait for the reply's handler";
    expect(refused(() => Promise.resolve({}))).to.equal(promised);
    expect(refused(() => ({ then: () => 1 }))).to.equal(promised);
    const runner = new Runner(
      class {
        timer(): Promise<void> {
          return Promise.resolve();
        }
      },
    );
    runner.boot();
    expect(broken(() => runner.timer())).to.match(
      /^Raft\.timer on server 1 returned a promise; timer must finish/,
    );
  });

  it("by answering twice", () => {
    const twice = refused((call, ctx) => {
      ctx.reply(call, {});
      return {};
    });
    expect(twice).to.equal(
      "Raft.ping on server 1 answered call 1 twice: by ctx.reply and by its return value",
    );
  });

  it("by answering what is no reply", () => {
    const shape = (text: string): string =>
      `Raft.ping on server 1 returned ${text}; return the reply, an object, or "later"`;
    expect(refused(() => true)).to.equal(shape("true"));
    expect(refused(() => "Later")).to.equal(shape('"Later"'));
    expect(refused(() => null)).to.equal(shape("null"));
    expect(refused(() => 7n)).to.equal(shape("7"));
    expect(refused(() => () => 1)).to.equal(shape("a function"));
    expect(refused(() => ({ votes: new Map() }))).to.equal(
      "Raft.ping on server 1 returned what cannot be sent: votes is a Map; send an array of pairs: [...map]",
    );
  });

  it("by throwing", () => {
    expect(
      refused(() => {
        throw new TypeError("x is undefined");
      }),
    ).to.equal("Raft.ping on server 1 threw TypeError: x is undefined");
    expect(
      refused(() => {
        throw "a text"; // eslint-disable-line @typescript-eslint/only-throw-error -- students do
      }),
    ).to.equal("Raft.ping on server 1 threw a text");
    expect(
      refused(() => {
        throw new ForbiddenError("Math.random is not there; use ctx.random()");
      }),
    ).to.equal("Raft.ping on server 1 threw Math.random is not there; use ctx.random()");
    expect(
      refused(() => {
        throw new Error("not implemented yet: Raft.ping");
      }),
    ).to.equal("not implemented yet: Raft.ping");
  });

  it("puts into words whatever was thrown, though it lies, throws itself or does not end", () => {
    const lie = {
      get(): never {
        throw new Error("liar");
      },
    };
    const cases: readonly (readonly [thrown: unknown, message: string | RegExp])[] = [
      [Object.create(null), "threw something that cannot be shown"],
      [
        Object.defineProperties(new Error("x"), { name: lie, message: lie }),
        "threw something that cannot be shown",
      ],
      [Object.assign(new Error("x"), { name: 1, message: { toString: null } }), "threw Error: an object"],
      [Symbol("mark"), "threw Symbol(mark)"],
      [new Error("x".repeat(1_000_000)), /^threw Error: x{2000}…$/],
    ];
    for (const [thrown, message] of cases) {
      const said = refused(() => {
        throw thrown;
      }).replace("Raft.ping on server 1 ", "");
      if (typeof message === "string") expect(said).to.equal(message);
      else expect(said).to.match(message);
    }
  });

  it("says the first error of a verb as it was, whatever the program makes of it", () => {
    const said = refused((_, ctx) => {
      try {
        ctx.call(99, "ping", {});
      } catch (error) {
        for (const change of [
          () => Object.assign(error as object, { message: { toString: null }, where: { length: 1 } }),
          () => Object.defineProperty(error, "server", { value: "<b>" }),
          () => Object.setPrototypeOf(error, null) as unknown,
        ]) {
          expect(change).to.throw(TypeError);
        }
        const Class = (error as Error).constructor as new (...args: unknown[]) => Error;
        expect(new Class("a forgery", 7, ["x"])).not.to.be.instanceOf(ProgramError);
        throw Object.create(Object.getPrototypeOf(error) as object, { where: { value: { length: 1 } } });
      }
    });
    expect(said).to.equal("Raft.ping on server 1: ctx.call: 99 is not one of the peers 0, 2");
  });

  it("by throwing while it is built, which ends the life before as well", () => {
    let lives = 0;
    const runner = new Runner(
      class {
        constructor() {
          if (lives++ > 0) throw new Error("no");
        }
      },
    );
    runner.boot();
    expect(broken(() => runner.boot())).to.equal("Raft.constructor on server 1 threw Error: no");
    expect(() => runner.timer()).to.throw("server 1 is not running");
  });

  it("by lacking a handler", () => {
    const runner = new Runner(class {});
    runner.boot();
    expect(broken(() => runner.request())).to.equal(
      "Raft.ping on server 1 is missing: the class has no such method",
    );
    expect(
      broken(() => runner.run({ kind: "reply", from: 0, method: "ping", reply: {}, request: {} })),
    ).to.equal("Raft.pingReply on server 1 is missing: the class has no such method");
  });

  it("is told with its own lines", () => {
    const runner = new Runner(
      class {
        timer(): void {
          throw new Error("no");
        }
      },
      { stackOf: (error) => [`raft/raft.ts:3:7 ${(error as Error).message}`] },
    );
    runner.boot();
    try {
      runner.timer();
      expect.fail("it threw");
    } catch (error) {
      expect(error).to.be.instanceOf(ProgramError);
      expect(error).to.deep.include({ server: 1, where: ["raft/raft.ts:3:7 no"] });
    }
  });
});

describe("console.* of a program", () => {
  it("becomes a note of the handler that runs", () => {
    let sink: ConsoleSink | undefined;
    const runner = new Runner(
      class {
        timer(): void {
          sink?.("hello", "log");
        }
      },
      {
        console: (next) => {
          const before = sink;
          sink = next;
          return before;
        },
      },
    );
    runner.boot();
    expect(runner.timer()).to.deep.equal([{ kind: "note", text: "hello" }]);
    expect(sink).to.be.undefined;
  });
});

describe("captured programs", () => {
  class Counter {
    count = 0;
    seen = new Map<string, Set<number>>();
    self = { back: this };
    constructor(private readonly ctx: Ctx) {}
    ping(_from: number, _request: unknown, call: number): unknown {
      this.ctx.note("opened", call);
      return "later";
    }
    timer(name: string): void {
      this.count++;
      this.seen.set(name, (this.seen.get(name) ?? new Set()).add(this.count));
      this.ctx.save({ count: this.count, same: this.self.back === this, random: this.ctx.random() });
      if (name === "answer") this.ctx.reply(1, { count: this.count });
    }
  }
  const driver = (): InProcessDriver =>
    new InProcessDriver({ programsFor: () => ({ className: "Counter", program: Counter }) });
  const boot = { kind: "boot", peers: [], options: {}, seed: 5 } as const;
  const state = (on: InProcessDriver, name = "t"): PlainData[] =>
    on
      .deliver(0, 0, { kind: "timer", name })
      .effects.map((effect) => (effect.kind === "save" ? effect.state : effect.kind));

  it("go on from where they were, as often as one likes, in this driver or another", () => {
    const one = driver();
    one.boot(0, 0, boot);
    one.deliver(0, 0, { kind: "request", from: 1, method: "ping", request: {}, call: 1 });
    state(one);
    const captured = one.capture();
    const onward = [state(one), state(one, "answer")];
    for (const other of [one, driver(), one]) {
      other.restore(captured);
      expect([state(other), state(other, "answer")]).to.deep.equal(onward);
    }
    expect(onward[0]?.[0]).to.deep.include({ count: 2, same: true });
  });

  it("go on under the same rules", () => {
    class Caller {
      constructor(private readonly ctx: Ctx) {}
      timer(): void {
        this.ctx.call(1, "ping", {});
      }
    }
    const one = new InProcessDriver({
      programsFor: () => ({ className: "Raft", program: Caller }),
    });
    one.boot(0, 0, { ...boot, peers: [1] });
    one.restore(one.capture());
    expect(broken(() => state(one))).to.match(/Raft has no handler pingReply for the answer/);
  });

  it("are refused if a field hides its state", () => {
    class Hiding {
      done = (): number => 1;
    }
    const one = new InProcessDriver({
      programsFor: () => ({ className: "Raft", program: Hiding }),
    });
    one.boot(0, 0, boot);
    expect(broken(() => one.capture())).to.match(
      /^Raft\.done is a function; the fields of a program hold data/,
    );
  });
});
