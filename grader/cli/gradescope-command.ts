import { readFileSync, writeFileSync } from "node:fs";
import { Option } from "commander";
import { commandLine } from "../../labs/desk/command-line";
import { UsageError } from "../../labs/kit/program/errors";
import { parseCount } from "../../labs/runner/seeds";
import { readSecret } from "../grading/secret";
import { selectHidden } from "../grading/selection";
import { readCourse } from "../policy/course-file";
import { gradescopeFiles } from "../ready/gradescope";
import { zipped } from "../ready/zip";
import { EXIT, runCommand } from "./command";
import type { Room } from "./room";

const NOTES = `
Examples:
  npm run grade -- gradescope --out lab2.zip --labs 1-2 --secret seeds.secret
  npm run grade -- gradescope --out again.zip --labs 1-2 --secret seeds.secret --stage after
  npm run grade -- gradescope --out lab1.zip --labs 1 -- --workers 2     what stands behind -- is for \`grade\`

The archive holds the course without solutions, mutants and history, and the secret: keep it to yourself.
grader/ready/gradescope/README.md tells how to set up the assignment.

Exit code: 0 it was written, 2 wrong usage.`;

interface Options {
  readonly out: string;
  readonly labs?: string;
  readonly seeds?: number;
  readonly secret?: string;
  readonly course?: string;
  readonly stage: "before" | "after";
  readonly minutes: number;
}

/**
 * The command `grade gradescope`: packs the archive that Gradescope wants of an autograder.
 *
 * @param args - the command line behind `gradescope`
 * @returns the exit code
 */
export function runGradescope(args: readonly string[], room: Room): Promise<number> {
  return runCommand(room, async () => {
    const { options, more } = parse(args, room);
    const { out, labs, seeds, secret, course, stage, minutes } = options;
    const numbers = selectHidden(room.root, labs).map(({ lab }) => lab);
    if (secret !== undefined) readSecret(secret);
    if (course !== undefined) readCourse(course);
    const contents = (file: string | undefined): Buffer | undefined =>
      file === undefined ? undefined : readFileSync(file);
    const files = gradescopeFiles(room.root, {
      ...{ labs: numbers, seeds, stage, minutes, more },
      secret: contents(secret),
      course: contents(course),
    });
    const archive = await zipped(files);
    try {
      writeFileSync(out, archive, { mode: 0o600 });
    } catch (error) {
      throw new UsageError(`--out ${out}: it cannot be written (${(error as NodeJS.ErrnoException).code})`);
    }
    room.out(`${out}: ${files.length} files, ${Math.round(archive.length / 1024)} KiB\n`);
    return EXIT.worked;
  });
}

function parse(args: readonly string[], room: Room): { options: Options; more: string[] } {
  const command = commandLine("grade", "Packs an autograder for Gradescope.", room)
    .name("npm run grade -- gradescope")
    .argument("[options...]", "behind --: more options for `grade`")
    .requiredOption("--out <zip>", "the archive")
    .option("--labs <numbers>", "these labs: 1 or 1,3 or 2-4 (default: all)")
    .option("--seeds <number>", "seeds a scene", parseCount)
    .option("--secret <file>", "the secret from which hidden seeds derive; see `seeds --help`")
    .option("--course <file>", "the policy (default: grader/course.json)")
    .addOption(
      new Option("--stage <reader>", "what students see: what the course shows before or after the deadline")
        .choices(["before", "after"])
        .default("before"),
    )
    .option("--minutes <number>", "a grading that takes longer is ended", parseMinutes, 30)
    .addHelpText("after", NOTES);
  command.parse(args, { from: "user" });
  const more = (command.processedArgs[0] as string[] | undefined) ?? [];
  return { options: command.opts<Options>(), more };
}

function parseMinutes(text: string): number {
  const minutes = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (minutes < 1) throw new UsageError(`--minutes ${text}: a whole number from 1 to 9999`);
  return minutes;
}
