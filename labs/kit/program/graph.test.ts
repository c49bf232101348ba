import { expect } from "chai";
import { copyPlain } from "./copy";
import { copyGraph, GraphError } from "./graph";

class Log {
  entries: string[] = [];
  add(entry: string): void {
    this.entries.push(entry);
  }
}

describe("a copy of an object graph", () => {
  it("is private, keeps classes, Map, Set, bytes and undefined", () => {
    const log = new Log();
    log.add("a");
    const root = {
      log,
      votes: new Set([1, 2]),
      next: new Map<unknown, unknown>([[log, { deep: [1] }]]),
      bytes: new Uint8Array([1, 2]),
      nothing: undefined,
      list: [1, undefined, "x"],
    };
    const copy = copyGraph(root, "Raft");
    expect(copy).to.deep.equal(root);
    root.log.add("b");
    root.votes.add(3);
    root.bytes[0] = 9;
    root.list.push(4);
    expect(copy.log.entries).to.deep.equal(["a"]);
    expect(copy.log).to.be.instanceOf(Log);
    expect([...copy.votes]).to.deep.equal([1, 2]);
    expect([...copy.bytes]).to.deep.equal([1, 2]);
    expect(copy.list).to.have.length(3);
    expect(copy.next.has(copy.log), "keys are copied with the rest").to.be.true;
  });

  it("keeps shared and cyclic references as they were", () => {
    const shared = { n: 1 };
    const root: Record<string, unknown> = { a: shared, b: [shared] };
    root.self = root;
    const copy = copyGraph(root, "x");
    expect(copy.self).to.equal(copy);
    expect((copy.b as unknown[])[0]).to.equal(copy.a);
    expect(copy.a).not.to.equal(shared);
  });

  it("keeps classes of the program's own that extend a list or a Map, frozen objects and hidden fields", () => {
    class Journal extends Array<number> {
      last = 0;
    }
    class Table extends Map<string, number> {
      hits = 1;
    }
    const journal = Journal.from([1, 2]) as Journal;
    journal.last = 2;
    const root = { journal, table: new Table([["a", 1]]), frozen: Object.freeze({ a: [1] }) };
    Object.defineProperty(root, "hidden", { value: { n: 1 }, enumerable: false });
    const copy = copyGraph(root, "x");
    expect(copy.journal).to.be.instanceOf(Journal);
    expect([[...copy.journal], copy.journal.last]).to.deep.equal([[1, 2], 2]);
    expect(copy.table).to.be.instanceOf(Table);
    expect(copy.table.hits).to.equal(1);
    expect(copy.table.get("a")).to.equal(1);
    expect(Object.isFrozen(copy.frozen)).to.be.true;
    expect(copy.frozen.a).not.to.equal(root.frozen.a);
    expect(Object.getOwnPropertyDescriptor(copy, "hidden")).to.deep.include({
      value: { n: 1 },
      enumerable: false,
    });
  });

  it("shares finished copies of plain data, and puts others in the place of some objects", () => {
    const saved = copyPlain({ a: 1 }, "x");
    const context = { call: (): number => 1 };
    const other = { call: (): number => 2 };
    const copy = copyGraph({ saved, context }, "x", new Map([[context, other]]));
    expect(copy.saved).to.equal(saved);
    expect(copy.context).to.equal(other);
  });

  it("is refused for what hides its state, with the path", () => {
    const refused = (fields: object): string => {
      try {
        copyGraph(Object.assign(Object.create(Log.prototype) as object, fields), "Raft");
      } catch (error) {
        if (error instanceof GraphError) return error.message;
        throw error;
      }
      return "";
    };
    expect(refused({ later: [() => 1] })).to.equal(
      "Raft.later.0 is a function; the fields of a program hold data, so that its state can be seen and captured",
    );
    expect(refused({ when: new Date(0) })).to.match(/^Raft\.when is a Date; keep plain data, Map, Set/);
    expect(refused({ weak: new WeakMap() })).to.match(/^Raft\.weak is a WeakMap/);
    expect(refused({ soon: Promise.resolve() })).to.match(/^Raft\.soon is a Promise/);
    expect(refused({ table: new Map([["k", () => 1]]) })).to.match(/^Raft\.table\[k\] is a function/);
    const computed = Object.defineProperty({}, "n", { get: () => 1, enumerable: true });
    expect(refused({ computed })).to.equal("Raft.computed.n is a getter or setter of the object itself");
  });
});
