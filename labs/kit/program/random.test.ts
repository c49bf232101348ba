import { expect } from "chai";
import { RandomStream } from "./random";

const take = (stream: RandomStream, n: number): number[] => Array.from({ length: n }, () => stream.next());

describe("a random stream", () => {
  it("is given by its seed, and a copy goes on from the same place", () => {
    expect(take(RandomStream.from(7), 20)).to.deep.equal(take(RandomStream.from(7), 20));
    const stream = RandomStream.from([1, 2, 3, 4]);
    take(stream, 5);
    const copy = stream.clone();
    expect(take(copy, 20)).to.deep.equal(take(stream, 20));
  });

  it("is even, in [0, 1), for every seed, small ones too", () => {
    for (const seed of [0, 1, 2, 3, 1000, 0xffff_ffff]) {
      const numbers = take(RandomStream.from(seed), 4000);
      expect(Math.min(...numbers)).to.be.within(0, 0.01);
      expect(Math.max(...numbers))
        .to.be.within(0.99, 1)
        .and.below(1);
      expect(numbers.reduce((sum, x) => sum + x, 0) / numbers.length).to.be.closeTo(0.5, 0.02);
    }
  });

  it("has nothing to do with that of a neighbouring seed", () => {
    const firsts = Array.from({ length: 2000 }, (_, seed) => RandomStream.from(seed).next());
    const tenths = Array.from(
      { length: 10 },
      (_, i) => firsts.filter((x) => Math.floor(x * 10) === i).length,
    );
    for (const count of tenths) expect(count).to.be.within(140, 260);
    const steps = firsts.slice(1).map((x, i) => Math.abs(x - (firsts[i] ?? 0)));
    expect(steps.reduce((sum, x) => sum + x, 0) / steps.length).to.be.closeTo(1 / 3, 0.03);
  });

  it("draws numbers, items and orders", () => {
    const stream = RandomStream.from(3);
    const times = Array.from({ length: 1000 }, () => stream.between(5, 7));
    expect(times.every((x) => x >= 5 && x < 7)).to.be.true;
    const wholes = Array.from({ length: 600 }, () => stream.int(3));
    for (const n of [0, 1, 2]) expect(wholes.filter((x) => x === n).length).to.be.within(150, 250);
    expect(Array.from({ length: 1000 }, () => stream.chance(0.2)).filter(Boolean).length).to.be.within(
      150,
      250,
    );
    const items = Object.freeze(["a", "b", "c", "d"]);
    expect(items).to.include(stream.pick(items));
    expect(() => stream.pick([])).to.throw(RangeError, "nothing to pick from");
    const orders = new Set(Array.from({ length: 500 }, () => stream.shuffle(items).join("")));
    expect(orders.size).to.equal(24);
  });
});
