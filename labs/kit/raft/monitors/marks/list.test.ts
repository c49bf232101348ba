import { expect } from "chai";
import { MARKS, rulesOf } from "./list";

describe("the list of rules", () => {
  it("has each rule once, and grows from lab to lab", () => {
    expect(new Set(rulesOf(5)).size).to.equal(MARKS.length);
    expect([1, 2, 3, 4, 5, 6].map((lab) => rulesOf(lab).length)).to.eql([12, 28, 31, 39, 51, 51]);
  });
});
