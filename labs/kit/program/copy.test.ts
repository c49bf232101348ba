import { expect } from "chai";
import { copyPlain, PlainDataError } from "./copy";
import { isShared, sizeOfPlain, type PlainData } from "./plain";

/** The words with which a copy is refused. */
function refused(value: unknown, name = "request"): string {
  try {
    copyPlain(value, name);
  } catch (error) {
    if (error instanceof PlainDataError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

interface Entry {
  term: number;
  command: unknown;
}

describe("a copy of plain data", () => {
  it("is frozen all the way down, and private", () => {
    const original = { term: 1, log: [{ term: 1, command: "a" }] as Entry[] };
    const copy = copyPlain(original, "state") as unknown as typeof original;
    original.term = 2;
    original.log.push({ term: 2, command: "b" });
    const [entry] = original.log;
    if (entry !== undefined) entry.command = "edited";
    expect(copy).to.deep.equal({ term: 1, log: [{ term: 1, command: "a" }] });
    expect(() => (copy.term = 3)).to.throw(TypeError);
    expect(() => copy.log.push({ term: 3, command: "c" })).to.throw(TypeError);
    expect(Object.isFrozen(copy.log[0])).to.be.true;
  });

  it("drops properties that are undefined, and shows no negative zero", () => {
    expect(copyPlain({ a: undefined, b: 1 }, "x")).to.deep.equal({ b: 1 });
    expect(Object.is(copyPlain({ zero: -0 }, "x"), undefined)).to.be.false;
    expect(Object.is((copyPlain({ zero: -0 }, "x") as { zero: number }).zero, 0)).to.be.true;
    expect(Object.is(copyPlain(-0, "x"), 0)).to.be.true;
  });

  it("takes objects without a prototype, and keys that others inherit", () => {
    const bare = Object.assign(Object.create(null) as object, { constructor: "c", toString: 1 });
    const copy = copyPlain(bare, "x");
    expect(Object.entries(copy as object)).to.deep.equal([
      ["constructor", "c"],
      ["toString", 1],
    ]);
    expect(copyPlain(bare, "x", copy)).to.equal(copy);
    expect(copyPlain({}, "x", copyPlain({ a: 1 }, "x"))).to.deep.equal({});
  });

  it("reads a getter once", () => {
    let reads = 0;
    const copy = copyPlain({ get n() { return ++reads; } }, "x"); // prettier-ignore
    expect([copy, reads]).to.deep.equal([{ n: 1 }, 1]);
  });

  it("is refused for what is not plain data, with the path", () => {
    expect(refused({ entries: [0, 0, 0, { command: () => 1 }] })).to.equal(
      "entries[3].command is a function; only plain data can be sent or saved",
    );
    expect(refused(() => 1)).to.equal("request is a function; only plain data can be sent or saved");
    expect(refused([[Symbol("s")]])).to.equal(
      "request[0][0] is a symbol; only plain data can be sent or saved",
    );
    expect(refused({ n: 1n })).to.equal("n is a bigint; only plain data can be sent or saved");
    expect(refused({ n: NaN })).to.equal("n is NaN; send finite numbers only");
    expect(refused({ n: [-Infinity] })).to.equal("n[0] is -Infinity; send finite numbers only");
    expect(refused(undefined)).to.equal("request is undefined; use null for “nothing”");
    expect(refused([1, undefined])).to.equal("request[1] is undefined; use null for “nothing”");
    // eslint-disable-next-line no-sparse-arrays -- a hole is what this is about
    expect(refused([1, , 2])).to.equal("request[1] is undefined; use null for “nothing”");
  });

  it("is refused for instances of classes, and says what to send instead", () => {
    class Entry {}
    expect(refused({ log: [new Entry()] })).to.equal(
      "log[0] is an instance of Entry; send a plain object with its fields instead",
    );
    expect(refused({ votes: new Set() })).to.equal("votes is a Set; send an array: [...set]");
    expect(refused({ next: new Map() })).to.equal("next is a Map; send an array of pairs: [...map]");
    expect(refused({ when: new Date(0) })).to.equal(
      "when is an instance of Date; send a plain object with its fields instead",
    );
    expect(refused(Promise.resolve())).to.equal("request is a promise; handlers are synchronous");
    expect(refused(Object.create({ inherited: 1 }))).to.match(
      /^request is an instance of Object; send a plain object/,
    );
  });

  it("is refused for cycles, however long", () => {
    const cycle: Record<string, unknown> = { a: {} };
    cycle.a = { b: [cycle] };
    expect(refused(cycle)).to.match(/^a\.b\[0\]\.a\.b\[0\].* is nested deeper than 32 levels \(a cycle\?\)$/);
  });

  it("counts the levels of parts that were copied before, whatever they were made from", () => {
    let deep: PlainData = copyPlain([], "x");
    for (let i = 1; i < 32; i++) deep = copyPlain(i % 2 === 0 ? [deep, 1] : { a: 0, deep }, "x");
    expect(() => copyPlain([deep], "x")).to.throw("x[0] is nested deeper than 32 levels");
    expect(() => copyPlain({ a: { b: [1, deep] } }, "x")).to.throw("a.b[1] is nested deeper than 32 levels");
    // What a list held once does not count.
    const long: PlainData[] = Array.from({ length: 40 }, (_, i) => i);
    let inner: PlainData = copyPlain([1], "x");
    for (let i = 2; i < 31; i++) inner = copyPlain([inner], "x");
    const before = copyPlain([...long, inner], "x");
    expect(() => copyPlain([[before]], "x")).to.throw("deeper");
    const after = copyPlain(long, "x", before);
    expect(() => copyPlain([[after]], "x")).not.to.throw();
    expect(() => copyPlain([[copyPlain([...long, 1, inner], "x", after)]], "x")).to.throw("deeper");
  });

  it("refuses more than 16 MiB, shared parts counted as often as they occur", () => {
    let doubled: PlainData = copyPlain(["x".repeat(1024)], "x");
    const grow = (): void => {
      for (let i = 0; i < 15; i++) doubled = copyPlain([doubled, doubled], "request");
    };
    expect(grow).to.throw("request has more than 16 MiB");
    expect(() => copyPlain("x".repeat(2 ** 24), "data")).to.throw("data has more than 16 MiB");
    expect(() => copyPlain({ a: new Uint8Array(2 ** 24) }, "state")).to.throw("state has more than 16 MiB");
  });

  it("is not deceived by what only looks like bytes", () => {
    const false1 = Object.create(Uint8Array.prototype, { length: { value: 2 ** 31 } }) as unknown;
    expect(() => copyPlain({ bytes: false1 }, "x")).to.throw("bytes is an instance of");
  });

  it("is refused for keys that would change what an object is", () => {
    expect(refused(JSON.parse('{"a":{"__proto__":{"x":1}}}'))).to.equal("a.__proto__ is a forbidden key");
    expect(refused({ a: { [Symbol("s")]: 1 } })).to.equal("a has a symbol as a key");
  });

  it("names nested paths without the name of the root, and lists with it", () => {
    expect(refused({ a: NaN }, "state")).to.match(/^a is/);
    expect(refused([NaN], "state")).to.match(/^state\[0\] is/);
  });
});

describe("a copy that follows an earlier one", () => {
  const first = copyPlain(
    {
      term: 1,
      votedFor: null,
      log: [
        { term: 1, command: "a" },
        { term: 1, command: "b" },
      ],
    },
    "s",
  );
  const part = (copy: PlainData, key: string): unknown => (copy as Record<string, unknown>)[key];

  it("is that one, if nothing differs", () => {
    expect(copyPlain(JSON.parse(JSON.stringify(first)), "s", first)).to.equal(first);
    expect(copyPlain(first, "s", first)).to.equal(first);
    expect(copyPlain(first, "s")).to.equal(first);
    expect(copyPlain([], "s", copyPlain([], "s"))).to.deep.equal([]);
  });

  it("keeps the identity of each part that is equal", () => {
    const changed = {
      term: 2,
      votedFor: 0,
      log: [
        { term: 1, command: "a" },
        { term: 1, command: "b" },
      ],
    };
    const second = copyPlain(changed, "s", first);
    expect(second).to.deep.equal(changed);
    expect(part(second, "log")).to.equal(part(first, "log"));
    const longer = copyPlain({ ...changed, log: [...changed.log, { term: 2, command: "c" }] }, "s", second);
    const [old, grown] = [part(second, "log") as unknown[], part(longer, "log") as unknown[]];
    expect(grown).to.have.length(3);
    expect([grown[0], grown[1]]).to.deep.equal([old[0], old[1]]);
    expect(grown[0]).to.equal(old[0]);
    expect(grown[1]).to.equal(old[1]);
    const shorter = copyPlain({ ...changed, log: changed.log.slice(0, 1) }, "s", longer);
    expect((part(shorter, "log") as unknown[])[0]).to.equal(old[0]);
    expect(part(shorter, "log")).to.deep.equal([{ term: 1, command: "a" }]);
  });

  it("does not hold on to keys that are gone, or come in another order", () => {
    expect(copyPlain({ term: 1, votedFor: null }, "s", first)).to.deep.equal({ term: 1, votedFor: null });
    expect(copyPlain({ term: 1, votedFor: undefined, log: [] }, "s", first)).to.deep.equal({
      term: 1,
      log: [],
    });
    const turned = copyPlain({ b: 2, a: 1 }, "s", copyPlain({ a: 1, b: 2 }, "s"));
    expect(Object.keys(turned as object)).to.deep.equal(["b", "a"]);
  });

  it("never takes over what is not a finished copy", () => {
    const raw = { list: [1, 2], inner: { a: 1 } };
    const copy = copyPlain({ list: [1, 2], inner: { a: 1 } }, "s", raw);
    expect(copy).not.to.equal(raw);
    expect(part(copy, "list")).not.to.equal(raw.list);
    expect(part(copy, "inner")).not.to.equal(raw.inner);
    const list = [1, { a: 1 }];
    expect(copyPlain([1, { a: 1 }], "s", list)).not.to.equal(list);
    expect(Object.isFrozen(copyPlain([1, list[1]], "s", list))).to.be.true;
    expect(Object.isFrozen(list[1])).to.be.false;
    expect((copyPlain(list, "s", list) as unknown[])[1]).not.to.equal(list[1]);
  });

  it("takes the earlier of two equal finished copies", () => {
    const again = copyPlain(JSON.parse(JSON.stringify(first)), "s");
    expect(again).not.to.equal(first);
    expect(copyPlain(again, "s", first)).to.equal(first);
    expect(copyPlain({ inner: again }, "s", copyPlain({ inner: first }, "s"))).to.deep.equal({
      inner: first,
    });
  });
});

describe("the stamp of a finished copy", () => {
  it("cannot be forged, and does not travel with a clone", () => {
    const copy = copyPlain({ a: [1] }, "x") as { a: number[] };
    expect(isShared(copy)).to.be.true;
    const forged = [
      Object.freeze({ a: Object.freeze([1]) }),
      structuredClone(copy),
      { ...copy },
      Object.create(copy) as object,
      new Proxy(copy, {}),
      Object.assign(Object.create(Object.getPrototypeOf(copy) as object) as object, copy),
    ];
    for (const object of forged) expect(isShared(object)).to.be.false;
    expect(Reflect.ownKeys(copy)).to.deep.equal(["a"]);
  });

  it("is shown by all parts of a finished copy, and shared by later copies", () => {
    const copy = copyPlain({ a: [{ b: 1 }] }, "x") as { a: { b: number }[] };
    expect([copy, copy.a, copy.a[0]].every((part) => part !== undefined && isShared(part))).to.be.true;
    expect((copyPlain({ mine: copy.a }, "y") as { mine: unknown }).mine).to.equal(copy.a);
  });
});

describe("bytes", () => {
  it("are copied each time, with all that holds them", () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const first = copyPlain({ bytes, rest: { a: 1 } }, "x") as { bytes: Uint8Array; rest: object };
    bytes[0] = 9;
    expect([...first.bytes]).to.deep.equal([1, 2, 3]);
    const second = copyPlain(first, "x", first as unknown as PlainData) as typeof first;
    expect(second).not.to.equal(first);
    expect(second.bytes).not.to.equal(first.bytes);
    expect(second.rest, "but not what stands beside them").to.equal(first.rest);
    expect(isShared(first)).to.be.false;
    expect(Object.isFrozen(first)).to.be.true;
  });

  it("share no memory, even where `slice` would", () => {
    const buffer = Buffer.from([1, 2, 3]);
    const copy = copyPlain(buffer, "x") as Uint8Array;
    buffer[0] = 9;
    expect(copy).to.deep.equal(new Uint8Array([1, 2, 3]));
    expect(sizeOfPlain(copy)).to.equal(5);
  });
});
