import { expect } from "chai";
import { madeGrade } from "../fixtures/grade";
import { madeCourse } from "../fixtures/policy";
import type { Feedback } from "../policy/course";
import { marksOf } from "../policy/marking";
import type { View } from "../policy/view";
import { viewOf } from "../policy/view";
import { parsed } from "./parsed";
import { sampleView } from "./samples";
import { studentPage } from "./student-page";

function read(view: View): string {
  const body = parsed(studentPage(view)).elements.find(({ name }) => name === "body");
  return (body?.text() ?? "").replace(/\s+/g, " ");
}

/** What a student reads of a failure under a level of feedback. */
function told(level: Feedback): string {
  const grade = madeGrade({
    1: [
      { name: "calm seas" },
      {
        name: "rough seas",
        verdicts: ["accepted", "wrong"],
        rule: "Election Safety",
        message: "two leaders of term 3",
      },
      {
        name: "the storm",
        verdicts: ["stalled", "stalled"],
        rule: "A leader is found",
        message: "nobody leads",
      },
    ],
  });
  const course = madeCourse({ feedback: { before: level, after: level } });
  const handedIn = { student: "alice", submission: "alice.zip" };
  return read(viewOf(marksOf(grade, course, handedIn), grade, course, "before"));
}

describe("the page of a student", () => {
  it("tells of a failure all that a full view shows", () => {
    const text = told("full");
    expect(text).to.contain("2 of 6 points, 1 of 3 scenes passed");
    expect(text).to.match(
      /✗ Election Safety wrong rough seas two leaders of term 3 0 of 2 points; failed under 1 of 2 seeds/,
    );
    expect(text)
      .to.contain("first under seed 1001")
      .and.contain(`npm run lab -- 1 --only "rough seas" --seed 1001 --hidden`);
    expect(text).to.match(/stalled What should have happened did not/);
    expect(text).not.to.match(/(?<!--)hidden/);
  });

  it("says what is hidden, and how much", () => {
    const rule = told("rule");
    expect(rule).to.contain("Election Safety").and.not.contain("two leaders").and.not.contain("1001");
    expect(rule).to.contain(
      "Of 2 failures only the broken rule is shown; message, seed and replay are hidden.",
    );
    const verdict = told("verdict");
    expect(verdict).to.contain("rough seas").and.not.contain("Election Safety");
    expect(verdict).to.contain("Of 2 failures only the verdict is shown; the broken rule is hidden.");
    const count = told("count");
    expect(count).to.contain("1 of 3 scenes passed").and.not.contain("rough seas");
    expect(count).to.contain("3 scenes of this lab are hidden.");
    const nothing = told("nothing");
    expect(nothing).to.contain("3 scenes of this lab are hidden.").and.not.contain("1 of 3");
  });

  it("says why points are fewer than those of the scenes, and which attempt counts", () => {
    const text = read(
      sampleView({ chosen: [{ submission: "alice-2", sentence: "The best of 3 attempts counts." }] }),
    );
    expect(text).to.contain("26 hours late: 90 % of the points count.").and.contain("late, × 0.9");
    expect(text).to.contain("The reference was released: at most 30 points.").and.contain("at most 30");
    expect(text).to.contain("The best of 3 attempts counts.");
  });

  it("has the command that replays a failure in one piece", () => {
    const commands = parsed(studentPage(sampleView())).elements.filter(({ name }) => name === "pre");
    expect(commands.map((command) => command.text())[0]).to.equal(
      'npm run lab -- 1 --only "scene 1.3" --seed 7 --subject alice',
    );
    expect(commands.every(({ attributes }) => attributes.get("tabindex") === "0")).to.be.true;
  });

  it("tells once what many scenes failed with", () => {
    const grade = madeGrade({
      1: ["one", "two", "three"].map((name) => ({
        name,
        verdicts: ["does-not-compile"],
        rule: "r",
        message: "no",
      })),
    });
    const course = madeCourse({});
    const marks = marksOf(grade, course, { student: "alice", submission: "alice.zip" });
    const text = read(viewOf(marks, grade, course, "staff"));
    expect(text)
      .to.contain("Failed (3)")
      .and.match(/and 2 scenes more, in the same words two .*failed under.* three /);
    expect(text.match(/✗/g)).to.have.lengthOf(1);
  });

  it("lists problems, remarks and type errors, with file and line apart", () => {
    const page = studentPage(sampleView());
    const codes = parsed(page)
      .elements.filter(({ name }) => name === "code")
      .map((code) => code.text());
    expect(codes).to.include("raft/raft.ts:12:5").and.include("raft/raft.ts:40:7");
    expect(read(sampleView())).to.contain("kv/server.ts is missing").and.contain("package.json is not used");
    expect(read(sampleView({ problems: Array.from({ length: 103 }, (_, i) => `p ${i}`) }))).to.contain(
      "And 3 more.",
    );
  });

  it("says that marks are not final, and is plain about a hidden total", () => {
    expect(read(sampleView({ final: false }))).to.contain("Not final.");
    expect(read(sampleView())).not.to.contain("Not final.");
    const { points: _points, ...hidden } = sampleView();
    expect(read(hidden)).to.contain("The points are hidden for now; there are 120 in all.");
  });

  it("links to the class only for staff", () => {
    expect(studentPage(sampleView({ stage: "staff" }))).to.contain('href="./index.html"');
    expect(studentPage(sampleView())).not.to.contain("index.html");
  });
});
