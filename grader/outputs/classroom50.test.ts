import Ajv from "ajv/dist/2020";
import { expect } from "chai";
import fc from "fast-check";
import { UsageError } from "../../labs/kit/program/errors";
import { VERDICTS } from "../../labs/kit/scene/outcome";
import { JudgeError } from "../../labs/runner/pool";
import { classroom50Result, type Classroom50Submission } from "./classroom50";
import { CLASSROOM50 } from "./fixtures/schemas";
import { hostileView, labView, sceneView, viewOfLabs, withoutScenes } from "./fixtures/view";
import { wholeNumbers } from "./share";

const validate = new Ajv({ strictRequired: false }).compile(CLASSROOM50);

const SUBMISSION: Classroom50Submission = {
  classroom: "replication",
  assignment: "lab-2",
  assignmentType: "individual",
  owner: "alice",
  tag: "submit/2026-10-01T14-32-05Z-a1b2c3d",
  commitUrl: "https://example.org/commit/1",
  releaseUrl: "https://example.org/release/1",
  reviewUrl: "https://example.org/compare/1",
  submittedAt: "2026-10-01T14:32:01Z",
  gradedAt: "2026-10-01T14:33:11Z",
};

const result = (view: Parameters<typeof classroom50Result>[0]) => classroom50Result(view, SUBMISSION);

describe("result.json of Classroom 50", () => {
  it("has what its fields list asks for, whatever the texts", () => {
    const plainOne = viewOfLabs([
      labView(
        1,
        VERDICTS.map((verdict) => sceneView(verdict, verdict)),
      ),
    ]);
    for (const view of [plainOne, hostileView()]) {
      expect(validate(result(view)), JSON.stringify(validate.errors)).to.equal(true);
    }
  });

  it("keeps the instant of the submission apart from that of the grading", () => {
    const { datetime, graded_at } = result(viewOfLabs([labView(1, [sceneView("a")])]));
    expect([datetime, graded_at]).to.deep.equal(["2026-10-01T14:32:01Z", "2026-10-01T14:33:11Z"]);
  });

  it("lets only what is accepted pass", () => {
    const scenes = VERDICTS.map((verdict) => sceneView(verdict, verdict));
    const passed = result(viewOfLabs([labView(1, scenes)])).tests.filter((test) => test.passed);
    expect(passed.map(({ verdict }) => verdict)).to.deep.equal(["accepted"]);
  });

  it("takes what lateness takes from each scene alike, in whole points that add up", () => {
    const scenes = [sceneView("a"), sceneView("b"), sceneView("c"), sceneView("d", "wrong")];
    const { score, tests, ...rest } = result(viewOfLabs([labView(1, scenes, { points: 24.5 })]));
    expect([score, rest["max-score"]]).to.deep.equal([25, 40]);
    expect(tests.map((test) => test.score)).to.deep.equal([9, 8, 8, 0]);
  });

  it("counts scenes that are not listed in a line of their own", () => {
    const lab = labView(2, [sceneView("listed")], { hidden: 3, points: 25, maxPoints: 40 });
    expect(result(viewOfLabs([lab])).tests).to.deep.include({
      "test-name": "Lab 2: Title 2: 3 scenes that are not listed",
      passed: false,
      score: 15,
      "max-score": 30,
    });
  });

  it("gives a bonus no maximum", () => {
    const lab = labView(1, [sceneView("a"), sceneView("b", "accepted", { challenge: true })], {
      maxPoints: 10,
    });
    const { score, tests, ...rest } = result(viewOfLabs([lab]));
    expect([score, rest["max-score"]]).to.deep.equal([20, 10]);
    expect(tests[1]).to.include({ score: 10, "max-score": 0 });
  });

  it("is not made of marks that are not final, or that are hidden", () => {
    const view = viewOfLabs([labView(1, [sceneView("a", "judge-error")])], { final: false });
    expect(() => result(view)).to.throw(JudgeError, "not final");
    expect(() => result(withoutScenes(hostileView(), 1))).to.throw(UsageError, "--stage after");
  });
});

describe("whole numbers", () => {
  it("add up to the rounded sum, each next to its part", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 30 }), (parts) => {
        const whole = wholeNumbers(parts);
        const total = (all: readonly number[]): number => all.reduce((sum, part) => sum + part, 0);
        expect(total(whole)).to.equal(Math.round(total(parts)));
        whole.forEach((number, i) => expect(Math.abs(number - (parts[i] ?? NaN))).to.be.below(1));
      }),
    );
  });
});
