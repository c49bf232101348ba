import { expect } from "chai";
import type { ClassDocument } from "../batch/class-document";
import { classPage } from "./class-page";
import { parsed } from "./parsed";
import { sampleClass } from "./samples";

/** What a reader of the page reads, a blank between any two things. */
function read(document: ClassDocument): string {
  const body = parsed(classPage(document)).elements.find(({ name }) => name === "main");
  return (body?.text() ?? "").replace(/\s+/g, " ");
}

describe("the page of a class", () => {
  it("lists every student with points by lab, and links to their pages", () => {
    const made = sampleClass(300);
    const { elements } = parsed(classPage(made));
    const links = elements.filter(({ attributes }) => attributes.get("href")?.endsWith(".html"));
    for (const { name, file } of made.students)
      expect(links.some((link) => link.attributes.get("href") === `./${file}.html` && link.text() === name))
        .to.be.true;
    const figures = elements
      .filter(({ name }) => name === "data")
      .map(({ attributes }) => Number(attributes.get("value")));
    expect(figures).to.deep.equal(
      made.students.flatMap(({ points, labs }) => [points, ...labs.map((lab) => lab.points)]),
    );
  });

  it("says what is odd about a student", () => {
    const [student] = sampleClass(1).students;
    if (student === undefined) throw new Error("a class of one has one");
    const text = read(
      sampleClass(1, {
        students: [
          {
            ...student,
            flags: [
              { kind: "identical", text: "The same files as bob." },
              { kind: "judge-error", text: "2 runs failed." },
            ],
            identicalTo: "bob",
            submissions: ["a-1", "a-2"],
          },
        ],
      }),
    );
    expect(text).to.contain("identical to bob").and.contain("The same files as bob.");
    expect(text).to.contain("not final").and.contain("2 runs failed.").and.contain("2 attempts");
  });

  it("puts errors of the grader before all else, and says if there are none", () => {
    const judgeErrors = [{ student: "student-003", scene: "figure 8", seed: 77, message: "undecided" }];
    const ungraded = [{ submission: "student-001", message: "the disk is full" }];
    const text = read(sampleClass(8, { judgeErrors, ungraded }));
    expect(text).to.match(
      /^ ?Needs a human 1 run ended twice in an error of the grader\..*student-003 figure 8 77 undecided/,
    );
    expect(text).to.contain("1 submission could not be judged").and.contain("student-001: the disk is full");
    expect(text.indexOf("undecided")).to.be.below(text.indexOf("Totals"));
    expect(read(sampleClass(8))).to.match(/^ ?Needs a human Nothing/);
  });

  it("warns where no sandbox stood between programs and grader", () => {
    expect(read(sampleClass(8, { isolation: "process" }))).to.contain("No sandbox stood");
    expect(read(sampleClass(8, { isolation: "permission" }))).to.contain("No sandbox stood");
    expect(read(sampleClass(8, { isolation: "namespaces" }))).not.to.contain("No sandbox stood");
  });

  it("groups failures by rule, with one message, the scenes and the students", () => {
    const text = read(
      sampleClass(8, {
        groups: [
          {
            rule: "A vote survives a crash (§5.1)",
            verdict: "wrong",
            lab: 3,
            students: ["student-001", "student-002"],
            submissions: ["student-001", "student-002"],
            scenes: ["persist 1", "the vote"],
            example: { student: "student-002", scene: "the vote", message: "server 1 voted twice in term 4" },
          },
        ],
      }),
    );
    expect(text).to.match(
      /2 A vote survives a crash \(§5\.1\) Lab 3, wrong student-002 in “the vote”: server 1 voted twice in term 4 2 scenes: persist 1, the vote 2 students: student-001, student-002/,
    );
  });

  it("names scenes that nobody or everybody passed, and how many passed each", () => {
    const scene = (name: string, passed: number): ClassDocument["labs"][number]["scenes"][number] => {
      return { name, passed, judged: 300, maxPoints: 2, challenge: false };
    };
    const scenes = [scene("easy", 300), scene("hard", 0), scene("nearly easy", 299), scene("nearly hard", 1)];
    const text = read(sampleClass(2, { labs: [{ lab: 1, title: "One", maxPoints: 8, scenes }] }));
    expect(text).to.contain("Nobody passed (1): hard.").and.contain("Everybody passed (1): easy.");
    expect(text).to.match(/nearly easy 2 299 of 300 99 % nearly hard 2 1 of 300 1 %/);
  });

  it("says how it was graded", () => {
    const text = read(sampleClass(8));
    expect(text)
      .to.contain("ab".repeat(32))
      .and.contain("bubblewrap")
      .and.contain("transcript")
      .and.contain("v20.20.2");
    expect(text).to.contain("2 h 15 min of gradings, 17 min a submission, 2 at a time");
    expect(read(sampleClass(8, { seedBase: 7, seedCommitment: undefined }))).to.contain("derived from 7");
  });

  it("can be made of a class without students", () => {
    expect(read(sampleClass(0))).to.contain("There are no students.");
  });

  it("takes less than a second and 2 MB for 300 students who broke 150 rules", () => {
    const made = sampleClass(300);
    const groups = Array.from({ length: 10 }, () => made.groups).flat();
    const before = process.cpuUsage();
    const page = classPage({ ...made, groups });
    const { user, system } = process.cpuUsage(before);
    expect(groups).to.have.lengthOf(150);
    expect(Buffer.byteLength(page)).to.be.below(2_000_000);
    expect((user + system) / 1e6).to.be.below(1);
  });
});
