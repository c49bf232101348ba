import Ajv from "ajv/dist/2020";
import { expect } from "chai";
import { UsageError } from "../../labs/kit/program/errors";
import { VERDICTS } from "../../labs/kit/scene/outcome";
import { GRADESCOPE } from "./fixtures/schemas";
import { hostileView, labView, sceneView, viewOfLabs, withoutScenes } from "./fixtures/view";
import { gradescopeResults } from "./gradescope";
import { readGradescopeMetadata } from "./gradescope-metadata";
import { ELSEWHERE } from "./verdicts";

const validate = new Ajv({ strictRequired: false }).compile(GRADESCOPE);

const STAFF = viewOfLabs([
  labView(1, [sceneView("first"), sceneView("second", "wrong")]),
  labView(2, [sceneView("third", "stalled")]),
]);

describe("results.json of Gradescope", () => {
  it("has what its fields list asks for, whatever the texts", () => {
    for (const view of [STAFF, hostileView(), withoutScenes(hostileView(), 1)]) {
      const results = gradescopeResults({ now: view, later: view, staff: view }, 12_345);
      expect(validate(results), JSON.stringify(validate.errors)).to.equal(true);
      expect(results.execution_time).to.equal(12.3);
    }
  });

  it("marks every text as plain text", () => {
    const view = hostileView();
    const results = gradescopeResults({ now: view, later: view, staff: view });
    const formats = [results.output_format, results.test_output_format, results.test_name_format];
    expect(formats).to.deep.equal(["text", "text", "text"]);
    expect(JSON.stringify(results))
      .not.to.match(/"(html|md|ansi|simple_format)"/)
      .and.not.to.include("\\u001b");
  });

  it("shows a scene to the first reader who may see it, and keeps the total right", () => {
    const now = withoutScenes(withoutScenes(STAFF, 1), 2);
    const later = withoutScenes(STAFF, 2);
    const { tests, score, output } = gradescopeResults({ now, later, staff: STAFF });
    expect(tests.map(({ number, visibility }) => [number, visibility])).to.deep.equal([
      ["1.1", "after_due_date"],
      ["1.2", "after_due_date"],
      ["2.1", "hidden"],
    ]);
    expect(score).to.equal(10);
    expect(output).to.include("Gradescope hides the total").and.not.to.include("10 of 30");
  });

  it("tells a reader now only what is seen now", () => {
    const {
      rule: _rule,
      message: _message,
      seed: _seed,
      replay: _replay,
      ...bare
    } = sceneView("second", "wrong");
    const now = viewOfLabs([
      labView(1, [sceneView("first"), bare]),
      labView(2, [sceneView("third", "stalled")]),
    ]);
    const { tests } = gradescopeResults({ now, later: STAFF, staff: STAFF });
    expect(tests[1]?.visibility).to.equal("visible");
    expect(tests[1]?.output)
      .to.match(/^wrong under 3 of 10 seeds/)
      .and.not.to.include("leaders");
  });

  it("hides a total that policy hides behind a hidden test", () => {
    const { points: _points, ...now } = STAFF;
    const { tests } = gradescopeResults({ now, later: STAFF, staff: STAFF });
    expect(tests.at(-1)).to.include({ name: "Points", visibility: "after_due_date" });
    const seen = gradescopeResults({ now: STAFF, later: STAFF, staff: STAFF });
    expect(seen.tests.every(({ visibility }) => visibility === "visible")).to.equal(true);
  });

  it("maps every verdict, and gives no score where the grader failed", () => {
    const scenes = VERDICTS.map((verdict) => sceneView(verdict, verdict));
    const view = viewOfLabs([labView(1, scenes)], { final: false });
    const { tests, output } = gradescopeResults({ now: view, later: view, staff: view });
    for (const [i, verdict] of VERDICTS.entries()) {
      const { passed } = ELSEWHERE[verdict];
      expect(tests[i]).to.deep.include({ status: passed ? "passed" : "failed", tags: [verdict] });
      expect(tests[i]?.score, verdict).to.equal(verdict === "judge-error" ? undefined : passed ? 10 : 0);
    }
    expect(output).to.include("not final");
  });

  it("says which program was graded, and how", () => {
    const { extra_data } = gradescopeResults({ now: STAFF, later: STAFF, staff: STAFF });
    expect(extra_data).to.include({
      digest: "d".repeat(64),
      isolation: "bubblewrap",
      seedCommitment: "c".repeat(64),
      final: true,
    });
  });
});

describe("submission_metadata.json of Gradescope", () => {
  const METADATA = {
    id: 1,
    created_at: "2026-10-02T10:22:32.012345-07:00",
    assignment: { due_date: "2026-10-01T23:59:00.000000-07:00", title: "Lab 2" },
    users: [{ email: "alice@example.edu", id: 3, name: "Alice" }],
    submission_method: "upload",
  };
  const read = (document: unknown): unknown => readGradescopeMetadata(JSON.stringify(document), "m.json");

  it("gives the student, when it was handed in, and when it was due", () => {
    expect(read(METADATA)).to.deep.equal({
      student: "alice@example.edu",
      submittedAt: "2026-10-02T10:22:32.012345-07:00",
      dueAt: "2026-10-01T23:59:00.000000-07:00",
    });
    expect(read({ ...METADATA, assignment: { due_date: null } })).not.to.have.property("dueAt");
  });

  it("prefers the latest of the students' own due dates", () => {
    const user = (due: string): object => ({ email: "a", assignment: { due_date: due } });
    const users = [user("2026-10-05T00:00:00Z"), user("2026-10-04T23:00:00-07:00"), { email: "b" }];
    expect(read({ ...METADATA, users })).to.include({ dueAt: "2026-10-04T23:00:00-07:00" });
  });

  it("is refused in one line if it is something else", () => {
    expect(() => readGradescopeMetadata("no", "m.json")).to.throw(UsageError, "“m.json” is no JSON");
    expect(() => read({ ...METADATA, created_at: "yesterday" })).to.throw(UsageError, /created_at: /);
    expect(() => read({})).to.throw(UsageError, /^“m\.json” is no submission_metadata\.json/);
  });
});
