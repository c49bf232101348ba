import { UsageError } from "../../../labs/kit/program/errors";
import { number, oneLine } from "../plain";
import { type Cell, type Change, type Sheet, withNumbers } from "./sheet";

/** What one student gets. */
export interface Mark {
  /** For messages. */
  readonly student: string;
  /** What the gradebook calls the student, in the column that tells students apart. */
  readonly id: string;
  readonly points: number;
  readonly maxPoints: number;
  /** False while the grader itself has failed in a run. */
  readonly final: boolean;
}

/** Which sign stands before the decimals. */
export type Decimal = "point" | "comma";

/** What is to be filled in, and where. */
export interface Filling {
  /** The title of the one column that is written to. */
  readonly column: string;
  /** The title of the column that tells students apart. */
  readonly match: string;
  /** As the file's own numbers have it, unless it is said. */
  readonly decimal?: Decimal;
  /** Rows of students begin after so many rows. */
  readonly from: number;
  /** Cells with these texts are left alone, in small letters. */
  readonly sacred: readonly string[];
}

/** A gradebook with its column filled in, and what there is to know about it. */
export interface Filled {
  readonly bytes: Buffer;
  readonly decimal: Decimal;
  /** How many cells now hold what was found out; some did before. */
  readonly written: number;
  /** Cells that held something else before. */
  readonly changed: readonly string[];
  /** Graded students whom the gradebook does not know. */
  readonly unknown: readonly string[];
  /** Students of the gradebook for whom there are no marks. */
  readonly missing: readonly string[];
  /** Students whose cell was left alone, and why. */
  readonly left: readonly string[];
}

/**
 * Fills in one column of an exported gradebook. No column and no row is added; rows without an id are none of students.
 *
 * @throws UsageError if a column is not there or there twice, two rows or two marks are of one student, a row is too short, or
 * nothing tells how decimals are written
 */
export function fillIn(sheet: Sheet, marks: readonly Mark[], filling: Filling): Filled {
  const column = columnOf(sheet, filling.column);
  const match = columnOf(sheet, filling.match);
  if (column === match)
    throw new UsageError(`“${filling.column}” cannot tell students apart and be filled in`);
  const decimal = filling.decimal ?? decimalOf(sheet);
  const byId = uniqueMarks(marks);
  const changes: Change[] = [];
  const changed: string[] = [];
  const missing: string[] = [];
  const left: string[] = [];
  const seen = new Map<string, number>();
  sheet.rows.forEach((row, i) => {
    const id = row[match]?.text.trim() ?? "";
    if (i < filling.from || id === "") return;
    const key = keyOf(id);
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      throw new UsageError(`rows ${earlier + 1} and ${i + 1} of the gradebook are both of ${oneLine(id)}`);
    }
    seen.set(key, i);
    const mark = byId.get(key);
    if (mark === undefined) return void missing.push(oneLine(id));
    const cell = row[column];
    if (cell === undefined) {
      throw new UsageError(`row ${i + 1} of the gradebook ends before the column “${filling.column}”`);
    }
    const why = reasonToLeave(cell, mark, filling.sacred);
    if (why !== undefined) return void left.push(`${oneLine(id)}: ${why}`);
    const text = number(mark.points).replace(".", decimal === "comma" ? "," : ".");
    if (isOther(cell.text, mark.points)) changed.push(`${oneLine(id)}: ${oneLine(cell.text)} → ${text}`);
    changes.push({ cell, number: text });
  });
  const unknown = marks.filter(({ id }) => !seen.has(keyOf(id))).map(({ student, id }) => named(student, id));
  return {
    bytes: withNumbers(sheet, changes),
    decimal,
    written: changes.length,
    changed,
    unknown,
    missing,
    left,
  };
}

/** Where a column stands, from 0. */
export function columnOf({ rows: [titles = []] }: Sheet, title: string): number {
  const places = titles.flatMap(({ text }, i) => (text.trim() === title.trim() ? [i] : []));
  const [place, second] = places;
  if (place === undefined) {
    const all = titles.map(({ text }) => `\n  ${oneLine(text)}`).join("");
    throw new UsageError(`the gradebook has no column “${title}”; its columns are:${all}`);
  }
  if (second !== undefined) throw new UsageError(`the gradebook has two columns “${title}”`);
  return place;
}

/** The sign that numbers with decimals have in this file; a point if there are none, and commas separate its cells. */
function decimalOf({ rows, delimiter }: Sheet): Decimal {
  const texts = rows.flatMap((row) => row.map(({ text }) => text.trim()));
  const hasCommas = texts.some((text) => /^\d+,\d{1,3}$/.test(text));
  const hasPoints = texts.some((text) => /^\d+\.\d{1,3}$/.test(text));
  if (hasCommas && hasPoints) {
    throw new UsageError(
      "some numbers of the gradebook have a decimal point and some a comma; say which with --decimal",
    );
  }
  if (hasCommas) return "comma";
  return hasPoints || delimiter !== ";" ? "point" : "comma";
}

function uniqueMarks(marks: readonly Mark[]): Map<string, Mark> {
  const byId = new Map<string, Mark>();
  for (const mark of marks) {
    const key = keyOf(mark.id);
    const other = byId.get(key);
    if (other !== undefined) {
      throw new UsageError(
        `${named(mark.student, mark.id)} and ${named(other.student, other.id)} are one student for the gradebook`,
      );
    }
    byId.set(key, mark);
  }
  return byId;
}

/** Addresses and logins are the same in capitals. */
function keyOf(id: string): string {
  return id.trim().normalize("NFC").toLowerCase();
}

function named(student: string, id: string): string {
  return student === id ? oneLine(student) : `${oneLine(student)} (${oneLine(id)})`;
}

function reasonToLeave(cell: Cell, mark: Mark, sacred: readonly string[]): string | undefined {
  if (!mark.final) return "the grader failed in some runs, so the marks are not final";
  if (sacred.includes(cell.text.trim().toLowerCase())) return `it says ${oneLine(cell.text)}`;
  return undefined;
}

function isOther(text: string, points: number): boolean {
  return text.trim() !== "" && number(Number(text.trim().replace(",", "."))) !== number(points);
}
