import { expect } from "chai";
import { parse } from "csv-parse/sync";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import picocolors from "picocolors";
import { JudgeError } from "../../labs/runner/pool";
import { folderOf, removeFolders } from "../../labs/runner/fixtures/folder";
import { madeGrade, type MadeScene } from "../fixtures/grade";
import { madeCourse } from "../fixtures/policy";
import type { Grade } from "../schema/grade";
import { type ClassDocument, classSchema } from "./class-document";
import { classCsv } from "./csv";
import type { Known } from "./intake";
import { safeName } from "./names";
import { rewriteClass } from "./rewrite";
import type { SummaryOrder } from "./summary";
import { classReport } from "./table";
import { writeClass } from "./write";

const ELECTION: MadeScene = { name: "an election", points: 4 };
const RESTART: MadeScene = { name: "a restart", points: 6 };
const lost = (message: string): MadeScene => {
  return { ...RESTART, verdicts: ["accepted", "wrong"], rule: "Durability (§5.1)", message };
};

describe("the summary of a class", () => {
  afterEach(removeFolders);

  interface Handed {
    readonly student?: string;
    readonly at?: string;
    readonly grade?: Grade;
    readonly known?: Partial<Known>;
    readonly failed?: string;
  }

  function orderOf(handed: Record<string, Handed>, changes: Partial<SummaryOrder> = {}): SummaryOrder {
    const out = folderOf({});
    mkdirSync(path.join(out, "grades"));
    const ungraded = new Map<Known, string>();
    const taken = Object.entries(handed).map(([name, { student = name, at, grade, known, failed }], i) => {
      const file = safeName(name);
      const entry = { name, student, submittedAt: at ?? "2026-10-01T12:00:00.000Z" };
      const each: Known = { entry, file, digest: i.toString(16).padStart(64, "0"), isEmpty: false, ...known };
      if (failed !== undefined) ungraded.set(each, failed);
      const text = JSON.stringify({ ...grade, digest: each.digest });
      if (grade !== undefined) writeFileSync(path.join(out, "grades", `${file}.json`), text);
      return each;
    });
    const now = new Date("2026-11-01T00:00:00Z");
    return { out, course: madeCourse(), taken, ungraded, ignored: [], seeds: 2, workers: 2, now, ...changes };
  }

  function students({ students: all }: ClassDocument): unknown[] {
    return all.map(({ name, points, flags }) => [name, points, flags.map(({ kind }) => kind)]);
  }

  it("gives each student a row, by name, and keeps to its schema", () => {
    const order = orderOf({
      bob: { grade: madeGrade({ 1: [ELECTION, lost("x")] }) },
      alice: { grade: madeGrade({ 1: [ELECTION, RESTART] }) },
    });
    const document = writeClass(order);
    expect(classSchema.parse(document)).to.deep.equal(document);
    expect(students(document)).to.deep.equal([
      ["alice", 10, []],
      ["bob", 4, []],
    ]);
    expect(document.labs[0]?.scenes.map(({ name, passed, judged }) => [name, passed, judged])).to.deep.equal([
      ["an election", 2, 2],
      ["a restart", 1, 2],
    ]);
    expect(document).to.deep.include({ maxPoints: 10, wallMs: 2000, isolation: "bubblewrap", seeds: 2 });
    for (const folder of ["grades", "marks", "standing"])
      expect(readdirSync(path.join(order.out, folder)), folder).to.deep.equal(["alice.json", "bob.json"]);
    expect(readdirSync(path.join(order.out, "report"))).to.deep.equal([
      "alice.html",
      "bob.html",
      "index.html",
    ]);
  });

  it("groups failures by rule, not by message, and leaves our own errors out", () => {
    const broken: MadeScene = { ...ELECTION, verdicts: ["judge-error", "accepted"], rule: "ours" };
    const other: MadeScene = { ...ELECTION, verdicts: ["stalled", "stalled"], rule: "Liveness" };
    const document = writeClass(
      orderOf({
        a: { grade: madeGrade({ 2: [ELECTION, lost("server 1 forgot")], 3: [lost("again")] }) },
        b: { grade: madeGrade({ 2: [other, lost("server 2 forgot")] }) },
        c: { grade: madeGrade({ 2: [broken, lost("server 2 forgot")] }) },
      }),
    );
    expect(document.groups.map(({ rule, submissions }) => [rule, submissions])).to.deep.equal([
      ["Durability (§5.1)", ["a", "b", "c"]],
      ["Liveness", ["b"]],
    ]);
    expect(document.groups[0]).to.deep.include({
      ...{ lab: 2, verdict: "wrong", scenes: ["a restart"] },
      example: { student: "a", scene: "a restart", message: "server 1 forgot" },
    });
    expect(document.judgeErrors.map(({ student, scene, seed }) => [student, scene, seed])).to.deep.equal([
      ["c", "an election", 1000],
    ]);
    expect(document.students.map(({ final }) => final)).to.deep.equal([true, true, false]);
  });

  it("flags what an instructor should look at before they believe the points", () => {
    const nothing = (verdict: "not-gradable" | "does-not-compile"): Grade => {
      const scene: MadeScene = { ...ELECTION, verdicts: [verdict] };
      return madeGrade({ 1: [scene] }, { problems: [`${verdict} it is`] });
    };
    const twin = "f".repeat(64);
    const grade = madeGrade({ 1: [ELECTION] });
    const audited = madeGrade({ 1: [ELECTION] }, { audit: { runs: 12, differing: 2 } });
    const document = writeClass(
      orderOf({
        audited: { grade: audited },
        bomb: { grade: nothing("not-gradable"), known: { digest: null, refusal: "it is a bomb" } },
        broken: { grade: nothing("does-not-compile") },
        nothing: { grade: nothing("not-gradable") },
        skeleton: { grade, known: { isEmpty: true } },
        twin1: { grade, known: { digest: twin } },
        twin2: { grade, known: { digest: twin } },
        unlucky: { failed: "a process of the runner has ended" },
      }),
    );
    expect(students(document).map((row) => (row as unknown[])[2])).to.deep.equal([
      ["audit"],
      ["refused"],
      ["does-not-compile"],
      ["not-gradable"],
      ["empty"],
      ["identical"],
      ["identical"],
      ["ungraded"],
    ]);
    const texts = document.students.flatMap(({ flags }) => flags.map(({ text }) => text));
    expect(texts).to.include.members(["it is a bomb", "does-not-compile it is", "the same files as twin2"]);
    const report = classReport(document, picocolors.createColors(false));
    expect(report).to.match(/audit of transcripts.*\n {2}audited: 2 of 12 runs came out differently/);
    expect(document.students.map(({ identicalTo }) => identicalTo).filter(Boolean)).to.deep.equal(["twin1"]);
    expect(document.ungraded).to.deep.equal([
      { submission: "unlucky", message: "a process of the runner has ended" },
    ]);
    expect(document.students.at(-1)).to.deep.include({ points: 0, final: false, labs: [] });
  });

  it("lets the best attempt count, lab by lab, and calls lateness what it is", () => {
    const late = { ...{ cost: { per: "day", percent: 50 } } };
    const course = madeCourse({ labs: { 1: { due: "2026-10-02T00:00:00Z" } }, late });
    const document = writeClass(
      orderOf(
        {
          "a/1": { student: "a", grade: madeGrade({ 1: [lost("x")], 2: [ELECTION] }) },
          "a/2": {
            student: "a",
            at: "2026-10-02T12:00:00.000Z",
            grade: madeGrade({ 1: [RESTART], 2: [lost("y")] }),
          },
        },
        { course },
      ),
    );
    expect(document.students).to.have.lengthOf(1);
    expect(document.students[0]).to.deep.include({ name: "a", file: "a", points: 7 });
    expect(document.students[0]?.submissions).to.have.members(["a/1", "a/2"]);
    expect(document.students[0]?.flags.map(({ kind }) => kind)).to.deep.equal(["late"]);
    expect(document.submissions.map(({ name, points }) => [name, points])).to.deep.equal([
      ["a/1", 4],
      ["a/2", 3],
    ]);
  });

  it("writes pages and marks for names that no file system takes, and removes those of nobody", () => {
    const name = "../<b>=cmd|'\u001b[31m,李";
    const order = orderOf({ [name]: { grade: madeGrade({ 1: [lost("<script>\u0007")] }) } });
    mkdirSync(path.join(order.out, "students"));
    writeFileSync(path.join(order.out, "students", "gone.html"), "");
    const document = writeClass(order);
    const file = `${safeName(name)}.html`;
    expect(readdirSync(path.join(order.out, "students"))).to.deep.equal([file]);
    expect(readFileSync(path.join(order.out, "report", file), "utf8")).not.to.match(/<script>|<b>/);
    expect(existsSync(path.join(order.out, "..", "<b>"))).to.equal(false);
    const report = classReport(document, picocolors.createColors(false));
    expect(report).to.include("../<b>=cmd|'?[31m,李").and.not.include("\u001b").and.not.include("\u0007");
  });

  it("is a table for spreadsheets in which nothing is a formula", () => {
    const names = ["=1+1", "+x", "-x", "@x", "\tx", `a,"b"\n\u001bc`];
    const handed = names.map((name) => [name, { grade: madeGrade({ 1: [ELECTION], 3: [lost("x")] }) }]);
    const csv = classCsv(writeClass(orderOf(Object.fromEntries(handed) as Record<string, Handed>)));
    const [head, ...rows] = parse(csv, { bom: true });
    expect(head).to.deep.equal(["student", "lab 1", "lab 3", "total", "of", "final", "flags"]);
    expect(rows.map(([name]) => name)).to.have.members(["'=1+1", "'+x", "'-x", "'@x", "?x", `a,"b"??c`]);
    expect(rows[0]?.slice(1)).to.deep.equal(["4", "0", "4", "10", "yes", ""]);
    expect(csv.startsWith("\ufeffstudent")).to.equal(true);
  });

  it("fits the table into 80 columns and names what needs a human", () => {
    const labs = Object.fromEntries([1, 2, 3, 4, 5, 6].map((lab) => [lab, [{ ...RESTART, points: 170 }]]));
    const grade = madeGrade(labs, { judgeErrors: { retried: 2, left: 2 } });
    const broken = madeGrade({ 1: [{ ...ELECTION, verdicts: ["judge-error"], message: "undecided" }] });
    const order = orderOf({
      ["very-".repeat(20)]: { grade },
      b: { grade: broken },
      c: { failed: "it died" },
    });
    const report = classReport(
      writeClass({ ...order, ignored: [`"x.txt": no`] }),
      picocolors.createColors(false),
    );
    const table = report.slice(0, report.indexOf("\n\n"));
    expect(Math.max(...table.split("\n").map((line) => line.trimEnd().length))).to.be.at.most(80);
    expect(table).to.include("very-very-very-very-v…").and.include("1020?");
    for (const part of [
      `b: “an election”, seed 1000: undecided`,
      "c: not judged: it died",
      `ignored: "x.txt": no`,
    ])
      expect(report).to.include(part);
  });

  it("can be written again from what it wrote, by another policy", () => {
    const twin = { grade: madeGrade({ 1: [ELECTION] }), known: { digest: "f".repeat(64) } };
    const order = orderOf({
      ...{ z: twin, b: twin, c: { failed: "it died" } },
      bomb: {
        grade: madeGrade({ 1: [{ ...ELECTION, verdicts: ["not-gradable"] }] }),
        known: { digest: null, refusal: "it is a bomb" },
      },
    });
    const document = writeClass({ ...order, ignored: ["x"] });
    expect(rewriteClass(order.out, order.course, order.now)).to.deep.equal(document);
    const other = madeCourse({ labs: { 1: { points: 100 } } });
    expect(rewriteClass(order.out, other, order.now).students.map(({ points }) => points)).to.deep.equal([
      100, 0, 0, 100,
    ]);
  });

  it("complains if nothing could be judged at all", () => {
    expect(() => writeClass(orderOf({ a: { failed: "it died" } }))).to.throw(JudgeError, "it died");
  });
});
