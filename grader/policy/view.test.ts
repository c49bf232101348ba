import { expect } from "chai";
import fc from "fast-check";
import { madeGrade } from "../fixtures/grade";
import { madeCourse } from "../fixtures/policy";
import type { Grade } from "../schema/grade";
import { FEEDBACK, type Feedback } from "./course";
import { marksOf } from "./marking";
import { type Stage, type View, viewOf } from "./view";

const ALICE = { student: "alice", submission: "alice.zip", submittedAt: "2026-10-01T12:00:00.000Z" };

const GRADE = madeGrade(
  {
    1: [
      { name: "passes", points: 3 },
      { name: "fails", points: 2, verdicts: ["accepted", "stalled", "wrong"], message: "the message" },
    ],
    2: [{ name: "other", points: 5 }],
  },
  { problems: ["raft.ts:1: a problem"], remarks: ["a remark"], typeErrors: ["raft.ts:2: a type"] },
);

function view(changes: object, stage: Stage, grade: Grade = GRADE): View {
  const course = madeCourse(changes);
  return viewOf(marksOf(grade, course, ALICE), grade, course, stage);
}

const before = (level: Feedback, changes: object = {}): View =>
  view({ feedback: { before: level, ...changes } }, "before");

describe("a view", () => {
  const listed = { name: "fails", points: 0, maxPoints: 2, seeds: 3, challenge: false, verdict: "stalled" };
  const broken = { rule: "Election Safety (§5.2)" };

  it("shows everything at the level full", () => {
    const { labs, points, provenance } = before("full");
    expect(points).to.equal(8);
    expect(labs[0]).to.deep.include({
      lab: 1,
      title: "Lab number 1",
      points: 3,
      maxPoints: 5,
      hidden: 0,
      passed: 1,
    });
    expect(labs[0]?.scenes[1]).to.deep.equal({
      ...listed,
      ...broken,
      failed: 2,
      message: "the message",
      virtualMs: 1234,
      server: 1,
      seed: 1001,
      replay: 'npm run lab -- 1 --only "fails" --seed 1001 --hidden',
    });
    expect(provenance).to.deep.equal({
      course: GRADE.course,
      node: GRADE.node,
      isolation: "bubblewrap",
      border: "transcript",
      seedBase: 1,
      digest: GRADE.digest,
    });
  });

  it("shows the broken rule, or the verdict alone", () => {
    expect(before("rule").labs[0]?.scenes[1]).to.deep.equal({ ...listed, ...broken, failed: 2 });
    expect(before("verdict").labs[0]?.scenes[1]).to.deep.equal(listed);
    expect(before("verdict")).to.deep.include({ points: 8, maxPoints: 10 });
    expect(before("rule").provenance).not.to.have.property("seedBase");
  });

  it("shows how many scenes there are, and no points, unless totals are shown", () => {
    const [lab] = before("count").labs;
    expect(lab).to.deep.equal({
      lab: 1,
      title: "Lab number 1",
      maxPoints: 5,
      scenes: [],
      hidden: 2,
      passed: 1,
    });
    expect(before("count")).not.to.have.property("points");
    expect(before("count", { totals: true })).to.have.property("points", 8);
    expect(before("count", { totals: true }).labs[0]).to.have.property("points", 3);
  });

  it("shows nothing but that there is a lab", () => {
    const [lab] = before("nothing").labs;
    expect(lab).to.deep.equal({ lab: 1, title: "Lab number 1", maxPoints: 5, scenes: [], hidden: 2 });
  });

  it("hides the whole if a part is hidden, for it would tell it", () => {
    const mixed = { feedback: { before: "full" }, labs: { 2: { feedback: { before: "count" } } } };
    const found = view(mixed, "before");
    expect(found).not.to.have.property("points");
    expect(found.labs.map(({ points }) => points)).to.deep.equal([3, undefined]);
    expect(found.provenance).not.to.have.property("seedBase");
    expect(view(mixed, "after")).to.have.property("points", 8);
  });

  it("is of its stage; staff see everything", () => {
    const feedback = { before: "nothing", after: "verdict" };
    expect(view({ feedback }, "before").labs[0]?.hidden).to.equal(2);
    expect(view({ feedback }, "after").labs[0]?.scenes[1]).to.deep.equal(listed);
    expect(view({ feedback }, "staff")).to.deep.equal({ ...before("full"), stage: "staff" });
  });

  it("always shows what is wrong with the student's own files, and when they came", () => {
    const { problems, remarks, typeErrors } = GRADE;
    expect(before("nothing")).to.deep.include({ ...ALICE, problems, remarks, typeErrors, final: true });
  });

  it("shows caps, and lateness with the points that it costs", () => {
    const due = "2026-10-01T11:00:00Z";
    const late = { cost: { per: "hour", percent: 10 } };
    const caps = [{ lab: 1, student: "*", by: "staff", cap: 0.5, at: due }];
    const shown = (level: Feedback): View =>
      view({ feedback: { before: level }, labs: { 1: { due } }, late, caps }, "before");
    const [lab] = shown("verdict").labs;
    expect(lab).to.deep.include({ points: 2.5 });
    expect(lab?.late?.factor).to.equal(0.9);
    expect(lab?.cap?.to).to.equal(2.5);
    expect(shown("count").labs[0]).not.to.have.property("late"); // late days are drawn where they save points
  });

  it("never says why an attempt counts where its points are hidden", () => {
    const course = madeCourse({ feedback: { before: "count", after: "rule" } });
    const chosen = [{ submission: "alice.zip", sentence: "the best of 2 submissions: 8 of 10 points" }];
    const marks = { ...marksOf(GRADE, course, ALICE), chosen };
    expect(viewOf(marks, GRADE, course, "before")).not.to.have.property("chosen");
    expect(viewOf(marks, GRADE, course, "after").chosen).to.equal(chosen);
  });
});

describe("no view", () => {
  const level = fc.constantFrom(...FEEDBACK);
  const verdicts = fc.array(fc.constantFrom("accepted", "wrong", "stalled", "judge-error"), {
    minLength: 1,
    maxLength: 4,
  }) as fc.Arbitrary<readonly ("accepted" | "wrong" | "stalled" | "judge-error")[]>;
  const scenes = fc.array(verdicts, { minLength: 1, maxLength: 4 });
  const stage = fc.constantFrom<Stage>("before", "after", "staff");

  /** Every text and seed that may be hidden is one that nothing else contains. */
  function secretGrade(
    labs: readonly (readonly (readonly ("accepted" | "wrong")[])[])[],
    base: number,
  ): Grade {
    const made = labs.map((each, lab) =>
      each.map((all, i) => ({
        name: `NAME-${lab}-${i}-`,
        verdicts: all,
        rule: `RULE-${lab}-${i}-`,
        message: `MESSAGE-${lab}-${i}-`,
      })),
    );
    const grade = madeGrade(Object.fromEntries(made.map((each, i) => [i + 1, each])), { seedBase: base });
    let seed = 4_000_000_000;
    return {
      ...grade,
      labs: grade.labs.map((lab) => ({
        ...lab,
        scenes: lab.scenes.map((scene) => {
          const first = ++seed;
          const { firstFailure: failure, ...rest } = scene;
          const runs = scene.runs.map((run) => ({ ...run, seed: ++seed, hash: `HASH-${seed}` }));
          return {
            ...rest,
            runs,
            ...(failure && { firstFailure: { ...failure, seed: first, replay: `REPLAY-${first}` } }),
          };
        }),
      })),
    };
  }

  it("holds a text or a seed that its level hides", () => {
    const one = fc.record({ scenes, before: level, after: level });
    const labsOf = fc.array(one, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(labsOf, stage, fc.boolean(), fc.nat(1), (parts, at, totals, which) => {
        const base = 3_999_999_999;
        const grade = secretGrade(parts.map((part) => part.scenes) as never, base);
        const labs = Object.fromEntries(
          parts.map(({ before: first, after: then }, i) => [
            i + 1,
            { feedback: { before: first, after: then } },
          ]),
        );
        const seedsNeeded = which === 0 ? "all" : "share";
        const found = JSON.stringify(view({ labs, seedsNeeded, feedback: { totals } }, at, grade));
        grade.labs.forEach(({ scenes: own }, i) => {
          const part = parts[i];
          const shown = at === "staff" || part === undefined ? "full" : part[at];
          for (const { name, firstFailure: failure, runs } of own) {
            const texts: readonly (readonly [string | number | undefined, readonly Feedback[]])[] = [
              [name, ["full", "rule", "verdict"]],
              [failure?.rule, ["full", "rule"]],
              [failure?.message, ["full"]],
              [failure?.seed, ["full"]],
              // The command that names the instructor's folder.
              [failure?.replay, at === "staff" ? ["full"] : []],
            ];
            for (const [text, levels] of texts) {
              if (text === undefined) continue;
              expect(found.includes(String(text)), `${text} at ${shown}`).to.equal(levels.includes(shown));
            }
            for (const { seed, hash } of runs) {
              expect(found).not.to.include(String(seed));
              expect(found).not.to.include(hash);
            }
          }
        });
        const open = at === "staff" || parts.every((part) => part[at] === "full");
        expect(found.includes(String(base))).to.equal(open);
      }),
    );
  });

  it("tells points from which those of a hidden scene could be worked out", () => {
    fc.assert(
      fc.property(fc.array(level, { minLength: 1, maxLength: 3 }), (levels) => {
        const labs = Object.fromEntries(levels.map((each, i) => [i + 1, { feedback: { before: each } }]));
        const grade = madeGrade(
          Object.fromEntries(levels.map((_, i) => [i + 1, [{ name: "a" }, { name: "b" }]])),
        );
        const found = view({ labs }, "before", grade);
        const hidden = levels.map((each) => each === "count" || each === "nothing");
        expect(found.labs.map(({ points }) => points === undefined)).to.deep.equal(hidden);
        expect(found.points === undefined).to.equal(hidden.includes(true));
      }),
    );
  });
});
