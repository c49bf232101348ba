import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { classPage } from "../pages/class-page";
import { studentPage } from "../pages/student-page";
import type { Marks } from "../policy/marks";
import { stageAt } from "../policy/stage";
import { type Stage, viewOf } from "../policy/view";
import type { Grade } from "../schema/grade";
import type { ClassDocument } from "./class-document";
import { classCsv } from "./csv";
import { writeWhole } from "./durable";
import { type SummaryOrder, summarise } from "./summary";

/** What students may see: by the deadlines of the course, or as the instructor says. */
export type StudentStage = Exclude<Stage, "staff">;

/**
 * Writes what people read of a class: class.json, class.csv, marks, and the pages. All of it follows from the grade documents, so that it
 * can be written again at any time; what is left of an earlier writing and belongs to nobody any more is removed.
 *
 * @param stage - undefined: what the deadlines of the course say
 */
export function writeClass(order: SummaryOrder, stage?: StudentStage): ClassDocument {
  const { out, course, now } = order;
  for (const folder of ["report", "students"]) mkdirSync(path.join(out, folder), { recursive: true });
  const report = (file: string, marks: Marks, grade: Grade): void => {
    const view = viewOf(marks, grade, course, "staff");
    writeWhole(path.join(out, "report", `${file}.html`), studentPage(view));
  };
  const document = summarise(order, {
    submission: report,
    student(file, marks, grade) {
      report(file, marks, grade);
      const labs = marks.labs.map(({ lab }) => lab);
      const view = viewOf(marks, grade, course, stage ?? stageAt(labs, course, now));
      writeWhole(path.join(out, "students", `${file}.html`), studentPage(view));
    },
  });
  writeWhole(path.join(out, "report", "index.html"), classPage(document));
  writeWhole(path.join(out, "class.csv"), classCsv(document));
  writeWhole(path.join(out, "class.json"), `${JSON.stringify(document, undefined, 2)}\n`);
  sweep(document, out);
  return document;
}

/** Removes the files of students and submissions that are no longer there. */
function sweep({ students, submissions }: ClassDocument, out: string): void {
  const marked = students.filter(({ labs }) => labs.length > 0).map(({ file }) => file);
  const judged = submissions
    .filter(({ flags }) => flags.every(({ kind }) => kind !== "ungraded"))
    .map(({ file }) => file);
  const kept: Readonly<Record<string, readonly string[]>> = {
    standing: marked.map((file) => `${file}.json`),
    marks: judged.map((file) => `${file}.json`),
    report: ["index.html", ...[...marked, ...judged].map((file) => `${file}.html`)],
    students: marked.map((file) => `${file}.html`),
  };
  for (const [folder, names] of Object.entries(kept)) {
    const known = new Set(names);
    for (const name of readdirSync(path.join(out, folder)))
      if (!known.has(name)) rmSync(path.join(out, folder, name), { force: true });
  }
}
