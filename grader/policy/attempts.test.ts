import { expect } from "chai";
import { madeGrade } from "../fixtures/grade";
import { madeCourse as course } from "../fixtures/policy";
import { standing } from "./attempts";
import type { Course } from "./course";
import { marksOf } from "./marking";
import { type Marks, marksSchema } from "./marks";

const DUE = "2026-10-01T12:00:00Z";

/** Handed in so many hours after the due date; points by lab. */
function attempt(
  name: string,
  hours: number | undefined,
  points: Readonly<Record<number, number>>,
  policy: Course,
  undecided = false,
): Marks {
  const labs = Object.entries(points).map(([lab, earned]) => [
    lab,
    [
      { name: "earned", points: earned },
      { name: "missed", points: 10 - earned, verdicts: undecided ? ["judge-error"] : ["wrong"] } as const,
    ],
  ]);
  const grade = madeGrade(Object.fromEntries(labs) as Parameters<typeof madeGrade>[0], { digest: hex(name) });
  const submittedAt =
    hours === undefined ? undefined : new Date(Date.parse(DUE) + hours * 3_600_000).toISOString();
  return marksOf(grade, policy, { student: "alice", submission: name, submittedAt });
}

const hex = (name: string): string => Buffer.from(name).toString("hex").padEnd(64, "0").slice(0, 64);

function stand(attempts: readonly Marks[], policy: Course): Marks {
  const found = standing(attempts, policy);
  expect(marksSchema.safeParse(found).error).to.equal(undefined);
  return found;
}

describe("the standing of a student", () => {
  it("is what the only submission earns, untouched", () => {
    const only = attempt("a", 0, { 1: 4 }, course());
    expect(standing([only], course())).to.equal(only);
    expect(() => standing([], course())).to.throw(RangeError);
  });

  it("takes each lab from the best attempt, the earliest of equal ones, and says so", () => {
    const policy = course();
    const attempts = [
      attempt("c", 3, { 1: 4, 2: 9, 3: 1 }, policy),
      attempt("a", 1, { 1: 6 }, policy),
      attempt("b", 2, { 1: 6, 2: 3 }, policy),
    ];
    const found = stand(attempts, policy);
    expect(found).to.deep.include({ points: 16, maxPoints: 30, submission: "c", digest: null, final: true });
    expect(found.chosen).to.deep.equal([
      { lab: 1, submission: "a", sentence: "the best of 3 submissions with this lab: 6 of 10 points" },
      { lab: 2, submission: "c", sentence: "the best of 2 submissions with this lab: 9 of 10 points" },
      { lab: 3, submission: "c", sentence: "the only one of all submissions with this lab: 1 of 10 points" },
    ]);
  });

  it("takes the last attempt of each lab, if that is the rule", () => {
    const policy = course({ attempts: { count: "last" } });
    const attempts = [attempt("a", 1, { 1: 6, 2: 8 }, policy), attempt("b", 2, { 1: 3 }, policy)];
    const found = stand(attempts, policy);
    expect(found.labs.map(({ points }) => points)).to.deep.equal([3, 8]);
    expect(found.chosen?.map(({ submission }) => submission)).to.deep.equal(["b", "a"]);
    expect(stand([...attempts].reverse(), policy)).to.deep.equal(found);
  });

  it("goes by the given order where a time is missing", () => {
    const policy = course({ attempts: { count: "last" } });
    const attempts = [attempt("b", 2, { 1: 3 }, policy), attempt("a", undefined, { 1: 6 }, policy)];
    expect(stand(attempts, policy).points).to.equal(6);
  });

  it("takes one submission as a whole, if that is the rule", () => {
    const whole = { per: "submission" };
    const best = course({ attempts: whole });
    const points = [
      { 1: 6, 2: 2 },
      { 1: 1, 2: 9 },
      { 1: 5, 2: 5 },
    ];
    const attempts = points.map((each, i) => attempt(`n${i}`, i, each, best));
    expect(stand(attempts, best)).to.deep.include({ points: 10, submission: "n1" });
    expect(stand(attempts, best).chosen).to.deep.equal([
      { submission: "n1", sentence: "the best of 3 submissions: 10 of 20 points" },
    ]);
    const last = course({ attempts: { ...whole, count: "last" } });
    expect(stand(attempts, last)).to.deep.include({ submission: "n2", digest: hex("n2") });
  });

  it("keeps what was earned before a part was released", () => {
    const caps = [1, 2].map((lab) => ({ lab, student: "alice", by: "staff", cap: 0.3, at: DUE }));
    const policy = course({ caps });
    const attempts = [
      attempt("before", -1, { 1: 8, 2: 2 }, policy),
      attempt("after", 1, { 1: 10, 2: 10 }, policy),
    ];
    expect(stand(attempts, policy).labs.map(({ points }) => points)).to.deep.equal([8, 3]);
  });

  it("draws all late days from one bank, where they are worth most", () => {
    const labs = { 1: { due: DUE }, 2: { due: DUE } };
    const policy = course({ labs, late: { cost: "everything", days: { bank: 2 } } });
    const attempts = [attempt("a", 30, { 1: 10 }, policy), attempt("b", 40, { 2: 7 }, policy)];
    expect(attempts.map(({ points }) => points)).to.deep.equal([10, 7]); // each alone
    const found = stand(attempts, policy);
    expect(found.labs.map(({ points, late }) => [points, late?.daysUsed])).to.deep.equal([
      [10, 2],
      [0, 0],
    ]);
  });

  it("is not final while a better attempt is possible", () => {
    const best = course();
    const attempts = [attempt("a", 1, { 1: 6 }, best), attempt("b", 2, { 1: 2 }, best, true)];
    expect(stand(attempts, best)).to.deep.include({ points: 6, final: false });
    const last = course({ attempts: { count: "last" } });
    expect(stand([...attempts, attempt("c", 3, { 1: 1 }, last)], last).final).to.equal(true);
  });
});
