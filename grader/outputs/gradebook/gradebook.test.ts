import { expect } from "chai";
import fc from "fast-check";
import { UsageError } from "../../../labs/kit/program/errors";
import { fillCanvas } from "./canvas";
import type { Mark } from "./fill";
import { fillMoodle } from "./moodle";
import { readSheet, type Sheet, withNumbers } from "./sheet";

const sheet = (text: string): Sheet => readSheet(Buffer.from(text, "utf8"), "g.csv");
const text = ({ bytes }: { bytes: Buffer }): string => bytes.toString("utf8");
const mark = (id: string, points: number, more: Partial<Mark> = {}): Mark => ({
  student: id,
  id,
  points,
  maxPoints: 100,
  final: true,
  ...more,
});

const CANVAS = [
  "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Lab 1 (4710),Lab 2 (4711),Assignments Current Score",
  ",,,,,Manual Posting,,",
  "    Points Possible,,,,,50,100,(read only)",
  '"Doe, ""J"" Alice",11,s1,alice,"A, B",,,"12,5"'.replace('"12,5"', "12.50"),
  "Roe  Bob ,12,s2,bob,A, 3 ,7,  ",
  "\"=cmd|' /C calc'!A1\",13,s3,carol,A,,EX,",
  '"Student, Test",99,,e3b0c4,A,,,',
  "",
].join("\r\n");

const COLUMN = "Lab 2 (4711)";

describe("a gradebook of Canvas", () => {
  it("gets one column filled in, and stays the same byte for byte besides", () => {
    const filled = fillCanvas(sheet(CANVAS), [mark("alice", 88.5), mark("bob", 70)], COLUMN);
    const expected = CANVAS.replace('"A, B",,,12.50', '"A, B",,88.5,12.50').replace(" 3 ,7,", " 3 ,70,");
    expect(text(filled)).to.equal(expected);
    expect(filled).to.deep.include({
      written: 2,
      changed: ["bob: 7 → 70"],
      missing: ["carol", "e3b0c4"],
      unknown: [],
      left: [],
      warnings: [],
    });
  });

  it("never invents a student, and tells of those it does not know", () => {
    const filled = fillCanvas(sheet(CANVAS), [mark("dave", 5), mark("zoe", 6, { student: "Zoe" })], COLUMN);
    expect(text(filled)).to.equal(CANVAS);
    expect(filled.unknown).to.deep.equal(["dave", "Zoe (zoe)"]);
  });

  it("leaves alone who is excused, and marks that are not final", () => {
    const filled = fillCanvas(sheet(CANVAS), [mark("carol", 5), mark("bob", 6, { final: false })], COLUMN);
    expect(text(filled)).to.equal(CANVAS);
    expect(filled.left).to.deep.equal([
      "bob: the grader failed in some runs, so the marks are not final",
      "carol: it says EX",
    ]);
  });

  it("matches by another column, too", () => {
    const filled = fillCanvas(sheet(CANVAS), [mark("S1", 5)], COLUMN, { match: "SIS User ID" });
    expect(filled.written).to.equal(1);
  });

  it("warns if Canvas counts otherwise", () => {
    const { warnings } = fillCanvas(sheet(CANVAS), [mark("bob", 6, { maxPoints: 80 })], COLUMN);
    expect(warnings).to.deep.equal(["Canvas has 100 points for “Lab 2 (4711)”, and the course 80"]);
  });

  const refused = (change: (text: string) => string, column = COLUMN): Chai.Assertion =>
    expect(() => fillCanvas(sheet(change(CANVAS)), [mark("bob", 6)], column));

  it("is refused, rather than harmed", () => {
    refused((all) => all, "Lab 3 (4712)").to.throw(
      UsageError,
      /has no column “Lab 3 \(4712\)”; its columns are:\n {2}Student\n/,
    );
    refused((all) => all, "Section").to.throw(UsageError, "“Section” is no assignment of Canvas");
    refused((all) => all.replace("(4711)", ""), "Lab 2").to.throw(UsageError, "“Lab 2” is no assignment");
    refused((all) => all.replace(",50,100,", ",50, (read only) ,")).to.throw(
      UsageError,
      "computes the column",
    );
    refused((all) => all.replace("4710", "4711").replace("Lab 1", "Lab 2")).to.throw(
      UsageError,
      "two columns",
    );
    refused((all) => all.replace("Student,ID", "Name,ID")).to.throw(UsageError, "no gradebook of Canvas");
    refused((all) => all.replace("alice", "Bob")).to.throw(
      UsageError,
      "rows 4 and 5 of the gradebook are both of bob",
    );
    refused((all) => all.replace("bob,A, 3 ,7,  ", "bob,A")).to.throw(
      UsageError,
      "row 5 of the gradebook ends before",
    );
    expect(() => fillCanvas(sheet(CANVAS), [mark("bob", 6), mark("BOB", 7)], COLUMN)).to.throw(
      UsageError,
      "BOB and bob are one student",
    );
  });

  it("keeps semicolons and decimal commas", () => {
    const german = CANVAS.replaceAll('"A, B"', "A")
      .replaceAll('"Student, Test"', "Test")
      .replaceAll('"Doe, ""J"" Alice"', '"Doe, Alice"')
      .replace("12.50", '"12,50"')
      .split("\r\n")
      .map((line) => line.replace(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/g, ";"))
      .join("\n");
    const filled = fillCanvas(sheet(german), [mark("bob", 88.5)], COLUMN);
    expect(filled.decimal).to.equal("comma");
    expect(text(filled)).to.equal(german.replace(" 3 ;7;", " 3 ;88,5;"));
  });
});

describe("a worksheet of Moodle", () => {
  const MOODLE = [
    "编号,姓名,电子邮件地址,成绩,最高成绩,上次修改（成绩）",
    'Participant 1,"Doe, Alice",alice@example.edu,"",100.00,-',
    "Participant 2,Bob,Bob@Example.edu,50.00,100.00,-",
  ].join("\n");

  it("is filled in by the titles that it has, and cells keep their quotes", () => {
    const marks = [mark("alice@example.edu", 12.25), mark("bob@example.edu", 90)];
    const filled = fillMoodle(sheet(MOODLE), marks, "成绩", "电子邮件地址");
    expect(text(filled)).to.equal(MOODLE.replace('""', '"12.25"').replace("50.00", "90"));
  });

  it("gets quotes around a decimal comma between commas", () => {
    const local = MOODLE.replaceAll("100.00", '"100,00"').replace("50.00", '"50,00"').replace(',"",', ",,");
    const filled = fillMoodle(sheet(local), [mark("alice@example.edu", 12.25)], "成绩", "电子邮件地址");
    expect(text(filled)).to.equal(local.replace("edu,,", 'edu,"12,25",'));
  });

  it("is refused if nothing tells how it writes decimals, or the columns are not there", () => {
    const odd = MOODLE.replace("50.00", '"50,00"');
    const fill = (all: string, ...rest: ["point"?]): unknown =>
      fillMoodle(sheet(all), [mark("a", 1)], "成绩", "电子邮件地址", ...rest);
    expect(() => fill(odd)).to.throw(UsageError, "--decimal");
    expect(fill(odd, "point")).to.include({ decimal: "point" });
    expect(() => fillMoodle(sheet(MOODLE), [], "Grade", "编号")).to.throw(UsageError, "no column “Grade”");
    expect(() => fillMoodle(sheet(MOODLE), [], "编号", "编号")).to.throw(
      UsageError,
      "cannot tell students apart",
    );
  });
});

describe("a CSV file", () => {
  const cell = fc.string({
    unit: fc.constantFrom("a", '"', ",", ";", "\n", "\r", " ", "é", "汉", "😀", "=", "1"),
  });
  const written = fc
    .tuple(cell, fc.boolean())
    .map(([value, quote]) => (quote || /[",;\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value));
  const ends = fc.constantFrom("\n", "\r\n", "\r");

  it("is known by the byte: cells are where they are said to be, and only what is meant changes", () => {
    const files = fc.record({
      bom: fc.boolean(),
      rows: fc.array(fc.array(written, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 }),
      end: ends,
      delimiter: fc.constantFrom(",", ";"),
      last: fc.boolean(),
      row: fc.nat(),
      column: fc.nat(2),
    });
    fc.assert(
      fc.property(files, ({ bom, rows, end, delimiter, last, row, column }) => {
        const other = delimiter === "," ? ";" : ",";
        const titles = ["x", `y${other}`, "z"].map((title) => `"${title}"`);
        const all = [titles, ...rows];
        const join = (lines: readonly (readonly string[])[]): string =>
          (bom ? "\ufeff" : "") + lines.map((line) => line.join(delimiter)).join(end) + (last ? end : "");
        const read = sheet(join(all));
        expect(read.rows.map((cells) => cells.length)).to.deep.equal(all.map(() => 3));
        read.rows.forEach((cells, i) =>
          cells.forEach(({ start, end: stop }, j) => {
            expect(read.bytes.subarray(start, stop).toString("utf8")).to.equal(all[i]?.[j]);
          }),
        );
        const at = 1 + (row % rows.length);
        const target = read.rows[at]?.[column];
        if (target === undefined) throw new Error("no such cell");
        const isQuoted = all[at]?.[column]?.startsWith('"') === true;
        const changed = all.map((line, i) =>
          line.map((old, j) => (i === at && j === column ? (isQuoted ? '"42.5"' : "42.5") : old)),
        );
        expect(withNumbers(read, [{ cell: target, number: "42.5" }]).toString("utf8")).to.equal(
          join(changed),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("never gets anything but a number", () => {
    const read = sheet("a,b\n1,2");
    const target = read.rows[1]?.[1];
    if (target === undefined) throw new Error("no such cell");
    for (const number of ["=1+1", "-1", "+1", "@a", "1e5", "NaN", "", "1,2,3", "1\n2"]) {
      expect(() => withNumbers(read, [{ cell: target, number }]), number).to.throw(TypeError);
    }
  });

  it("is refused in one line if it is none", () => {
    expect(() => sheet("no columns")).to.throw(UsageError, "“g.csv” is no CSV");
    expect(() => sheet("")).to.throw(UsageError, "“g.csv” is no CSV");
    expect(() => sheet('a,b\n"1,2')).to.throw(UsageError, "“g.csv” cannot be read as CSV: ");
    expect(() => readSheet(Buffer.from([0xff, 0xfe, 0x61, 0]), "g.csv")).to.throw(UsageError, "UTF-8");
  });
});
