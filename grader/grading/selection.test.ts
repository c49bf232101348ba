import { expect } from "chai";
import { UsageError } from "../../labs/kit/program/errors";
import { selectLabs } from "./selection";

const SUITES = [1, 2, 3, 5].map((lab) => ({ lab, folder: `${lab}`, title: `Title ${lab}` }));

describe("--labs", () => {
  const labs = (text?: string): number[] => selectLabs(SUITES, text).map(({ lab }) => lab);

  it("takes numbers and ranges, in any order", () => {
    expect(labs()).to.deep.equal([1, 2, 3, 5]);
    expect(labs("2")).to.deep.equal([2]);
    expect(labs("5,1")).to.deep.equal([1, 5]);
    expect(labs("2-3")).to.deep.equal([2, 3]);
    expect(labs("1-2, 5,2")).to.deep.equal([1, 2, 5]);
  });

  for (const text of ["", "x", "1,", "3-1", "-1", "1-", "1.5", "1-2-3"]) {
    it(`refuses “${text}”`, () => {
      expect(() => labs(text)).to.throw(
        UsageError,
        /^--labs .*: name labs by their numbers, such as 1 or 1,3 or 2-4$/,
      );
    });
  }

  it("refuses a lab that does not exist, and lists those that do", () => {
    expect(() => labs("4")).to.throw(UsageError, "there is no lab “4”; there are: 1 (Title 1), 2 (Title 2)");
    expect(() => labs("1-6")).to.throw(UsageError, "there is no lab “4”");
  });
});
