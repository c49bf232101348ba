import { UsageError } from "../../../labs/kit/program/errors";
import { number } from "../plain";
import { columnOf, type Decimal, type Filled, fillIn, type Mark } from "./fill";
import type { Sheet } from "./sheet";

/** The title of the column that tells students apart if nobody says otherwise. */
export const CANVAS_MATCH = "SIS Login ID";

/** A filled gradebook, and what the instructor should look at. */
export interface FilledCanvas extends Filled {
  readonly warnings: readonly string[];
}

/**
 * Fills in one assignment of a gradebook that Canvas exported. The rows of maxima and of the posting policy stay, and so does who is excused.
 *
 * @throws UsageError also if it is no export of Canvas, or the column is not one of an assignment that may be written to: from a title without
 * the assignment's number, Canvas would make a new assignment
 */
export function fillCanvas(
  sheet: Sheet,
  marks: readonly Mark[],
  column: string,
  options: { readonly match?: string; readonly decimal?: Decimal } = {},
): FilledCanvas {
  const titles = sheet.rows[0]?.map(({ text }) => text.trim()) ?? [];
  if (!/^(Student,ID|LastName,FirstName,ID)(,|$)/.test(titles.join(","))) {
    throw new UsageError(
      "this is no gradebook of Canvas, which begins with the columns Student and ID; export one there and name it with --template",
    );
  }
  const place = columnOf(sheet, column);
  if (!/ \(\d+\)$/.test(column.trim())) {
    throw new UsageError(
      `“${column}” is no assignment of Canvas: its title ends in a number in brackets, such as “Lab 2 (4711)”`,
    );
  }
  const maxima = sheet.rows.findIndex(([first]) => first?.text.includes("Points Possible") === true);
  const most = sheet.rows[maxima]?.[place]?.text.trim() ?? "";
  if (/\(read only\)/i.test(most)) throw new UsageError(`Canvas computes the column “${column}” itself`);
  const filled = fillIn(sheet, marks, {
    column,
    match: options.match ?? CANVAS_MATCH,
    from: Math.max(1, maxima + 1),
    sacred: ["ex"],
    ...(options.decimal !== undefined && { decimal: options.decimal }),
  });
  return { ...filled, warnings: warningsOf(most, marks, column) };
}

function warningsOf(most: string, marks: readonly Mark[], column: string): string[] {
  const own = marks[0]?.maxPoints;
  const theirs = Number(most.replace(",", "."));
  if (own === undefined || most === "" || Number.isNaN(theirs) || number(own) === number(theirs)) return [];
  return [`Canvas has ${most} points for “${column}”, and the course ${number(own)}`];
}
