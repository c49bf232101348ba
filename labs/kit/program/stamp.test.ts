import { expect } from "chai";
import { copyPlain } from "./copy";
import { Lineage } from "./stamp";

type List = readonly number[];
const after = (value: List, previous: List): List => copyPlain(value, "list", previous) as List;

describe("the lineage of a list", () => {
  const long = Array.from({ length: 40 }, (_, i) => i);
  const first = copyPlain(long, "list") as List;
  const second = after([...long, 40], first);

  it("tells what a copy took over from the one it followed, without a look at the items", () => {
    expect(Lineage.keptOf(second, first)).to.equal(40);
    const longer = after([...second, 41], second);
    expect(Lineage.keptOf(longer, second)).to.equal(41);
    const other = after([...longer.slice(0, 30), 99], longer);
    expect(Lineage.keptOf(other, longer)).to.equal(30);
    const shorter = after(other.slice(0, 20), other);
    expect(Lineage.keptOf(shorter, other)).to.equal(20);
    expect([second, longer, other, shorter].map((list) => Lineage.kept(list))).to.deep.equal([
      40, 41, 30, 20,
    ]);
  });

  it("knows nothing of other pairs", () => {
    const third = after([...second, 41], second);
    expect(Lineage.keptOf(third, first), "not in a row").to.equal(0);
    expect(Lineage.keptOf(first, second), "the other way round").to.equal(0);
    expect(Lineage.keptOf([...second], first), "not a copy").to.equal(0);
    expect(Lineage.keptOf(second, [...first])).to.equal(0);
    expect(Lineage.kept(long)).to.equal(0);
  });

  it("keeps the shadow with the newest version, and hands it out once", () => {
    const next = after([...second, 41], second);
    expect(Lineage.takeShadow(second)).to.equal(undefined);
    const shadow = Lineage.takeShadow(next);
    expect(shadow?.list()).to.deep.equal(next);
    expect(Lineage.takeShadow(next)).to.equal(undefined);
    expect(after([...next, 42], next), "it is made anew").to.deep.equal([...next, 42]);
  });
});
