import { expect } from "chai";
import { build, raft, subject } from "./fixture";
import type { Subject } from "./subject";

function thrown(body: () => unknown): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new Error("it threw nothing");
}

const linesOf = (from: Subject, method: string): string[] => {
  const made = build(from);
  return from.stackOf(thrown(() => made[method]?.()));
};

describe("the student's lines of a stack", () => {
  const log = subject({
    "raft/raft.ts": `import { last } from "./log";
      interface Erased { gone: true }

      export class Raft {
        private erased?: Erased;
        run(): unknown {
          return [1].map(() => last([]));
        }
        overflow(): number { return this.overflow() + 1; }
        pingpong(): number {
          return this.pong();
        }
        pong(): number {
          return this.pingpong();
        }
        clock() {
          return Date.now();
        }
        read() { try { last([]); } catch (e) { (e as Error).stack; throw e; } }
        text() { throw "a text"; }
        nasty() { const e = new Error(); Object.defineProperty(e, "stack", { get() { throw 1; } }); throw e; }
        forged() { const e = new Error(); e.stack = "at me:1:1"; throw e; }
      }`,
    "raft/log.ts": `/* types vanish */ type A = number;
      type B = A;

      export function last(entries: B[]): B {
        if (entries.length === 0) {
          throw new Error("empty (at the end)");
        }
        return 0;
      }`,
  });

  it("are given innermost first, in the .ts files, without ours", () => {
    expect(linesOf(log, "run")).to.eql(["raft/log.ts:6:17", "raft/raft.ts:7:36", "raft/raft.ts:7:22"]);
  });

  it("start where something forbidden was used", () => {
    expect(linesOf(log, "clock")).to.eql(["raft/raft.ts:17:23"]);
  });

  it("of an overflowing stack are few", () => {
    expect(linesOf(log, "overflow")).to.eql(["raft/raft.ts:9:42"]);
    const lines = linesOf(log, "pingpong");
    expect(lines).to.have.length(5);
    expect(new Set(lines)).to.eql(new Set(["raft/raft.ts:11:23", "raft/raft.ts:14:23"]));
  });

  it("are found when the student has looked at the stack before", () => {
    expect(linesOf(log, "read")[0]).to.equal("raft/log.ts:6:17");
  });

  it("are none for what is no error or hides its stack", () => {
    for (const method of ["text", "nasty", "forged"]) expect(linesOf(log, method)).to.eql([]);
    expect(log.stackOf(undefined)).to.eql([]);
    expect(log.stackOf(new Error("ours"))).to.eql([]);
  });

  it("do not depend on tools that map stacks themselves, and leave these alone", () => {
    const hook = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
    Error.prepareStackTrace = () => "the stack of a tool";
    try {
      expect(linesOf(log, "clock")).to.eql(["raft/raft.ts:17:23"]);
      expect(new Error().stack).to.equal("the stack of a tool");
    } finally {
      if (hook === undefined) Reflect.deleteProperty(Error, "prepareStackTrace");
      else Object.defineProperty(Error, "prepareStackTrace", hook);
    }
  });

  it("are those of the text that was loaded, not of a later one", () => {
    const before = raft("export class Raft { run() { throw new Error(); } }");
    const after = raft("\n\nexport class Raft { run() { throw new Error(); } }");
    expect(linesOf(before, "run")).to.eql(["raft/raft.ts:1:35"]);
    expect(linesOf(after, "run")).to.eql(["raft/raft.ts:3:35"]);
  });
});
