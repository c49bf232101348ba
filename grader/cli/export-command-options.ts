import { type Command, Option } from "commander";
import { commandLine, type Paper } from "../../labs/desk/command-line";
import { type Format, HOOKS, REPORTS } from "../outputs/formats";
import type { Stage } from "../policy/view";
import { GRADEBOOKS, type GradebookOptions } from "./export-command-gradebook";

const NOTES = `
Examples:
  npm run grade -- export --to gradescope grade-out/grade.json --out results.json
  npm run grade -- export --to junit class-out --out reports       one file a submission
  npm run grade -- export --to github grade-out/grade.json         annotations, and the summary of the step
  npm run grade -- export --to canvas class-out --template canvas.csv --column "Lab 2 (4711)" --labs 2 \\
                          --out filled.csv
  npm run grade -- export --to moodle class-out --template grades.csv --column Grade --match "Email address" \\
                          --labs 2 --out filled.csv

Where a student reads it, it shows what the course shows at this time: see “feedback” of the course file. Staff read
everything with --stage staff. Gradebooks take the points that count, late policy and best-of included, into one column that is there
already, for students who are there already; nothing else in the file changes.

Classroom 50 is asked for CLASSROOM, ASSIGNMENT, SUBMISSION_TAG and so on in the environment.

Exit code: 0 it was written; 1 a graded student is not in the gradebook; 2 wrong usage;
4 the grader itself had failed, so that these marks are not final (Classroom 50 then gets nothing).`;

/** What `grade export` is told. */
export interface ExportOptions extends GradebookOptions {
  readonly to: Format | (typeof GRADEBOOKS)[number];
  readonly out?: string;
  readonly course?: string;
  readonly stage?: Stage;
  readonly student?: string;
  readonly submitted?: string;
  readonly metadata?: string;
  readonly summary?: string;
  readonly part?: boolean;
}

/**
 * Reads the command line of `grade export`.
 *
 * @throws CommanderError if it is wrong, or asks for help
 */
export function parseExport(
  args: readonly string[],
  paper: Paper,
): { sources: string[]; options: ExportOptions } {
  const command: Command = commandLine("grade", "Writes grades in the formats of others.", paper);
  command
    .name("npm run grade -- export")
    .argument("<source...>", "grade.json, or several of one submission by labs; or the folder of a class")
    .addOption(
      new Option("--to <format>", "what to write")
        .choices([...REPORTS, ...HOOKS, ...GRADEBOOKS])
        .makeOptionMandatory(),
    )
    .option("--out <file>", "where to; of a class, a folder (default: standard output)")
    .option("--course <file>", "the policy (default: grader/course.json)")
    .addOption(
      new Option("--stage <reader>", "who reads it (default: a student, by the course's due dates)").choices([
        "before",
        "after",
        "staff",
      ]),
    )
    .option("--student <name>", "whose grade.json it is (default: by the name of the submission)")
    .option("--submitted <instant>", "when it was handed in, in ISO 8601; without it, nothing is late")
    .option("--metadata <file>", "submission_metadata.json of Gradescope: student, time and due date")
    .option("--part", "more labs are still to be graded, so these marks are not final")
    .option("--summary <file>", "github: the summary is added to it (default: $GITHUB_STEP_SUMMARY)")
    .option("--template <csv>", "canvas, moodle: the gradebook as it was exported")
    .option("--column <title>", "canvas, moodle: the column to fill in")
    .option("--match <title>", "canvas, moodle: the column that tells students apart")
    .option("--labs <numbers>", "canvas, moodle: the points of these labs: 1 or 1,3 or 2-4 (default: all)")
    .addOption(
      new Option("--decimal <sign>", "canvas, moodle: before decimals (default: as the file has it)").choices(
        ["point", "comma"],
      ),
    )
    .addHelpText("after", NOTES);
  command.parse(args, { from: "user" });
  return { sources: command.processedArgs[0] as string[], options: command.opts<ExportOptions>() };
}
