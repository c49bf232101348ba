import { expect } from "chai";
import fc from "fast-check";
import { deriveStream } from "../kit/sim";
import { median, quantile, quantileEstimate, round, shareEstimate, sorted } from "./statistics";

const HUNDRED = Array.from({ length: 100 }, (_, i) => i + 1);

describe("quantiles", () => {
  it("are values that were measured, by the nearest rank", () => {
    expect([0, 0.01, 0.5, 0.501, 0.99, 1].map((q) => quantile(HUNDRED, q))).to.deep.equal([
      1, 1, 50, 51, 99, 100,
    ]);
    expect(median([3, 1, 2])).to.equal(2);
    expect(median([4, 1, 2, 3])).to.equal(2);
    expect(quantile([], 0.5)).to.be.NaN;
  });

  it("leave at most their share above and below", () => {
    const values = fc.array(fc.double({ noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (some, q) => {
        const found = quantile(sorted(some), q);
        expect(some.filter((value) => value < found).length).to.be.at.most(q * some.length);
        expect(some.filter((value) => value > found).length).to.be.at.most((1 - q) * some.length + 1e-9);
      }),
    );
  });

  it("come with an interval that holds the true one in about 95 of 100 samples", () => {
    // Even numbers from 0 to 1: the true quantile q is q.
    let hits = 0;
    const samples = 1000;
    const random = deriveStream(1, "quantiles");
    for (let i = 0; i < samples; i++) {
      const sample = Array.from({ length: 400 }, () => random.next());
      const { low, high } = quantileEstimate(sample, 0.9);
      if (low <= 0.9 && 0.9 <= high) hits++;
    }
    expect(hits / samples).to.be.within(0.92, 0.98);
  });
});

describe("a share", () => {
  it("has an interval that is not nothing where the share is", () => {
    const none = shareEstimate(0, 100);
    expect(none.value).to.equal(0);
    expect(none.low).to.equal(0);
    expect(none.high).to.be.within(0.03, 0.04);
    const all = shareEstimate(100, 100);
    expect(all.value).to.equal(1);
    expect(all.low).to.be.within(0.96, 0.97);
    expect(all.high).to.be.closeTo(1, 1e-12);
  });

  it("has Wilson's interval: 95 of 100 gives 88.8 to 97.8 %", () => {
    const { low, high } = shareEstimate(95, 100);
    expect(low).to.be.closeTo(0.888, 0.001);
    expect(high).to.be.closeTo(0.978, 0.001);
  });
});

describe("rounding", () => {
  it("is to decimals, and leaves a number", () => {
    expect([round(1.005, 1), round(2 / 3, 4), round(1234.5, 0)]).to.deep.equal([1, 0.6667, 1235]);
  });
});
