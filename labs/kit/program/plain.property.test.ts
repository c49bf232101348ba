import { expect } from "chai";
import fc from "fast-check";
import { copyPlain } from "./copy";
import { plainData, shareableData } from "./fixture";
import {
  equalPlain,
  isShared,
  samePlain,
  sharedPrefix,
  sizeOfPlain,
  textOfPlain,
  type PlainData,
} from "./plain";

// The seed is fixed: a test that fails only now and then teaches nobody.
const RUNS = { seed: 1, numRuns: 300 };

/** A deep copy with which nothing is shared. */
const clone = (data: PlainData): PlainData => structuredClone(data);

/** What `sharedPrefix` is to find, by looking at every item. */
function scannedPrefix(before: readonly PlainData[], after: readonly PlainData[]): number {
  const differs = before.findIndex(
    (item, i) => i >= after.length || !equalPlain(item, clone(after[i] ?? null)),
  );
  return differs === -1 ? before.length : differs;
}

/** Items that are often equal, also when the order of their keys is not. */
const item: fc.Arbitrary<PlainData> = fc.oneof(
  fc.nat(1),
  fc.record({ term: fc.nat(1), command: fc.nat(1) }),
  fc.record({ command: fc.nat(1), term: fc.nat(1) }),
  fc.record({ term: fc.nat(1), command: fc.record({ put: fc.array(fc.nat(1), { maxLength: 2 }) }) }),
  fc.nat(1).map((byte) => new Uint8Array([byte])),
);

/** A log's life: what to cut off its end, and what to append. */
const edits = fc.array(fc.record({ keep: fc.nat(6), then: fc.array(item, { maxLength: 3 }) }), {
  maxLength: 6,
});

describe("plain data (seed 1)", () => {
  it("is copied as JSON would", () => {
    fc.assert(
      fc.property(shareableData, (data) => {
        expect(copyPlain(data, "x")).to.deep.equal(JSON.parse(JSON.stringify(data)));
      }),
      RUNS,
    );
  });

  it("is equal to its copy, and has the same size and text, whatever is shared", () => {
    fc.assert(
      fc.property(plainData, (data) => {
        const copy = copyPlain(data, "x");
        const cloned = clone(copy);
        for (const other of [cloned, copyPlain(cloned, "y"), copyPlain(data, "z", copy)]) {
          expect(equalPlain(copy, other)).to.be.true;
          expect(samePlain(other, copy)).to.be.true;
          expect(sizeOfPlain(other)).to.equal(sizeOfPlain(copy));
          expect(textOfPlain(other)).to.equal(textOfPlain(copy));
        }
        const half = [copy, cloned]; // one shared, one not
        expect(sizeOfPlain(half)).to.equal(4 + 2 * sizeOfPlain(copy));
        expect(textOfPlain(half)).to.equal(`[${textOfPlain(copy)},${textOfPlain(copy)}]`);
      }),
      RUNS,
    );
  });

  it("comes out the same whatever copy went before", () => {
    fc.assert(
      fc.property(plainData, plainData, (data, before) => {
        const alone = copyPlain(data, "x");
        const following = copyPlain(clone(data), "x", copyPlain(before, "x"));
        expect(following).to.deep.equal(alone);
        expect(textOfPlain(following)).to.equal(textOfPlain(alone));
        expect(sizeOfPlain(following)).to.equal(sizeOfPlain(alone));
      }),
      RUNS,
    );
  });

  it("keeps the identity of equal shared data", () => {
    fc.assert(
      fc.property(shareableData, shareableData, (data, other) => {
        const copy = copyPlain({ data, other }, "x") as { data: PlainData; other: PlainData };
        expect(copyPlain(clone(copy), "x", copy)).to.equal(copy);
        const changed = copyPlain({ data: clone(data), other: "changed" }, "x", copy) as { data: PlainData };
        expect(changed.data).to.equal(copy.data);
      }),
      RUNS,
    );
  });

  it("is frozen to the bottom", () => {
    fc.assert(
      fc.property(shareableData, (data) => {
        const walk = (value: PlainData | undefined): void => {
          if (typeof value !== "object" || value === null) return;
          expect(Object.isFrozen(value) && isShared(value)).to.be.true;
          for (const part of Object.values(value) as PlainData[]) walk(part);
        };
        walk(copyPlain(data, "x"));
      }),
      RUNS,
    );
  });

  it("has different texts where it differs, and equality agrees with it", () => {
    fc.assert(
      fc.property(plainData, plainData, (a, b) => {
        const [one, other] = [copyPlain(a, "a"), copyPlain(b, "b")];
        expect(samePlain(one, other)).to.equal(textOfPlain(one) === textOfPlain(other));
        if (samePlain(one, other)) expect(equalPlain(one, other)).to.be.true;
        expect(equalPlain(one, other)).to.equal(equalPlain(other, one));
      }),
      RUNS,
    );
  });

  it("knows how much of a list is shared, whichever two versions are compared", () => {
    fc.assert(
      fc.property(edits, fc.boolean(), (steps, own) => {
        const versions: (readonly PlainData[])[] = [[]];
        for (const { keep, then } of steps) {
          const last = versions.at(-1) ?? [];
          const next = [...last.slice(0, keep), ...then];
          versions.push(copyPlain(own ? clone(next) : next, "x", last) as readonly PlainData[]);
        }
        for (const before of versions) {
          for (const after of versions) {
            expect(sharedPrefix(before, after)).to.equal(scannedPrefix(before, after));
            expect(sharedPrefix(before, clone(after) as readonly PlainData[])).to.equal(
              sharedPrefix(before, after),
            );
            expect(samePlain(before, after)).to.equal(samePlain(before, clone(after)));
          }
        }
      }),
      RUNS,
    );
  });
});
