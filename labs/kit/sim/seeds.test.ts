import { expect } from "chai";
import { deriveSeed, deriveStream } from "./seeds";

describe("seeds", () => {
  it("give each purpose a number of its own, always the same", () => {
    expect(deriveSeed(1, "program", 0, 1)).to.equal(deriveSeed(1, "program", 0, 1));
    const seeds = [
      deriveSeed(1, "program", 0, 1),
      deriveSeed(2, "program", 0, 1),
      deriveSeed(1, "program", 0, 2),
      deriveSeed(1, "program", 1, 0),
      deriveSeed(1, "program", "0", 1),
      deriveSeed(1, "program01"),
    ];
    expect(new Set(seeds).size).to.equal(seeds.length);
    for (const seed of seeds)
      expect(seed).to.satisfy((n: number) => Number.isInteger(n) && n >= 0 && n < 2 ** 32);
  });

  it("give each purpose a stream that has nothing to do with another's", () => {
    const one = deriveStream(1, "a");
    const other = deriveStream(1, "b");
    const first = [one.next(), one.next()];
    const again = deriveStream(1, "a");
    for (let i = 0; i < 10; i++) other.next();
    expect([again.next(), again.next()]).to.deep.equal(first);
  });
});
