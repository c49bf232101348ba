import { mkdirSync } from "node:fs";
import path from "node:path";
import { type Command, Option } from "commander";
import { commandLine } from "../../labs/desk/command-line";
import { UsageError } from "../../labs/kit/program/errors";
import { type BatchOrder, runBatch } from "../batch/batch";
import { discover, type Discovery } from "../batch/discover";
import type { BatchEvent } from "../batch/events";
import { type Lane, openLanes } from "../batch/lanes";
import { readList } from "../batch/list";
import { lockFolder } from "../batch/lock";
import { showBatch } from "../batch/progress";
import { digestOfJudge, type Settings } from "../batch/settings";
import { classReport } from "../batch/table";
import { type StudentStage, writeClass } from "../batch/write";
import { courseOf as versionOf } from "../grading/grade";
import { readSecret, Secret } from "../grading/secret";
import { selectFrom, selectHidden } from "../grading/selection";
import { refuseOtherPolicy, rememberPolicy } from "../policy/applied";
import type { Course } from "../policy/course";
import { courseOf } from "../policy/course-file";
import { unknownScenes } from "../policy/scenes";
import { studentOf } from "../policy/students";
import { choosePlace, type Place, poolOptionsAt, type Wish } from "../sandbox/place";
import { EXIT, placeOptions, type PlayOptions, playOptions, runCommand } from "./command";
import type { Room } from "./room";

const NOTES = `
Examples:
  npm run grade -- batch ../submissions                        a class, all labs, into class-out/
  npm run grade -- batch ../submissions --labs 1-2 --secret seeds.secret --out lab2
  npm run grade -- batch ../submissions --list handed-in.csv   several attempts a student, with their times
  npm run grade -- batch ../submissions --json-events          how far it is, as a JSON document a line

Each entry of the folder is a submission: a folder, a .zip, a .tar.gz or a bare git repository, named as its student. A list
(CSV with the columns student, path, submittedAt, or a JSON array of such objects) says otherwise: paths are relative to the folder,
a student may have any number of them, and what is not listed is ignored. Without a time on the list, that of the file's last
modification counts.

Ctrl-C ends what is being judged and begins nothing else; a second one ends at once. Whatever ended it, a kill or a power failure
included, the same command goes on where it was, and judges what ended in an error of the grader again. Other settings need another
--out.

Exit code: 0 the grading worked, whatever the marks; 2 wrong usage; 4 errors of the grader are left for you to look at; 130 stopped.`;

interface Options extends PlayOptions, Wish {
  readonly only?: string;
  readonly secret?: string;
  readonly course?: string;
  readonly list?: string;
  readonly stage?: StudentStage;
  readonly jsonEvents?: boolean;
}

/** What the command line says. */
interface Request {
  readonly submissions: string;
  readonly out: string;
  readonly options: Options;
  readonly course: Course;
  /** Seeds a scene: of the command line, or of the course. */
  readonly seeds: number;
  readonly seedSource: number | Secret;
}

/**
 * The command `grade batch`: judges a class, and goes on where an earlier batch was stopped.
 *
 * @param args - the command line behind `batch`
 * @returns the exit code
 */
export function runBatchCommand(args: readonly string[], room: Room): Promise<number> {
  return runCommand(room, async () => {
    const request = parse(args, room);
    const { submissions, out, course, options } = request;
    const found = byPattern(
      discover(submissions, options.list === undefined ? undefined : readList(options.list)),
      request,
    );
    const place = choosePlace(options, false);
    makeFolder(out, submissions);
    const free = lockFolder(out);
    // Nothing of a submission runs in the process of a judge, so one judges them all.
    const isShared = place.isolation !== "process";
    const lanes = openLanes(Math.min(options.workers, found.entries.length), poolOptionsAt(place), isShared);
    try {
      refuseOtherPolicy(out, course);
      const order = await orderOf(request, found, lanes, place, room);
      warn(order, course, room);
      const end = await follow(order, options.jsonEvents === true, room);
      if (!end.isWhole) {
        room.error(`stopped; the same command goes on with what is left\n`);
        return EXIT.interrupted;
      }
      const { taken, ungraded } = end;
      const { seeds } = request;
      const summary = { out, course, taken, ungraded, ignored: found.ignored, seeds, workers: lanes.length };
      const document = writeClass({ ...summary, now: new Date() }, options.stage);
      rememberPolicy(out, course);
      if (options.json === true) room.out(`${JSON.stringify(document, undefined, 2)}\n`);
      else if (options.jsonEvents !== true)
        room.out(`${classReport(document, room.colors)}${path.join(out, "report", "index.html")}\n`);
      return document.ungraded.length + document.judgeErrors.length > 0 ? EXIT.ours : EXIT.worked;
    } finally {
      for (const lane of lanes) lane.close();
      free();
    }
  });
}

function parse(args: readonly string[], room: Room): Request {
  const command = commandLine("grade", "Grades a class: a folder with a submission of each student.", room);
  command
    .name("npm run grade -- batch")
    .argument("<submissions>", "folder with a folder, .zip, .tar.gz or bare git repository of each student");
  playOptions(command, 0)
    .option("--only <text>", "the scenes whose name contains this text; the marks are then not final")
    .addOption(
      new Option(
        "--secret <file>",
        "the secret from which hidden seeds derive; see `seeds --help`",
      ).conflicts("seed"),
    )
    .option("--course <file>", "the policy (default: grader/course.json)")
    .option("--list <file>", "CSV or JSON: whose each submission is, and when it was handed in")
    .addOption(
      new Option(
        "--stage <stage>",
        "what students see: before or after the deadline (default: by the due dates)",
      ).choices(["before", "after"]),
    )
    .addOption(
      new Option("--json-events", "what happens, a JSON document a line, on standard output").conflicts(
        "json",
      ),
    )
    .addHelpText("after", NOTES);
  placeOptions(command);
  describeDefaults(command);
  command.parse(args, { from: "user" });
  const options = command.opts<Options>();
  const course = courseOf(room.root, options.course);
  const seeds = command.getOptionValueSource("seeds") === "default" ? course.seeds : options.seeds;
  const seedSource = options.secret === undefined ? options.seed : readSecret(options.secret);
  return {
    submissions: command.processedArgs[0] as string,
    out: options.out ?? "class-out",
    ...{ options, course, seeds, seedSource },
  };
}

/** Two defaults are others than those of `grade`. */
function describeDefaults(command: Command): void {
  for (const option of command.options) {
    if (option.long === "--seeds") option.default(0, "as the course says");
    if (option.long === "--out") option.description = "the folder of the results (default: class-out)";
    if (option.long === "--workers") option.description = "submissions that are judged at a time";
  }
}

/** Without a list, the policy may say how the name of a submission tells its student. */
function byPattern(found: Discovery, { course, options }: Request): Discovery {
  if (options.list !== undefined) return found;
  const entries = found.entries.map((entry) => ({ ...entry, student: studentOf(entry.student, course) }));
  return { ...found, entries };
}

function makeFolder(out: string, submissions: string): void {
  const below = path.relative(path.resolve(submissions), path.resolve(out));
  if (below === "" || (!below.startsWith("..") && !path.isAbsolute(below)))
    throw new UsageError(`--out ${out} lies in the folder of the submissions; name one beside it`);
  try {
    mkdirSync(out, { recursive: true });
  } catch (error) {
    throw new UsageError(
      `--out ${out}: this folder cannot be made (${(error as NodeJS.ErrnoException).code})`,
    );
  }
}

async function orderOf(
  { out, options, seeds, seedSource }: Request,
  { entries }: Discovery,
  lanes: readonly Lane[],
  place: Place,
  room: Room,
): Promise<BatchOrder> {
  const { root, check } = room;
  const { only } = options;
  const suites = selectHidden(root, options.labs);
  const [first] = lanes;
  if (first === undefined) throw new RangeError("there is no lane");
  const selections = await first.use((pool) => selectFrom(pool, suites, only));
  const { name, version } = versionOf(root);
  const settings: Settings = {
    course: `${name} ${version}`,
    judge: digestOfJudge(root),
    node: process.version,
    labs: selections.map(({ lab }) => lab),
    ...(only !== undefined && { only }),
    seeds,
    ...(seedSource instanceof Secret ? { seedCommitment: seedSource.commitment } : { seedBase: seedSource }),
    ...place,
  };
  return {
    out,
    entries,
    lanes,
    settings,
    common: { root, selections, seedSource, seeds, only, place, check },
  };
}

/** A misspelt name in the policy would change nothing, silently. */
function warn({ common: { selections, only } }: BatchOrder, course: Course, room: Room): void {
  if (only !== undefined) return;
  for (const { lab, scenes } of selections)
    for (const scene of unknownScenes(lab, scenes, course))
      room.error(`the policy names a scene of Lab ${lab} that does not exist: “${scene}”\n`);
}

/** Runs it, shows how far it is, and says so when it is interrupted. */
async function follow(order: BatchOrder, asJson: boolean, room: Room): ReturnType<typeof runBatch> {
  const progress = asJson ? undefined : showBatch(room.progress);
  const judging = new Set<string>();
  const tell = (event: BatchEvent): void => {
    if (event.event === "judging") judging.add(event.name);
    if (event.event === "judged" || event.event === "ungraded") judging.delete(event.name);
    if (progress === undefined) room.out(`${JSON.stringify(event)}\n`);
    else progress.tell(event);
  };
  const drain = (): void => tell({ event: "draining", names: [...judging] });
  room.signal.addEventListener("abort", drain, { once: true });
  try {
    const end = await runBatch(order, room.signal, tell);
    tell({ event: "ended", whole: end.isWhole });
    return end;
  } finally {
    room.signal.removeEventListener("abort", drain);
    progress?.end();
  }
}
