import { expect } from "chai";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { madeGrade } from "../fixtures/grade";
import { madeCourse } from "../fixtures/policy";
import { listen, type Said } from "../fixtures/room";
import { standing } from "../policy/attempts";
import { marksOf } from "../policy/marking";
import type { Grade } from "../schema/grade";
import { runExport } from "./export-command";

const GRADE = madeGrade({
  1: [{ name: "first" }, { name: "second", verdicts: ["accepted", "wrong"], message: "two leaders" }],
  2: [{ name: "third", verdicts: ["stalled"] }],
});

const BROKEN = madeGrade({ 1: [{ name: "first", verdicts: ["judge-error"] }] });

const CLASSROOM = {
  CLASSROOM: "replication",
  ASSIGNMENT: "labs",
  SUBMISSION_TAG: "submit/2026-10-01T14-32-05Z-a1b2c3d",
  COMMIT_URL: "https://example.org/c",
  RELEASE_URL: "https://example.org/r",
  USERNAME: "alice",
};

describe("grade export", () => {
  let room: string;
  beforeEach(() => {
    room = mkdtempSync(path.join(tmpdir(), "export-"));
  });
  afterEach(() => {
    rmSync(room, { recursive: true });
  });

  const at = (...parts: string[]): string => path.join(room, ...parts);
  const read = (...parts: string[]): string => readFileSync(at(...parts), "utf8");
  const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Said> =>
    listen((place) => runExport(args, { ...place, root: room }, env));

  function file(name: string, content: object | string): string {
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(at(name), typeof content === "string" ? content : JSON.stringify(content));
    return at(name);
  }

  /** A class as `grade batch` leaves it. */
  function classOf(grades: Readonly<Record<string, Grade>>, student = (name: string) => name): string {
    const marks = Object.entries(grades).map(([name, grade]) => {
      const own = marksOf(grade, madeCourse(), { student: student(name), submission: `${name}.zip` });
      file(`class/grades/${name}.json`, grade);
      file(`class/marks/${name}.json`, own);
      return own;
    });
    for (const name of new Set(marks.map((own) => own.student))) {
      const attempts = marks.filter((own) => own.student === name);
      file(`class/standing/${name}.json`, standing(attempts, madeCourse()));
    }
    return at("class");
  }

  describe("of one submission", () => {
    it("writes each format to standard output, or into a file", async () => {
      const grade = file("grade.json", GRADE);
      const begins = {
        gradescope: '{\n  "score": 2,',
        classroom50: '{\n  "schema": "classroom50/result/v1"',
        github: "::error title=Lab 1",
        ctrf: '{\n  "reportFormat": "CTRF"',
        junit: '<?xml version="1.0"',
        prairielearn: '{\n  "gradable": true,\n  "score": 0.333',
      };
      for (const [format, begin] of Object.entries(begins)) {
        const { code, out, error } = await run(["--to", format, grade], CLASSROOM);
        expect([code, error, out.slice(0, begin.length)], format).to.deep.equal([0, "", begin]);
      }
      const { code, out } = await run(["--to", "ctrf", grade, "--out", at("ctrf.json")]);
      expect([code, out]).to.deep.equal([0, ""]);
      expect(JSON.parse(read("ctrf.json"))).to.include({ reportFormat: "CTRF" });
    });

    it("shows what students may see by now, unless staff asks", async () => {
      const grade = file("grade.json", GRADE);
      const course = file("course.json", { schema: "replication-labs/course/1" });
      const now = await run(["--to", "junit", grade, "--course", course]);
      expect(now.out).to.include("Election Safety").and.not.to.include("two leaders");
      const staff = await run(["--to", "junit", grade, "--course", course, "--stage", "staff"]);
      expect(staff.out).to.include("two leaders");
      const past = { 1: { due: "2026-01-01T00:00:00Z" }, 2: { due: "2026-01-02T00:00:00Z" } };
      file("course.json", { schema: "replication-labs/course/1", labs: past });
      expect((await run(["--to", "junit", grade, "--course", course])).out).to.include("two leaders");
    });

    it("counts lateness by what Gradescope says, or by what it is told", async () => {
      const late = { cost: { per: "day", percent: 50 } };
      const labs = { 1: { due: "2030-01-01T00:00:00Z" } };
      const course = file("course.json", { schema: "replication-labs/course/1", late, labs });
      const args = ["--to", "gradescope", file("grade.json", GRADE), "--course", course];
      const metadata = file("m.json", {
        created_at: "2026-10-02T10:00:00.000000-07:00",
        assignment: { due_date: "2026-10-01T23:59:00.000000-07:00" },
        users: [{ email: "alice@example.edu" }],
      });
      const score = (said: Said): unknown => (JSON.parse(said.out) as { score: number }).score;
      expect(score(await run(args))).to.equal(2);
      expect(score(await run([...args, "--metadata", metadata]))).to.equal(1);
      expect(score(await run([...args, "--submitted", "2029-12-31T00:00:00Z"]))).to.equal(2);
      expect(score(await run([...args, "--submitted", "2030-01-01T10:00:00Z"]))).to.equal(1);
    });

    it("puts grades of single labs together, and says if some are still to come", async () => {
      const parts = [1, 2].map((lab) => file(`${lab}.json`, { ...GRADE, labs: [GRADE.labs[lab - 1]] }));
      const all = await run(["--to", "ctrf", ...parts]);
      expect(JSON.parse(all.out)).to.have.nested.include({
        "results.extra.maxPoints": 6,
        "results.extra.final": true,
      });
      const part = await run(["--to", "ctrf", parts[0] ?? "", "--part"]);
      expect(JSON.parse(part.out)).to.have.nested.include({
        "results.extra.maxPoints": 4,
        "results.extra.final": false,
      });
    });

    it("adds the summary of a step to the file that GitHub names", async () => {
      const summary = file("summary.md", "before\n");
      const args = ["--to", "github", file("grade.json", GRADE)];
      await run(args, { GITHUB_STEP_SUMMARY: summary });
      expect(read("summary.md")).to.match(/^before\n# 2 of 6 points/);
      await run([...args, "--summary", at("own.md")]);
      expect(read("own.md")).to.match(/^# 2 of 6 points/);
    });

    it("takes the time of a submission from its tag, unless it is told better", async () => {
      const args = ["--to", "classroom50", file("grade.json", GRADE)];
      const result = (said: Said): object => JSON.parse(said.out) as object;
      expect(result(await run(args, CLASSROOM))).to.include({
        datetime: "2026-10-01T14:32:05Z",
        owner: "alice",
      });
      const told = await run([...args, "--submitted", "2026-10-01T16:32:01+02:00"], CLASSROOM);
      expect(result(told)).to.include({ datetime: "2026-10-01T14:32:01Z" });
    });

    it("ends with 4 where the grader failed, and gives Classroom 50 nothing", async () => {
      const grade = file("grade.json", BROKEN);
      const { code, out } = await run(["--to", "gradescope", grade]);
      expect(code).to.equal(4);
      expect(out).to.include("not final");
      const classroom = await run(["--to", "classroom50", grade, "--out", at("result.json")], CLASSROOM);
      expect(classroom.code).to.equal(4);
      expect(readdirSync(room)).not.to.include("result.json");
    });
  });

  describe("of a class", () => {
    it("writes a file for each submission", async () => {
      const source = classOf({ alice: GRADE, "b=20b": GRADE });
      const { code, out } = await run(["--to", "junit", source, "--out", at("reports")]);
      expect([code, out]).to.deep.equal([0, `${at("reports")}: 2 files\n`]);
      expect(readdirSync(at("reports"))).to.deep.equal(["alice.xml", "b=20b.xml"]);
    });

    it("is refused if the marks rest on another policy", async () => {
      const source = classOf({ alice: GRADE });
      file("class/course.json", madeCourse());
      expect((await run(["--to", "junit", source, "--out", at("reports")])).code).to.equal(0);
      const course = file("other.json", { schema: "replication-labs/course/1", challenge: "none" });
      const args = ["--course", course, "--out", at("others")];
      const { code, error } = await run(["--to", "junit", source, ...args]);
      expect([code, error.includes("rest on another policy")]).to.deep.equal([2, true]);
      expect(readdirSync(room)).not.to.include("others");
    });

    const CANVAS =
      "Student,ID,SIS User ID,SIS Login ID,Section,Lab 1 (1),Lab 2 (2)\r\n    Points Possible,,,,,4,2\r\n";

    it("fills in a gradebook with the points that count, by the ids of the roster", async () => {
      const better = madeGrade({ 1: [{ name: "first" }, { name: "second" }], 2: [{ name: "third" }] });
      const source = classOf({ alice: GRADE, "alice-2": better, bob: GRADE }, (name) =>
        name.replace("-2", ""),
      );
      const students = { roster: { alice: { "SIS Login ID": "a1" } } };
      const course = file("course.json", { schema: "replication-labs/course/1", students });
      const template = file(
        "canvas.csv",
        `${CANVAS}Alice,1,x,a1,S,,\r\nBob,2,y,bob,S,,\r\nCarol,3,z,carol,S,,\r\n`,
      );
      const args = ["--to", "canvas", source, "--course", course, "--template", template, "--labs", "1"];
      const { code, out, error } = await run([...args, "--column", "Lab 1 (1)", "--out", at("filled.csv")]);
      expect([code, error]).to.deep.equal([0, ""]);
      expect(read("filled.csv")).to.equal(
        `${CANVAS}Alice,1,x,a1,S,4,\r\nBob,2,y,bob,S,2,\r\nCarol,3,z,carol,S,,\r\n`,
      );
      expect(out)
        .to.match(/^“Lab 1 \(1\)”: 2 students filled in/)
        .and.include("without a grade (1):\n  carol\n");
      expect(out).not.to.include("Look at this");
    });

    it("tells of a graded student whom the gradebook does not know, with 1", async () => {
      const template = file("canvas.csv", `${CANVAS}Alice,1,x,alice,S,,\r\n`);
      const source = classOf({ alice: GRADE, mallory: GRADE });
      const { code, out, error } = await run([
        "--to",
        "canvas",
        source,
        "--template",
        template,
        "--column",
        "Lab 2 (2)",
        "--labs",
        "2",
      ]);
      expect([code, out]).to.deep.equal([1, `${CANVAS}Alice,1,x,alice,S,,0\r\n`]);
      expect(error).to.include("Graded, but not in the gradebook (1):\n  mallory\n");
    });

    it("leaves out marks that are not final, with 4", async () => {
      const template = file("m.csv", "Identifier,Email,Grade\nParticipant 1,alice,\nParticipant 2,bob,\n");
      const args = ["--template", template, "--column", "Grade", "--match", "Email"];
      const { code, out } = await run(["--to", "moodle", classOf({ alice: GRADE, bob: BROKEN }), ...args]);
      expect([code, out]).to.deep.equal([
        4,
        "Identifier,Email,Grade\nParticipant 1,alice,2\nParticipant 2,bob,\n",
      ]);
    });
  });

  it("explains itself", async () => {
    const { code, out, error } = await run(["--help"]);
    expect([code, error]).to.deep.equal([0, ""]);
    expect(out).to.include("--template").and.include("Exit code: 0").and.include("prairielearn");
  });

  it("says in one line what is wrong", async () => {
    const grade = file("grade.json", GRADE);
    const csv = file("m.csv", "Identifier,Email,Grade\n");
    const wrong: readonly (readonly [args: readonly string[], says: RegExp])[] = [
      [[grade], /^error: required option '--to <format>' not specified/],
      [["--to", "excel", grade], /^error: option '--to <format>' argument 'excel' is invalid/],
      [["--to", "junit"], /^error: missing required argument 'source'/],
      [["--to", "junit", at("none.json")], /^“.*none\.json” cannot be read \(ENOENT\)\n$/],
      [["--to", "junit", csv], /^“.*m\.csv” is no JSON\n$/],
      [["--to", "junit", file("x.json", {})], /^“.*x\.json” is no document of a grade: schema: .*\n$/],
      [["--to", "junit", grade, "--submitted", "noon"], /^--submitted noon: say it in ISO 8601/],
      [["--to", "junit", grade, "--out", at("no", "x.xml")], /cannot be written \(ENOENT\)\n$/],
      [["--to", "junit", grade, "--course", at("none.json")], /none\.json/],
      [["--to", "classroom50", grade], /^SUBMISSION_TAG is not set; Classroom 50 sets it/],
      [["--to", "github", classOf({ alice: GRADE })], /^github is about one submission/],
      [["--to", "junit", classOf({ alice: GRADE })], /^of a class, --out names a folder/],
      [["--to", "junit", classOf({ alice: GRADE }), grade], /^name one class, or one grade\.json, at a time/],
      [["--to", "junit", grade, grade], /^two of these grades have Lab 1/],
      [["--to", "canvas", grade], /^canvas: say with --template/],
      [["--to", "moodle", grade, "--template", csv, "--column", "Grade"], /^moodle: say with --match/],
      [["--to", "canvas", grade, "--template", csv, "--column", "Grade"], /^this is no gradebook of Canvas/],
      [
        ["--to", "moodle", grade, "--template", csv, "--column", "Grade", "--match", "Email", "--out", csv],
        /^--out is the file of --template/,
      ],
      [
        ["--to", "moodle", grade, "--template", csv, "--column", "Grade", "--match", "Email", "--labs", "5"],
        /^there is no lab “5”; there are: 1 \(Lab number 1\), 2/,
      ],
    ];
    for (const [args, says] of wrong) {
      const { code, out, error } = await run(args);
      expect([code, out], args.join(" ")).to.deep.equal([2, ""]);
      expect(error).to.match(says);
      expect(error).not.to.match(/^ +at /m);
    }
  });
});
