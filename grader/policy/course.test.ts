import { Ajv2020 } from "ajv/dist/2020";
import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { UsageError } from "../../labs/kit/program/errors";
import { GRADING_SEEDS } from "../grading/seeds";
import { COURSE_SCHEMA, courseJsonSchema } from "./course";
import { courseOf, defaultCourse, readCourse } from "./course-file";
import { checkCourse } from "./mistakes";

const BASE = { schema: COURSE_SCHEMA };
const DUE = "2026-10-01T23:59:00+02:00";

const mistakesIn = (changes: object): readonly string[] =>
  checkCourse({ ...BASE, ...changes }).mistakes ?? [];

describe("course.json", () => {
  it("needs nothing but its schema: all else has a default", () => {
    const { course } = checkCourse(BASE);
    expect(course).to.deep.include({
      seeds: GRADING_SEEDS,
      seedsNeeded: "all",
      challenge: "counts",
      attempts: { count: "best", per: "lab" },
      feedback: { before: "rule", after: "full", totals: false },
      late: { graceMinutes: 0, cost: "nothing" },
    });
  });

  it("is told all its mistakes at once: where, what was found, what is expected", () => {
    const labs = {
      1: { due: "2026-10-01T23:59", scenes: { "split vote": { points: -1 } } },
      2: { feedback: { before: "some" } },
      7: {},
    };
    const late = { cost: { per: "week", percent: 10, flor: 3 }, days: { bank: 2.5 } };
    expect(mistakesIn({ labs, late, caps: {}, attempts: null, seeds: "ten", sedes: 3 })).to.have.members([
      'labs.1.due: found "2026-10-01T23:59", expected an instant with its zone, such as 2026-10-01T23:59:00+02:00',
      'labs.1.scenes["split vote"].points: found -1, expected a number from 0 to 1000000',
      'labs.2.feedback.before: found "some", expected one of "full", "rule", "verdict", "count", "nothing"',
      "labs.7: nobody knows this key; is it misspelt?",
      'late.cost.per: found "week", expected one of "day", "hour"',
      "late.cost.flor: nobody knows this key; is it misspelt?",
      "late.days.bank: found 2.5, expected a whole number from 0 to 366",
      "caps: found an object, expected a list",
      "attempts: found null, expected an object with count, per",
      'seeds: found "ten", expected a whole number from 1 to 1000000',
      "sedes: nobody knows this key; is it misspelt?",
    ]);
  });

  it("must be an object of this version", () => {
    expect(checkCourse([]).mistakes?.[0]).to.match(/^the document: found a list, expected an object with /);
    expect(checkCourse({ schema: "replication-labs/course/9" }).mistakes).to.deep.equal([
      'schema: found "replication-labs/course/9", expected "replication-labs/course/1"',
    ]);
  });

  it("is refused what cannot be meant", () => {
    expect(mistakesIn({ late: { days: { bank: 3 } } })[0]).to.match(/^late\.days: found late days where /);
    expect(mistakesIn({ extensions: [{ student: "alice", lab: 1, hours: 24 }] })).to.deep.equal([
      "extensions.0.lab: found 1, expected a lab with a due date; labs.1.due says it",
    ]);
    const labs = { 1: { due: DUE } };
    const extension = { student: "alice", lab: 1 };
    expect(mistakesIn({ labs, extensions: [extension] })[0]).to.match(/found neither hours nor until/);
    const both = { ...extension, hours: 1, until: "2026-10-02T23:59:00Z" };
    expect(mistakesIn({ labs, extensions: [both] })[0]).to.match(/found hours and until/);
    const early = { ...extension, until: "2026-09-30T23:59:00Z" };
    expect(mistakesIn({ labs, extensions: [early] })[0]).to.match(
      /^extensions\.0\.until: .* after labs\.1\.due$/,
    );
    expect(mistakesIn({ students: { pattern: "(" } })[0]).to.match(/expected a regular expression/);
    expect(mistakesIn({ students: { pattern: "(.*)" } })[0]).to.match(/expected a group \(\?<student>/);
  });

  it("knows the students of a roster, wherever one is named", () => {
    const students = { roster: { alice: {} } };
    const at = { lab: 1, by: "staff", cap: 0.5, at: DUE };
    const found = mistakesIn({
      students,
      extensions: [{ student: "bob", hours: 1 }],
      caps: [
        { ...at, student: "*" },
        { ...at, student: "bob" },
      ],
      late: { cost: "everything", days: { bank: 1, spent: { bob: 1 } } },
    });
    expect(found.map((line) => line.split(":")[0])).to.deep.equal([
      "extensions.0.student",
      "caps.1.student",
      "late.days.spent.bob",
    ]);
  });

  it("never shows a whole found document, however long", () => {
    expect(mistakesIn({ challenge: "x".repeat(500) })[0]).to.have.length.below(150);
  });
});

describe("the file of a course", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "policy-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const file = (text: string): string => {
    const name = path.join(folder, "course.json");
    writeFileSync(name, text);
    return name;
  };

  it("is a line a mistake, with the name of the file", () => {
    const name = file(JSON.stringify({ ...BASE, seeds: 0, sedes: 1 }));
    expect(() => readCourse(name)).to.throw(
      UsageError,
      `${name}: seeds: found 0, expected a whole number from 1 to 1000000\n` +
        `${name}: sedes: nobody knows this key; is it misspelt?`,
    );
  });

  it("says where it is no JSON, or that it is not there", () => {
    const name = file('{\n  "schema": "x",\n}');
    expect(() => readCourse(name)).to.throw(UsageError, /course\.json(:3:1)?: this is no JSON: /);
    expect(() => readCourse(path.join(folder, "none.json"))).to.throw(UsageError, /cannot be read/);
  });

  it("is the one of the course unless another is named, and the defaults where there is none", () => {
    expect(courseOf(folder)).to.deep.equal(defaultCourse());
    expect(courseOf(folder, file(JSON.stringify({ ...BASE, seeds: 3 }))).seeds).to.equal(3);
  });

  it("of this course is valid", () => {
    expect(() => courseOf(path.join(__dirname, "../.."))).not.to.throw();
  });
});

describe("course.schema.json", () => {
  const published = JSON.parse(readFileSync(path.join(__dirname, "course.schema.json"), "utf8")) as object;

  it("is what course.ts says (npm run schema writes it anew)", () => {
    expect(published).to.deep.equal(JSON.parse(JSON.stringify(courseJsonSchema())));
  });

  it("takes a full course, and refuses unknown keys", () => {
    const validate = new Ajv2020({ strict: false, formats: { "date-time": true } }).compile(published);
    const full = {
      ...BASE,
      labs: { 1: { due: DUE, points: 20, scenes: { "split vote": { points: 3 } } } },
      late: { cost: { per: "day", percent: 10 }, days: { bank: 5 }, graceMinutes: 10, closeAfterHours: 96 },
      extensions: [{ student: "alice", hours: 48 }],
      students: { roster: { alice: { "SIS Login ID": "a1" } } },
    };
    expect(validate(full), JSON.stringify(validate.errors)).to.equal(true);
    expect(checkCourse(full).mistakes).to.equal(undefined);
    expect(validate({ ...full, sedes: 1 })).to.equal(false);
  });
});
