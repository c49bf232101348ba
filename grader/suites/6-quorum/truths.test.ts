import { expect } from "chai";
import { join, resolve } from "node:path";
import { CASES } from "../../../labs/6-quorum/cases";
import { loadSubject } from "../../../labs/kit/subject/load";
import { measuresOf } from "../../predictions/measure";
import { TRUTHS } from "./truths";

const ROOT = resolve(__dirname, "..", "..", "..");

describe("the truths that predictions are scored by", function () {
  this.timeout(60_000);
  const measures = measuresOf(loadSubject(join(ROOT, "solutions")));

  it("are about the cases that students are asked, and no others", () => {
    const asked = CASES.map(({ id }) => id);
    expect(Object.keys(TRUTHS)).to.deep.equal(asked);
    expect(Object.keys(measures)).to.deep.equal(asked);
  });

  for (const { id, group } of CASES) {
    it(`are what is measured on the reference (${group}): ${id}`, () => {
      expect(measures[id]?.()).to.equal(TRUTHS[id]);
    });
  }
});
