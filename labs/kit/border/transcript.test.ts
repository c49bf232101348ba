import { expect } from "chai";
import fc from "fast-check";
import { ProgramError, ThrownError } from "../program";
import { SubjectError } from "../subject";
import { BorderError } from "./codec";
import { plainExport, throwIfError, writeError } from "./telling";
import { Transcript } from "./transcript";

/** A transcript of these pieces. */
function transcriptOf(...pieces: readonly unknown[]): Transcript {
  const left = [...pieces];
  return new Transcript(() => {
    if (left.length === 0) throw new Error("somebody reads on where nothing is");
    return left.shift();
  });
}

const END = { end: true };

/** What `body` throws. */
function errorOf(body: () => unknown): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

describe("a transcript", () => {
  it("is read record by record, however it was cut into pieces", () => {
    const transcript = transcriptOf(
      [[[["n", "a"]]]],
      [[[["t", "x", 5]], 7], 42],
      [{ exported: [2, "a", 1] }, END],
    );
    expect(transcript.boot()).to.deep.equal({ effects: [{ kind: "note", text: "a" }] });
    expect(transcript.deliver()).to.deep.equal({
      effects: [{ kind: "setTimer", name: "x", ms: 5 }],
      value: 7,
    });
    expect(transcript.weigh()).to.equal(42);
    expect(transcript.exported()).to.deep.equal({ a: 1 });
    expect(transcript.ends()).to.equal(true);
  });

  it("has not ended where anything follows, before its end or after it", () => {
    expect(transcriptOf([[[]], END]).ends()).to.equal(false);
    expect(transcriptOf([END, [[]]]).ends()).to.equal(false);
    expect(transcriptOf([END, END]).ends()).to.equal(false);
    expect(transcriptOf([END]).ends()).to.equal(true);
  });

  it("is not read on for ever", () => {
    const endless = new Transcript(() => [1, 2, 3]);
    expect(endless.ends()).to.equal(false);
    const empty = new Transcript(() => []);
    expect(() => empty.ends()).to.throw(BorderError);
    expect(() => empty.deliver()).to.throw(BorderError);
  });

  const refused: readonly (readonly [what: string, piece: unknown])[] = [
    ["no list", { length: 1 }],
    ["nothing", null],
    ["its end", [END]],
    ["a number", [5]],
    ["an answer without effects", [[]]],
    ["an answer of three parts", [[[], 1, 2]]],
    ["an effect that is none", [[[5]]]],
    ["an effect of no known kind", [[[["z"]]]]],
    ["an effect without a kind", [[[[]]]]],
    ["a call of nobody", [[[["c", "2", "ping", 1]]]]],
    ["a call without a request", [[[["c", 2, "ping"]]]]],
    ["a call of a method that is no name", [[[["c", 2, { toString: 1 }, 1]]]]],
    ["a timer without a time", [[[["t", "x", null]]]]],
    ["a note that is no text", [[[["n", 5]]]]],
    ["an error that is none", [{ error: 5 }]],
    ["an error of no known kind", [{ error: ["own", "x"] }]],
    ["an error whose sentence cannot be shown", [{ error: ["own", { toString: 1 }] }]],
    ["an error without a sentence", [{ error: ["thrown"] }]],
    ["an error on no server", [{ error: ["thrown", "x", -1] }]],
    ["an error on half a server", [{ error: ["thrown", "x", 0.5] }]],
    ["an error with a place that is no text", [{ error: ["thrown", "x", 1, {}] }]],
    ["a verdict that a program cannot give itself", [{ error: ["subject", "accepted", "x"] }]],
    ["a line that is no text", [{ error: ["subject", "not-gradable", 5] }]],
  ];
  for (const [what, piece] of refused) {
    it(`does not take ${what} for an answer`, () => {
      expect(() => transcriptOf(piece).deliver()).to.throw(BorderError);
    });
  }

  for (const weight of [-1, null, "5", [], { error: 1 }]) {
    it(`does not take ${JSON.stringify(weight)} for a weight`, () => {
      expect(() => transcriptOf([weight]).weigh()).to.throw(BorderError);
    });
  }

  it("never throws what it does not mean to, whatever is told (seed 1)", () => {
    const record = fc.oneof(
      fc.jsonValue(),
      fc
        .array(fc.oneof(fc.constantFrom("c", "r", "t", "x", "s", "u", "d", "e", "n"), fc.jsonValue()))
        .map((e) => [[e]]),
      fc
        .array(
          fc.oneof(fc.constantFrom("thrown", "program", "subject", "not-gradable", "x", 1), fc.jsonValue()),
        )
        .map((error) => ({ error })),
      fc.record({ exported: fc.jsonValue() }),
    );
    const ask = fc.constantFrom("boot", "deliver", "weigh", "exported", "ends");
    fc.assert(
      fc.property(record, ask, (told, verb) => {
        try {
          transcriptOf([JSON.parse(JSON.stringify(told))])[verb]();
        } catch (error) {
          const meant = [BorderError, ProgramError, SubjectError].some((kind) => error instanceof kind);
          if (!meant) throw error;
        }
      }),
      { seed: 1, numRuns: 2000 },
    );
    expect(Object.keys(Object.prototype)).to.deep.equal([]);
  });
});

describe("errors behind a border", () => {
  const crossed = (error: unknown): unknown =>
    errorOf(() => throwIfError(JSON.parse(JSON.stringify(writeError(error) ?? null))));

  it("arrive as they were thrown", () => {
    for (const error of [
      new ProgramError("Raft.timer on server 1: no", 1, ["raft/raft.ts:1:2"]),
      new ThrownError("Raft.timer on server 0 threw x", 0, []),
      new SubjectError("does-not-compile", ["raft/raft.ts:1: is wrong", "  called from b"]),
    ]) {
      const other = crossed(error);
      expect(Object.getPrototypeOf(other)).to.equal(Object.getPrototypeOf(error));
      expect(other).to.deep.include({ ...error });
      expect((other as Error).message).to.equal(error.message);
    }
  });

  it("are not written if they are ours", () => {
    expect(writeError(new Error("ours"))).to.equal(undefined);
    expect(writeError(new BorderError("ours"))).to.equal(undefined);
  });

  it("do not grow into books, whoever wrote them", () => {
    const book = "x".repeat(100_000);
    const told = errorOf(() =>
      throwIfError({ error: ["subject", "not-gradable", ...new Array<string>(500).fill(book)] }),
    ) as SubjectError;
    expect(told.message).to.have.length.below(1_000_000);
    const thrown = errorOf(() =>
      throwIfError({ error: ["thrown", book, 1, ...new Array<string>(500).fill(book)] }),
    ) as ThrownError;
    expect(thrown.message).to.have.length.below(5000);
    expect(thrown.where.join("")).to.have.length.below(1_000_000);
  });
});

describe("what a file exports", () => {
  const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
  const shy = {
    ownKeys: (): never => {
      throw new Error("no");
    },
  };
  const hidden = Object.defineProperty({}, "a", { get: () => 1, enumerable: true });
  const exports: readonly (readonly [what: string, value: unknown, told: RegExp])[] = [
    ["plain values", { a: 1, b: ["x"] }, /^{"a":1,"b":\["x"\]}$/],
    ["of others what they are", { a: () => 1 }, /^{"a":"\(is a function.*\)"}$/],
    ["of a getter nothing, unasked", hidden, /^{"a":"\(is undefined.*\)"}$/],
    ["a number", 5, /^5$/],
    ["a function", () => 1, /^"\(is a function.*\)"$/],
    ["something too deep", { a: deep(32) }, /is nested deeper/],
    ["a forbidden key", JSON.parse('{"__proto__": 1}'), /^"\(is a forbidden key\)"$/],
    ["a proxy that does not want to be looked at", new Proxy({}, shy), /cannot be looked at/],
  ];
  for (const [what, value, told] of exports) {
    it(`crosses a border: ${what}`, () => {
      expect(JSON.stringify(plainExport(value))).to.match(told);
    });
  }
});
