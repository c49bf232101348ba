import { expect } from "chai";
import { copyPlain } from "./copy";
import type { PlainData } from "./plain";
import { Shadow } from "./shadow";

/** Follows `value` after a list of copies of `first`: how many items are kept, and which were looked at closely. */
function follow(first: readonly unknown[], ...values: (readonly unknown[])[]): unknown[] {
  const shadow = new Shadow(first.map((item) => copyPlain(item, "item")));
  return values.map((value) => {
    const looked: number[] = [];
    const kept = shadow.follow(value, (i, before): PlainData => {
      looked.push(i);
      return copyPlain(value[i], "item", before);
    });
    return [kept, looked, shadow.list()];
  });
}

const LOG = [
  { term: 1, command: "a" },
  { term: 1, command: { put: { a: 1 }, key: "k" } },
  3,
  { term: 2, command: [1] },
  {},
];

describe("the shadow of a long list", () => {
  it("recognises finished items, and objects whose fields are the same, at a glance", () => {
    const finished = LOG.map((item) => copyPlain(item, "item"));
    expect(follow(finished, finished)).to.deep.equal([[5, [], LOG]]);
    const own = structuredClone(LOG);
    expect(follow(LOG, own, own), "but not what holds a list").to.deep.equal([
      [5, [3], LOG],
      [5, [3], LOG],
    ]);
  });

  it("stops at the first item that differs, and takes it over", () => {
    const edited = [LOG[0], { term: 1, command: { put: { a: 2 }, key: "k" } }, ...LOG.slice(2)];
    expect(follow(LOG, edited, edited)).to.deep.equal([
      [1, [1], edited.slice(0, 2)],
      [2, [], edited.slice(0, 2)],
    ]);
  });

  it("forgets what a shorter list has no more", () => {
    expect(follow(LOG, LOG.slice(0, 2), LOG)).to.deep.equal([
      [2, [], LOG.slice(0, 2)],
      [2, [], LOG.slice(0, 2)],
    ]);
  });
});
