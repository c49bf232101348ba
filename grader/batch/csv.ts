import { stringify } from "csv-stringify/sync";
import type { ClassDocument } from "./class-document";
import { printable } from "./printable";

/**
 * The table of a class for a spreadsheet, a row a student. No cell is taken for a formula, and the mark at its beginning makes spreadsheets
 * read it as UTF-8. A lab that a student has no points in is empty, one with none has 0.
 */
export function classCsv({ labs, students, maxPoints }: ClassDocument): string {
  const head = ["student", ...labs.map(({ lab }) => `lab ${lab}`), "total", "of", "final", "flags"];
  const rows = students.map(({ name, points, final, flags, labs: own }) => [
    printable(name),
    ...labs.map(({ lab }) => own.find((each) => each.lab === lab)?.points ?? ""),
    points,
    maxPoints,
    final ? "yes" : "no",
    [...new Set(flags.map(({ kind }) => kind))].join(" "),
  ]);
  return stringify([head, ...rows], { bom: true, escape_formulas: true });
}
