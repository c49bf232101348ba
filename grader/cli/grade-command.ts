import { writeFileSync } from "node:fs";
import { Option } from "commander";
import { commandLine } from "../../labs/desk/command-line";
import { DEFAULT_SUBJECT } from "../../labs/desk/report";
import { collectFiles } from "../../labs/kit/subject/files";
import { SubjectError } from "../../labs/kit/subject/subject";
import { Pool } from "../../labs/runner/pool";
import { AUDITED } from "../grading/audit";
import { grade, type Graded, jobsOf, type Order } from "../grading/grade";
import { courseOf } from "../policy/course-file";
import { choosePlace, isOwn, poolOptionsAt, type Wish } from "../sandbox/place";
import { readSecret } from "../grading/secret";
import { selectFrom, selectHidden } from "../grading/selection";
import { placeSubmission } from "../submissions/place";
import { EXIT, fileIn, placeOptions, type PlayOptions, playOptions, runCommand } from "./command";
import { gradeReport } from "./grade-report";
import { showProgress } from "./progress";
import type { Room } from "./room";

const NOTES = `
Examples:
  npm run grade -- solutions                 the reference, all labs
  npm run grade -- ../mine --labs 1          lab 1 of a submission
  npm run grade -- alice.zip                 an archive; it is unpacked below --out
  npm run grade -- solutions --labs 1-3 --seeds 100
  npm run grade -- ../mine --only "split vote" --seeds 1 --seed 7
                                             one scene under exactly seed 7
  npm run --silent grade -- ../mine --json   the document alone, for other programs (npm itself says a
                                             line or two unless it is silent)

Commands with a --help of their own:
  npm run grade -- batch DIR                 a class; regrade CLASS marks it under another policy
  npm run grade -- seeds commit              hidden seeds from a secret; seeds reveal shows it afterwards
  npm run grade -- export --to FORMAT FILE   for other systems, and into gradebooks; gradescope packs an autograder
  npm run grade -- similar DIR               programs that look alike
  npm run grade -- release                   a part of the reference, for somebody who is stuck

A scene's points need all its seeds; one that takes long is played under a part of them. Without --out, grade.json goes
to grade-out/; it is described by grader/schema/grade.schema.json.

Isolation: the program runs in a sandbox without files, network and processes, the strongest that this machine has:
“bubblewrap”, or else the kernel's “namespaces”. “permission” is a plain child process with Node's own permission model,
“process” a child without any wall; both only if you say so (or for the course's own programs), and the document says it.
The judge believes of the sandbox only the effects of each input; ${AUDITED} runs, drawn afterwards, are played once more input by
input. --strict plays all runs so: it takes several times as long.

Exit code: 0 the grading worked, whatever the marks; 2 wrong usage; 4 an error of the grader.`;

interface Options extends PlayOptions, Wish {
  readonly only?: string;
  /** The file of the secret from which seeds derive. */
  readonly secret?: string;
}

/**
 * The command `grade`: plays the hidden scenes on a submission and gives the marks.
 *
 * @param args - the command line, without node and script
 * @returns the exit code
 */
export function runGrade(args: readonly string[], room: Room): Promise<number> {
  const begun = performance.now();
  return runCommand(room, async () => {
    const { submission, options } = parse(args, room);
    const out = options.out ?? "grade-out";
    const { folder: subject, remarks } = await placeSubmission(submission, out);
    refuseNoProgram(subject);
    const suites = selectHidden(room.root, options.labs);
    const file = fileIn(out, "grade.json");
    const place = choosePlace(options, isOwn(room.root, subject));
    const pool = new Pool({ workers: options.workers, ...poolOptionsAt(place) });
    pool.start();
    try {
      const selections = await selectFrom(pool, suites, options.only);
      const { seed, secret, seeds, only } = options;
      const seedSource = secret === undefined ? seed : readSecret(secret);
      const what = { root: room.root, subject, remarks, place, check: room.check };
      const order: Order = { ...what, selections, seedSource, seeds, only };
      const started = performance.now();
      const graded = await gradeWithProgress(pool, order, begun, room);
      const text = `${JSON.stringify(graded.grade, undefined, 2)}\n`;
      writeFileSync(file, text);
      if (options.json === true) room.out(text);
      else
        room.out(
          gradeReport(graded, { begun, started, workers: options.workers }, room.colors) + `${file}\n`,
        );
      return graded.grade.judgeErrors.left > 0 ? EXIT.ours : EXIT.worked;
    } finally {
      pool.close();
    }
  });
}

function parse(args: readonly string[], room: Room): { submission: string; options: Options } {
  const command = playOptions(
    commandLine("grade", "Plays the hidden scenes on a program and gives the marks.", room),
    courseOf(room.root).seeds,
  )
    .argument("[submission]", "folder of the program, .zip, .tar.gz or bare git repository", DEFAULT_SUBJECT)
    .option("--only <text>", "the scenes whose name contains this text, or the one that is called so")
    .addOption(
      new Option(
        "--secret <file>",
        "the secret from which hidden seeds derive; see `seeds --help`",
      ).conflicts("seed"),
    )
    .addHelpText("after", NOTES);
  placeOptions(command);
  command.parse(args, { from: "user" });
  return { submission: command.processedArgs[0] as string, options: command.opts<Options>() };
}

/** Says so before any process is started. */
function refuseNoProgram(subject: string): void {
  try {
    collectFiles(subject);
  } catch (error) {
    if (!(error instanceof SubjectError)) throw error; // too large a submission is graded, with 0 points
  }
}

async function gradeWithProgress(pool: Pool, order: Order, begun: number, room: Room): Promise<Graded> {
  const runs = jobsOf(order).reduce((sum, { seeds }) => sum + seeds.length, 0);
  const progress = showProgress(room.progress, runs, "run");
  try {
    const onOutcome = ({ scene }: { scene: string }): void => progress.step(scene);
    return await grade(pool, order, begun, { onOutcome, signal: room.signal });
  } finally {
    progress.end();
  }
}
