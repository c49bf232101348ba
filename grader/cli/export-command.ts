import { randomBytes } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../../labs/kit/program/errors";
import { classroom50FromEnvironment } from "../outputs/classroom50-environment";
import { type Circumstances, endingOf, type Format, HOOKS, written } from "../outputs/formats";
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
import { exportGradebook, GRADEBOOKS } from "./export-command-gradebook";
import { type ExportOptions, parseExport } from "./export-command-options";
import { counted } from "./progress";
import type { Room } from "./room";

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
    const { sources, options } = parseExport(args, room);
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

function exportOne(
  format: Format,
  sources: readonly string[],
  course: Course,
  options: ExportOptions,
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

function exportClass(
  format: Format,
  source: string,
  course: Course,
  options: ExportOptions,
  room: Room,
): number {
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
