import { expect } from "chai";
import { cloneStructured } from "./clone";

describe("structuredClone of a program", () => {
  it("does what the real one does with data", () => {
    class Entry {
      term = 1;
    }
    const values: unknown[] = [
      1,
      "x",
      null,
      undefined,
      10n,
      [1, [2], { a: undefined }],
      { entries: [{ term: 1 }], nothing: null },
      new Map<unknown, unknown>([[{ k: 1 }, new Set([1, [2]])]]),
      new Uint8Array([1, 2]).subarray(1),
      new DataView(new ArrayBuffer(4), 1, 2),
      new Float64Array([0.5]),
      /x/gi,
      new Entry(),
      JSON.parse('{"__proto__": 1}'),
    ];
    for (const value of values) expect(cloneStructured(value)).to.eql(structuredClone(value));
  });

  it("copies deeply, and keeps shared and cyclic references", () => {
    const shared = { n: 1 };
    const original: Record<string, unknown> = { a: shared, b: shared, bytes: new Uint8Array([1]) };
    original.self = original;
    const copy = cloneStructured(original) as Record<string, unknown>;
    expect(copy.self).to.equal(copy);
    expect(copy.a).to.equal(copy.b);
    expect(copy.a).not.to.equal(shared);
    expect(copy.bytes).to.eql(original.bytes);
    expect((copy.bytes as Uint8Array).buffer).not.to.equal((original.bytes as Uint8Array).buffer);
  });

  it("keeps name and message of an error, and refuses functions and symbols", () => {
    const error = cloneStructured(new TypeError("no")) as Error;
    expect([error.name, error.message]).to.eql(["TypeError", "no"]);
    expect(() => cloneStructured({ f: () => 1 })).to.throw(
      TypeError,
      "structuredClone: a function cannot be cloned",
    );
    expect(() => cloneStructured([Symbol("s")])).to.throw(TypeError, "a symbol cannot be cloned");
  });
});
