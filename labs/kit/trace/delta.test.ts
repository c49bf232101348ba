import { expect } from "chai";
import fc from "fast-check";
import { copyPlain, equalPlain, isRecord, type PlainData } from "../program";
import { deltaOf, type Delta } from "./delta";

/** What a delta makes of the state before it. */
function apply(before: PlainData | undefined, { whole, set = {}, lists = {}, gone = [] }: Delta): PlainData {
  if (whole !== undefined) return whole;
  if (!isRecord(before)) return before ?? null;
  const after: Record<string, PlainData> = { ...before, ...set };
  for (const [field, { keep, then }] of Object.entries(lists)) {
    const old = before[field];
    after[field] = [...(Array.isArray(old) ? (old as PlainData[]).slice(0, keep) : []), ...then];
  }
  for (const field of gone) Reflect.deleteProperty(after, field);
  return after;
}

describe("a delta", () => {
  it("says what a save changed", () => {
    const before = { term: 1, votedFor: 2, log: [1, 2, 3] };
    expect(deltaOf(undefined, before)).to.deep.equal({ whole: before });
    expect(deltaOf(before, { ...before })).to.deep.equal({});
    expect(deltaOf(before, { term: 2, votedFor: null, log: [1, 2, 3] })).to.deep.equal({
      set: { term: 2, votedFor: null },
    });
    expect(deltaOf(before, { ...before, log: [1, 2, 3, 4] })).to.deep.equal({
      lists: { log: { keep: 3, then: [4] } },
    });
    expect(deltaOf(before, { ...before, log: [1, 9] })).to.deep.equal({
      lists: { log: { keep: 1, then: [9] } },
    });
    expect(deltaOf(before, { term: 1, log: [1, 2, 3] })).to.deep.equal({ gone: ["votedFor"] });
    expect(deltaOf({ toString: 1 }, {})).to.deep.equal({ gone: ["toString"] });
    expect(deltaOf(before, 7)).to.deep.equal({ whole: 7 });
    expect(deltaOf(7, 7)).to.deep.equal({});
  });

  it("looks at values, not at objects (seed 1)", () => {
    const fields = fc.constantFrom("term", "log", "gone", "set", "toString");
    const item = fc.oneof(fc.nat(2), fc.record({ term: fc.nat(1) }));
    const value = fc.oneof(
      fc.nat(2),
      fc.constant(null),
      fc.array(item, { maxLength: 3 }),
      fc.record({ keep: fc.nat(1) }),
    );
    const state: fc.Arbitrary<PlainData> = fc.oneof(
      { weight: 8, arbitrary: fc.dictionary(fields, value, { maxKeys: 4 }) },
      { weight: 1, arbitrary: value },
    );
    fc.assert(
      fc.property(state, state, (a, b) => {
        const [before, after] = [copyPlain(a, "a"), copyPlain(b, "b", copyPlain(a, "a"))];
        const delta = deltaOf(before, after);
        expect(equalPlain(apply(before, delta), after)).to.be.true;
        expect(deltaOf(structuredClone(before), structuredClone(after))).to.deep.equal(delta);
        expect(Object.keys(delta).length === 0).to.equal(equalPlain(before, after));
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});
