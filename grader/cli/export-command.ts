import { randomBytes } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Command, Option } from "commander";
import { commandLine } from "../../labs/desk/command-line";
import { UsageError } from "../../labs/kit/program/errors";
import { classroom50FromEnvironment } from "../outputs/classroom50-environment";
import { type Circumstances, endingOf, type Format, HOOKS, REPORTS, written } from "../outputs/formats";
import { readGradescopeMetadata } from "../outputs/gradescope-metadata";
import { mergeGrades } from "../outputs/merge";
import { isClassFolder, readGrade } from "../outputs/read";
import { readersOf, type Submission, submissionOf } from "../outputs/submission";
import { githubSummary } from "../outputs/summary";
import { refuseOtherPolicy } from "../policy/applied";
import { readSubmissions } from "../policy/class-folder";
import type { Course } from "../policy/course";
import { courseOf } from "../policy/course-file";
import { stageAt } from "../policy/stage";
import type { Stage } from "../policy/view";
import type { Grade } from "../schema/grade";
import { EXIT, fileIn, runCommand } from "./command";
import { exportGradebook, GRADEBOOKS, type GradebookOptions } from "./export-command-gradebook";
import { counted } from "./progress";
import type { Room } from "./room";

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

interface Options extends GradebookOptions {
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
 * The command `grade export`: writes grades in the formats of others.
 *
 * @param args - the command line behind `export`
 * @returns the exit code
 */
export function runExport(
  args: readonly string[],
  room: Room,
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  return runCommand(room, () => {
    const { sources, options } = parse(args, room);
    const [source = "", ...others] = sources;
    const course = courseOf(room.root, options.course);
    const { to } = options;
    const isGradebook = (format: string): format is (typeof GRADEBOOKS)[number] =>
      GRADEBOOKS.some((each) => each === format);
    const isOne = !isGradebook(to) && !isClassFolder(source);
    if (!isOne && others.length > 0) throw new UsageError("name one class, or one grade.json, at a time");
    if (isGradebook(to)) return Promise.resolve(exportGradebook(to, source, course, options, room));
    return Promise.resolve(
      isOne
        ? exportOne(to, sources, course, options, room, env)
        : exportClass(to, source, course, options, room),
    );
  });
}

function parse(args: readonly string[], room: Room): { sources: string[]; options: Options } {
  const command: Command = commandLine("grade", "Writes grades in the formats of others.", room);
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
  return { sources: command.processedArgs[0] as string[], options: command.opts<Options>() };
}

function exportOne(
  format: Format,
  sources: readonly string[],
  course: Course,
  options: Options,
  room: Room,
  env: NodeJS.ProcessEnv,
): number {
  const { student, part = false, submitted: submittedAt, metadata: file } = options;
  if (submittedAt !== undefined && Number.isNaN(Date.parse(submittedAt))) {
    throw new UsageError(
      `--submitted ${submittedAt}: say it in ISO 8601 with its zone, such as 2026-10-01T23:59:00+02:00`,
    );
  }
  const read = sources.map(readGrade);
  const grade = mergeGrades(read.map((each) => each.grade));
  const at = Math.max(...read.map((each) => each.at));
  const metadata = file === undefined ? undefined : readGradescopeMetadata(textOf(file), file);
  const submission = submissionOf(grade, course, { student, submittedAt, metadata, part });
  const readers = readersOf(submission, options.stage ?? stageNow(grade, course));
  const text = written(format, readers, {
    ...circumstancesOf(submission, at),
    classroom50: () => classroom50FromEnvironment(env, submittedAt, new Date()),
  });
  if (options.out === undefined) room.out(text);
  else write(options.out, text);
  const summary = options.summary ?? env["GITHUB_STEP_SUMMARY"];
  if (format === "github" && summary !== undefined) write(summary, githubSummary(readers.now), "a");
  return grade.judgeErrors.left === 0 ? EXIT.worked : EXIT.ours;
}

function exportClass(format: Format, source: string, course: Course, options: Options, room: Room): number {
  const { out, stage } = options;
  if (HOOKS.some((hook) => hook === format)) {
    throw new UsageError(`${format} is about one submission; name a grade.json, not a class`);
  }
  if (out === undefined) throw new UsageError("of a class, --out names a folder for the files");
  refuseOtherPolicy(source, course);
  let files = 0;
  let isFinal = true;
  readSubmissions(source, (grade, marks, name) => {
    const submission = { grade, marks, course };
    const readers = readersOf(submission, stage ?? stageNow(grade, course));
    const { mtimeMs } = statSync(path.join(source, "grades", `${name}.json`));
    const text = written(format, readers, circumstancesOf(submission, mtimeMs));
    write(fileIn(out, `${name}.${endingOf(format)}`), text);
    files++;
    isFinal &&= grade.judgeErrors.left === 0;
  });
  room.out(`${out}: ${counted(files, "file")}\n`);
  return isFinal ? EXIT.worked : EXIT.ours;
}

function circumstancesOf({ grade }: Submission, at: number): Circumstances {
  return {
    at,
    wallMs: grade.wallMs,
    classroom50: () => {
      throw new UsageError("classroom50 is about one submission");
    },
    token: () => randomBytes(16).toString("hex"),
  };
}

function stageNow({ labs }: Grade, course: Course): Stage {
  return stageAt(
    labs.map(({ lab }) => lab),
    course,
    new Date(),
  );
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`“${file}” cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function write(file: string, text: string, flag: "w" | "a" = "w"): void {
  try {
    writeFileSync(file, text, { flag });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`“${path.normalize(file)}” cannot be written (${code})`);
  }
}
