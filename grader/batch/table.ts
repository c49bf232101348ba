import Table from "cli-table3";
import type { Colors } from "picocolors/types";
import { counted } from "../cli/progress";
import { BARE_STYLE } from "../cli/table";
import type { ClassDocument, ClassGroup } from "./class-document";
import { printable } from "./printable";

const WIDTH = 80;

/** Widest columns of the table, in characters. */
const WIDEST = { name: 22, flags: 18 };

/** Groups of failures that are shown; class.json has all. */
const MOST_GROUPS = 12;

/** What an instructor reads when a class is done: points, failures by broken rule, and what needs a human. */
export function classReport(document: ClassDocument, colors: Colors): string {
  return [
    classTable(document, colors),
    "",
    ...groupLines(document.groups, colors),
    ...auditLines(document, colors),
    ...humanLines(document, colors),
    ...document.ignored.map((line) => colors.dim(`ignored: ${printable(line)}`)),
    summaryLine(document),
    "",
  ].join("\n");
}

function classTable({ labs, students, maxPoints }: ClassDocument, colors: Colors): string {
  const heads = ["student", ...labs.map(({ lab }) => `lab ${lab}`), `of ${maxPoints}`, "flags"];
  const table = new Table({
    ...BARE_STYLE,
    head: heads.map((text) => colors.bold(text)),
    colAligns: ["left", ...labs.map(() => "right" as const), "right", "left"],
  });
  for (const { name, labs: own, points, final, flags } of students) {
    const cells = labs.map(({ lab }) => String(own.find((each) => each.lab === lab)?.points ?? "-"));
    const kinds = [...new Set(flags.map(({ kind }) => kind))].join(" ");
    table.push([
      printable(name, WIDEST.name),
      ...cells,
      final ? String(points) : colors.red(`${points}?`),
      colors.yellow(printable(kinds, WIDEST.flags)),
    ]);
  }
  return table.toString();
}

function groupLines(groups: readonly ClassGroup[], colors: Colors): string[] {
  if (groups.length === 0) return [];
  const shown = groups.slice(0, MOST_GROUPS).flatMap((group) => groupLine(group, colors));
  const more = groups.length - MOST_GROUPS;
  return [
    colors.bold("Failures by broken rule, and how many submissions have them"),
    ...shown,
    ...(more > 0 ? [colors.dim(`     and ${more} more; see class.json`)] : []),
    "",
  ];
}

function groupLine({ rule, submissions, scenes, lab }: ClassGroup, colors: Colors): string[] {
  const number = String(submissions.length).padStart(4);
  const who = printable(submissions.map((name) => printable(name, WIDEST.name)).join(", "), WIDTH - 5);
  const [scene = "", ...others] = scenes;
  const more = others.length === 0 ? "" : ` and ${counted(others.length, "other scene")}`;
  const where = `Lab ${lab}, “${printable(scene, WIDTH - 36)}”${more}`;
  return [`${colors.red(number)} ${printable(rule, WIDTH - 5)}`, `     ${colors.dim(where)}`, `     ${who}`];
}

/** Who may have got out of the sandbox: an honest program plays alike in both ways. */
function auditLines({ submissions }: ClassDocument, colors: Colors): string[] {
  const lines = submissions.flatMap(({ name, flags }) =>
    flags.filter(({ kind }) => kind === "audit").map(({ text }) => `  ${printable(name)}: ${text}`),
  );
  return lines.length === 0 ? [] : [colors.red("The audit of transcripts found differences."), ...lines, ""];
}

/** What somebody must look at. */
function humanLines({ judgeErrors, ungraded }: ClassDocument, colors: Colors): string[] {
  const lines = [
    ...ungraded.map(
      ({ submission, message }) => `${printable(submission)}: not judged: ${printable(message)}`,
    ),
    ...judgeErrors.map(
      ({ student, scene, seed, message }) =>
        `${printable(student)}: “${printable(scene)}”, seed ${seed}: ${printable(message, 200)}`,
    ),
  ];
  if (lines.length === 0) return [];
  return [
    colors.red(
      "Errors of the grader: the points with a “?” are not final. The same command tries these again.",
    ),
    ...lines.map((line) => `  ${line}`),
    "",
  ];
}

function summaryLine({ students, submissions, wallMs, workers }: ClassDocument): string {
  const shared = submissions.filter(({ identicalTo }) => identicalTo !== undefined).length;
  const twins = shared === 0 ? "" : `, ${shared} of them identical to another`;
  const minutes = (wallMs / 60_000).toFixed(1);
  return `${counted(students.length, "student")}, ${counted(submissions.length, "submission")}${twins}; ${minutes} min of judging, ${workers} at a time`;
}
