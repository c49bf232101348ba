import { expect } from "chai";
import { UsageError } from "../../labs/kit/program/errors";
import { madeGrade } from "../fixtures/grade";
import { mergeGrades } from "./merge";

describe("grades of one submission, lab by lab", () => {
  const ONE = madeGrade({ 1: [{ name: "a" }] }, { problems: ["p"], typeErrors: ["t"], cpuMs: 5 });
  const TWO = madeGrade(
    { 2: [{ name: "b", verdicts: ["judge-error"] }] },
    { problems: ["p", "q"], cpuMs: 7 },
  );

  it("add up to the grade of all", () => {
    const both = mergeGrades([TWO, ONE]);
    expect(both.labs.map(({ lab }) => lab)).to.deep.equal([1, 2]);
    expect(both).to.deep.include({ points: 2, maxPoints: 4, problems: ["p", "q"], typeErrors: ["t"] });
    expect(both).to.deep.include({
      judgeErrors: { retried: 1, left: 1 },
      wallMs: 2000,
      cpuMs: 12,
      events: 2000,
    });
    expect(mergeGrades([ONE])).to.equal(ONE);
  });

  it("do not if they are not of one grading", () => {
    expect(() => mergeGrades([])).to.throw(UsageError, "no grade");
    expect(() => mergeGrades([ONE, ONE])).to.throw(UsageError, "two of these grades have Lab 1");
    const other = { ...TWO, digest: "e".repeat(64) };
    expect(() => mergeGrades([ONE, other])).to.throw(UsageError, "they differ in “digest”");
  });
});
