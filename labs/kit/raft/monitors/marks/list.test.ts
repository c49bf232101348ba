import { expect } from "chai";
import { MARKS, rulesOf, titleOf } from "./list";

describe("the list of rules", () => {
  it("has each rule once, and grows from lab to lab", () => {
    expect(new Set(rulesOf(5)).size).to.equal(MARKS.length);
    expect([1, 2, 3, 4, 5, 6].map((lab) => rulesOf(lab).length)).to.eql([12, 28, 31, 39, 51, 51]);
  });

  it("names a rule in words, if it knows it", () => {
    expect(titleOf("split-vote")).to.equal("a split vote");
    expect(titleOf("of a later version")).to.equal("of a later version");
  });
});
