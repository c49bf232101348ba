import { expect } from "chai";
import { copyPlain } from "./copy";
import { equalPlain, isRecord, samePlain, sizeOfPlain, textOfPlain } from "./plain";

describe("the size of plain data", () => {
  it("is counted in bytes, as the comment says", () => {
    expect(sizeOfPlain(1.5)).to.equal(8);
    expect([sizeOfPlain(true), sizeOfPlain(null)]).to.deep.equal([1, 1]);
    expect(sizeOfPlain("four")).to.equal(6);
    expect([sizeOfPlain([]), sizeOfPlain([1, 2])]).to.deep.equal([2, 20]);
    expect(sizeOfPlain({ term: 1 })).to.equal(2 + 1 + 4 + 8);
    expect(sizeOfPlain({ term: 1, gone: undefined })).to.equal(2 + 1 + 4 + 8);
    expect(sizeOfPlain(new Uint8Array(10))).to.equal(12);
  });

  it("of a text is that of its UTF-8 bytes", () => {
    for (const text of ["a", "é", "世界", "𝄞", "a𝄞é界"]) {
      expect(sizeOfPlain(text), text).to.equal(2 + Buffer.byteLength(text));
    }
  });
});

describe("the text of plain data", () => {
  it("is JSON, shared or not", () => {
    const data = { a: [1, "x\n", null, true], b: { c: {} } };
    expect(textOfPlain(data)).to.equal(JSON.stringify(data));
    expect(textOfPlain(copyPlain(data, "x"))).to.equal(JSON.stringify(data));
    expect(textOfPlain({ gone: undefined, part: copyPlain([1], "x") })).to.equal('{"part":[1]}');
  });

  it("tells bytes from lists and from objects", () => {
    const bytes = textOfPlain({ bytes: new Uint8Array([0, 10, 255]) });
    expect(bytes).to.equal('{"bytes":<000aff>}');
    expect(textOfPlain({ bytes: [0, 10, 255] })).not.to.equal(bytes);
    expect(textOfPlain({ bytes: { 0: 0, 1: 10, 2: 255 } })).not.to.equal(bytes);
    expect(textOfPlain(["<00>"])).not.to.equal(textOfPlain([new Uint8Array(1)]));
  });
});

describe("equality of plain data", () => {
  it("is by value; the order of keys matters only where nothing may tell two apart", () => {
    expect(equalPlain({ a: 1, b: [2] }, { b: [2], a: 1 })).to.be.true;
    expect(samePlain({ a: 1, b: [2] }, { b: [2], a: 1 })).to.be.false;
    expect(samePlain({ a: 1, b: [2] }, { a: 1, b: [2] })).to.be.true;
    expect(equalPlain({ a: 1, b: undefined }, { a: 1 })).to.be.true;
    expect(equalPlain(undefined, undefined)).to.be.true;
  });

  it("tells kinds apart that look alike", () => {
    const alike = [[], {}, new Uint8Array(0), null, "", 0, false, undefined];
    for (const a of alike) for (const b of alike) expect(equalPlain(a, b)).to.equal(a === b);
    expect(equalPlain([1], { 0: 1 })).to.be.false;
    expect(equalPlain(new Uint8Array([1]), [1])).to.be.false;
    expect(equalPlain(new Uint8Array([1]), new Uint8Array([2]))).to.be.false;
    expect(equalPlain({ toString: 1 }, { a: 1 })).to.be.false;
    expect(equalPlain({ a: 1 }, { toString: 1 })).to.be.false;
  });
});

describe("a record", () => {
  it("is an object that is not null, a list or bytes", () => {
    expect([{}, { a: 1 }].every(isRecord)).to.be.true;
    expect([null, [], new Uint8Array(1), 1, "a", undefined].some(isRecord)).to.be.false;
  });
});
