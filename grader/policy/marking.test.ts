import { expect } from "chai";
import fc from "fast-check";
import { type MadeScene, madeGrade } from "../fixtures/grade";
import { madeCourse as course } from "../fixtures/policy";
import { marksOf } from "./marking";
import { type Marks, marksSchema } from "./marks";
import { unknownScenes } from "./scenes";

const DUE = "2026-10-01T12:00:00Z";
const LATE = "2026-10-02T13:00:00Z"; // 25 hours
const ALICE = { student: "alice", submission: "alice.zip" };

const SCENES: readonly MadeScene[] = [
  { name: "first", points: 3 },
  { name: "second", points: 2, verdicts: ["accepted", "wrong", "accepted", "accepted"] },
  { name: "third", points: 5, verdicts: ["stalled", "wrong"] },
  { name: "extra", points: 2, challenge: true },
];

function mark(changes: object, submittedAt?: string, grade = madeGrade({ 1: SCENES })): Marks {
  const marks = marksOf(grade, course(changes), { ...ALICE, submittedAt });
  expect(marksSchema.safeParse(marks).error).to.equal(undefined);
  return marks;
}

const lab = (marks: Marks, index = 0): Marks["labs"][number] => {
  const found = marks.labs[index];
  if (found === undefined) throw new Error("no such lab");
  return found;
};

const scenePoints = (marks: Marks): number[][] =>
  marks.labs.flatMap(({ scenes }) => scenes.map(({ points, maxPoints }) => [points, maxPoints]));

describe("marks", () => {
  it("are those of the grade if the policy says nothing", () => {
    const grade = madeGrade({ 1: SCENES, 2: [{ name: "other" }] });
    const marks = mark({}, LATE, grade);
    expect(marks).to.deep.include({
      points: grade.points,
      maxPoints: grade.maxPoints,
      final: true,
      ...ALICE,
    });
    expect(marks).to.deep.include({ submittedAt: LATE, digest: grade.digest });
    expect(lab(marks)).to.deep.include({ raw: 5, points: 5, maxPoints: 12, title: "Lab number 1" });
    expect(lab(marks)).not.to.have.any.keys("late", "cap");
    expect(lab(marks).scenes[2]?.firstFailure).to.deep.equal(grade.labs[0]?.scenes[2]?.firstFailure);
  });

  it("give a share of a scene's points, of the course, a lab or a scene", () => {
    expect(scenePoints(mark({ seedsNeeded: "share" }))).to.deep.equal([
      [3, 3],
      [1.5, 2],
      [0, 5],
      [2, 2],
    ]);
    expect(mark({ labs: { 1: { seedsNeeded: "share" } } }).points).to.equal(6.5);
    const scenes = { second: { seedsNeeded: "all" } };
    expect(mark({ seedsNeeded: "share", labs: { 1: { scenes } } }).points).to.equal(5);
  });

  it("scale a lab, and give single scenes other points before", () => {
    const scaled = mark({ labs: { 1: { points: 100 } } });
    expect(scaled).to.deep.include({ points: 41.67, maxPoints: 100 });
    expect(scenePoints(scaled)).to.deep.equal([
      [25, 25],
      [0, 16.67],
      [0, 41.67],
      [16.67, 16.67],
    ]);
    const scenes = { first: { points: 13 }, third: { points: 0 } };
    expect(mark({ labs: { 1: { scenes } } })).to.deep.include({ points: 15, maxPoints: 17 });
    expect(mark({ labs: { 1: { scenes, points: 34 } } })).to.deep.include({ points: 30, maxPoints: 34 });
    expect(mark({ labs: { 1: { points: 0 } } })).to.deep.include({ points: 0, maxPoints: 0 });
  });

  it("round once a lab, halves up, not scene by scene", () => {
    const thirds = ["a", "b", "c"].map((name) => ({ name, points: 1 }));
    const marks = mark({ labs: { 1: { points: 10 } } }, undefined, madeGrade({ 1: thirds }));
    expect(scenePoints(marks)).to.deep.equal([
      [3.33, 3.33],
      [3.33, 3.33],
      [3.33, 3.33],
    ]);
    expect(marks.points).to.equal(10);
    const half = madeGrade({ 1: [{ name: "a", points: 1, verdicts: ["accepted", "wrong"] }] });
    expect(mark({ seedsNeeded: "share", decimals: 0 }, undefined, half).points).to.equal(1);
  });

  it("count a challenge, count it as a bonus, or not at all", () => {
    expect(mark({ challenge: "bonus" })).to.deep.include({ points: 5, maxPoints: 10 });
    expect(mark({ challenge: "none" })).to.deep.include({ points: 3, maxPoints: 10 });
    expect(scenePoints(mark({ challenge: "none" }))[3]).to.deep.equal([0, 0]);
    const all = madeGrade({
      1: [
        { name: "base", points: 4 },
        { name: "extra", points: 1, challenge: true },
      ],
    });
    const bonus = mark({ challenge: "bonus", labs: { 1: { points: 20 } } }, undefined, all);
    expect(bonus).to.deep.include({ points: 25, maxPoints: 20 });
  });

  it("lose by lateness what the policy of late work says, an extension counted in", () => {
    const late = { cost: { per: "day", percent: 10 } };
    const marks = mark({ late, labs: { 1: { due: DUE } } }, LATE);
    expect(lab(marks)).to.deep.include({ raw: 5, points: 4 });
    expect(lab(marks).late).to.deep.include({ hours: 25, factor: 0.8, daysUsed: 0 });
    const extensions = [
      { student: "alice", hours: 2 },
      { student: "bob", hours: 48 },
    ];
    expect(mark({ late, labs: { 1: { due: DUE } }, extensions }, LATE).points).to.equal(4.5);
    const until = [...extensions, { student: "alice", lab: 1, until: LATE }];
    expect(lab(mark({ late, labs: { 1: { due: DUE } }, extensions: until }, LATE))).not.to.have.property(
      "late",
    );
    expect(mark({ late, labs: { 1: { due: DUE } } }).points).to.equal(5); // nobody knows when
  });

  it("never hang on a time that is none", () => {
    expect(() => mark({}, "yesterday")).to.throw(RangeError, '"yesterday" is no instant');
  });

  it("draw late days where they are worth most, and not for nothing", () => {
    const labs = { 1: { due: DUE }, 2: { due: DUE }, 3: { due: DUE } };
    const grade = madeGrade({
      1: [{ name: "a", points: 3 }],
      2: [{ name: "b", points: 9 }],
      3: [{ name: "c", points: 20, verdicts: ["wrong"] }],
    });
    const late = { cost: "everything", days: { bank: 3 } };
    const marks = mark({ labs, late }, LATE, grade);
    expect(marks.labs.map(({ points }) => points)).to.deep.equal([0, 9, 0]);
    expect(marks.labs.map((each) => each.late?.daysUsed)).to.deep.equal([0, 2, 0]);
    expect(mark({ labs, late: { ...late, days: { bank: 4 } } }, LATE, grade).points).to.equal(12);
    const spent = { bank: 4, spent: { alice: 3 } };
    expect(mark({ labs, late: { ...late, days: spent } }, LATE, grade).points).to.equal(0);
  });

  it("are capped where the reference was released before, after lateness", () => {
    const full = madeGrade({ 1: [{ name: "a", points: 10 }] });
    const cap = { lab: 1, student: "alice", by: "the staff", cap: 0.5, at: DUE };
    const capped = mark({ caps: [cap] }, LATE, full);
    expect(lab(capped)).to.deep.include({ raw: 10, points: 5 });
    expect(lab(capped).cap).to.deep.equal({
      to: 5,
      by: "the staff",
      sentence: `at most 50 % of the points: the staff released the reference on ${DUE}`,
    });
    expect(mark({ caps: [cap] }, DUE, full).points).to.equal(10);
    expect(mark({ caps: [cap] }, undefined, full).points).to.equal(5);
    expect(
      mark(
        {
          caps: [
            { ...cap, student: "bob" },
            { ...cap, lab: 2 },
          ],
        },
        LATE,
        full,
      ).points,
    ).to.equal(10);
    const both = [
      { ...cap, cap: 0.2 },
      { ...cap, student: "*", cap: 0.7 },
    ];
    expect(mark({ caps: both }, LATE, full).points).to.equal(2);
    const late = { cost: { per: "day", percent: 20 } };
    expect(mark({ caps: [cap], late, labs: { 1: { due: DUE } } }, LATE, full).points).to.equal(5);
  });

  it("are not final while a run is undecided, or scenes were left out", () => {
    const undecided = madeGrade({ 1: [{ name: "a", verdicts: ["accepted", "judge-error"] }] });
    const marks = mark({}, undefined, undecided);
    expect(marks.final).to.equal(false);
    expect(lab(marks).scenes[0]).to.deep.include({ points: 0, verdict: "judge-error" });
    expect(mark({}, undefined, madeGrade({ 1: SCENES }, { only: "first" })).final).to.equal(false);
  });

  it("take their scenes from the facts: a name in the policy that these do not know is told", () => {
    const policy = course({ labs: { 1: { scenes: { first: { points: 1 }, fisrt: { points: 1 } } } } });
    expect(unknownScenes(1, SCENES, policy)).to.deep.equal(["fisrt"]);
    expect(mark({ labs: { 1: { scenes: { toString: { points: 9 } } } } }).points).to.equal(5);
  });

  it("are never better later, whatever the bank, and never draw more than it holds", () => {
    const hours = fc.integer({ min: -50, max: 200 });
    const costs = fc.constantFrom<object | string>("everything", { per: "day", percent: 15, floor: 20 });
    const dues = fc.array(hours, { minLength: 3, maxLength: 3 });
    const at = (hour: number): string => new Date(Date.parse(DUE) + hour * 3_600_000).toISOString();
    const grade = madeGrade({ 1: SCENES, 2: [{ name: "b", points: 7 }], 3: [{ name: "c", points: 4 }] });
    fc.assert(
      fc.property(
        hours,
        fc.nat(100),
        dues,
        fc.nat(5),
        fc.nat(3),
        costs,
        (hour, more, due, bank, perLab, cost) => {
          const labs = Object.fromEntries(due.map((each, i) => [i + 1, { due: at(each) }]));
          const policy = course({ labs, late: { cost, days: { bank, perLab } } });
          const [early, later] = [hour, hour + more].map((time) =>
            marksOf(grade, policy, { ...ALICE, submittedAt: at(time) }),
          ) as [Marks, Marks];
          expect(later.points).to.be.at.most(early.points);
          for (const marks of [early, later]) {
            const used = marks.labs.map(({ late: each }) => each?.daysUsed ?? 0);
            expect(used.reduce((sum, days) => sum + days, 0)).to.be.at.most(bank);
            expect(Math.max(...used)).to.be.at.most(perLab);
          }
        },
      ),
    );
  });
});
