import { expect } from "chai";
import { raft, subject } from "./fixture";

const stateIn = (text: string): string[] => raft(text).moduleState();

describe("module state", () => {
  it("is found in variables that are assigned", () => {
    const text = `let counter = 0;
      var old, unused;
      let fixed = 1, [a, { b }] = [1, { b: 2 }];
      export class Raft {
        constructor() { counter += 1; old = fixed; }
        swap() { [a] = [b]; for (b of [1]) counter--; }
      }`;
    expect(stateIn(text)).to.eql([
      "raft/raft.ts:1: let counter",
      "raft/raft.ts:2: var old",
      "raft/raft.ts:3: let a",
      "raft/raft.ts:3: let b",
    ]);
  });

  it("is found in lists, objects, maps and sets", () => {
    const text = `const list: number[] = [];
      const byId = {} as Record<string, number>;
      const seen = new Map<number, number>();
      const votes = new Set();
      const table = { follower: 0, leader: 1 };
      const names = ["a", "b"];
      const grown = [1];
      const totals = { all: 0 };
      const removed = new Map([[1, 2]]);
      const lookup = new Map([[1, 2]]);
      export class Raft { run() { grown.push(1); totals.all++; removed.delete(1); return lookup.get(1); } }`;
    expect(stateIn(text)).to.eql([
      "raft/raft.ts:1: const list",
      "raft/raft.ts:2: const byId",
      "raft/raft.ts:3: const seen",
      "raft/raft.ts:4: const votes",
      "raft/raft.ts:7: const grown",
      "raft/raft.ts:8: const totals",
      "raft/raft.ts:9: const removed",
    ]);
  });

  it("is found in static fields that can change", () => {
    const text = `export class Raft {
        static count = 0;
        static readonly LIMIT = 3;
        static readonly cache = new Map<string, number>();
        static #hidden = 1;
        static helper() {}
        term = 0;
      }`;
    expect(stateIn(text)).to.eql([
      "raft/raft.ts:2: static Raft.count",
      "raft/raft.ts:4: static Raft.cache",
      "raft/raft.ts:5: static Raft.#hidden",
    ]);
  });

  it("is none in a program that keeps its state in fields", () => {
    const files = {
      "raft/raft.ts": `
        import { size } from "./log";
        const HEARTBEAT = 100;
        let never = 1;
        export class Raft {
          log: number[] = [];
          run() { let n = HEARTBEAT; n++; this.log.push(n + never); return size(this.log); } }`,
      "raft/log.ts": "export const size = (log: readonly number[]) => log.length;",
    };
    expect(subject(files).moduleState()).to.eql([]);
  });
});
