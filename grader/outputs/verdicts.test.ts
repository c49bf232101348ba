import { expect } from "chai";
import { VERDICTS } from "../../labs/kit/scene/outcome";
import { ELSEWHERE } from "./verdicts";

describe("verdicts in other formats", () => {
  it("cover all that there are", () => {
    expect(Object.keys(ELSEWHERE)).to.have.members([...VERDICTS]);
    expect(VERDICTS).to.have.length(13);
  });

  it("let nothing pass but what is accepted", () => {
    for (const verdict of VERDICTS) {
      const { passed, ctrf, junit, annotation } = ELSEWHERE[verdict];
      const is = verdict === "accepted";
      expect(
        [passed, ctrf === "passed", junit === "passed", annotation === undefined],
        verdict,
      ).to.deep.equal([is, is, is, is]);
    }
  });

  it("tell the program's failures from what could not be judged", () => {
    const not = VERDICTS.filter((verdict) => ELSEWHERE[verdict].junit === "error");
    expect(not).to.deep.equal(["does-not-compile", "not-gradable", "judge-error"]);
    expect(VERDICTS.filter((verdict) => ELSEWHERE[verdict].ctrf === "other")).to.deep.equal(not);
    expect(VERDICTS.filter((verdict) => !ELSEWHERE[verdict].gradable)).to.deep.equal(not);
    expect(VERDICTS.filter((verdict) => ELSEWHERE[verdict].annotation === "warning")).to.deep.equal([
      "judge-error",
    ]);
  });
});
