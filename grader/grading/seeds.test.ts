import { expect } from "chai";
import { seedsOf } from "../../labs/runner/seeds";
import { seedsOfScene } from "./seeds";

describe("the seeds of a graded scene", () => {
  const all = seedsOf(1, 5, "a scene", 20);
  const seeds = (share: number | undefined, count: number): number[] =>
    seedsOfScene(1, { lab: 5, name: "a scene", ...(share === undefined ? {} : { share }) }, count);

  it("are all there are", () => {
    expect(seeds(undefined, 20)).to.deep.equal(all);
  });

  it("are the first ones where a part is enough, and one at least", () => {
    expect(seeds(0.25, 20)).to.deep.equal(all.slice(0, 5));
    expect(seeds(0.01, 20)).to.deep.equal(all.slice(0, 1));
  });

  it("are the seed itself where there is but one", () => {
    expect(seeds(0.25, 1)).to.deep.equal([1]);
  });
});
