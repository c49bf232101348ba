import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { commandLine } from "../../labs/desk/command-line";
import { UsageError } from "../../labs/kit/program/errors";
import { safeName } from "../batch/names";
import { readCourse } from "../policy/course-file";
import { archiveOf, type Terms } from "../release/archive";
import { tryGates } from "../release/gates";
import { partFor } from "../release/part";
import { type Cap, withCaps } from "../release/record";
import { EXIT, fileIn, runCommand } from "./command";
import type { Room } from "./room";

const NOTES = `
Examples:
  npm run grade -- release --lab 2 --to alice --by "J. Doe" --out ../released
  npm run grade -- release --lab 2 --to "*" --by "J. Doe" --cap 0.7 --out ../released
                                             the whole class

For somebody who is stuck: the reference's Raft up to and including that lab, to begin the next one from. Of
later labs and of challenges there is what the skeleton has. The part is written only if it type-checks,
passes the public scenes of its labs, and has no five lines of what was taken out.

What it costs stands in the policy of the course, under “caps”: for each lab of the part one entry, from
which marks of what the student hands in later are computed. There are parts of Labs 1 to 4; Lab 6 builds on
nothing.

Exit code: 0 it was written, 1 something is wrong with the part, 2 wrong usage, 4 an error of the grader.`;

/** Half of the points: having tried is worth something, and so is not having asked. */
const CAP = 0.5;

interface Options extends Omit<Terms, "student"> {
  readonly lab: number;
  readonly to: string;
  readonly out: string;
  readonly course?: string;
  readonly at: string;
}

/**
 * The command `grade release`: gives a student the reference up to a lab, and records what that costs.
 *
 * @param args - the command line behind \`release\`
 * @returns the exit code
 */
export function runRelease(args: readonly string[], room: Room): Promise<number> {
  return runCommand(room, async () => {
    const options = parse(args, room);
    const { lab, to: student, by, cap, at, out } = options;
    const part = partFor(room.root, lab);
    const policy = options.course ?? path.join(room.root, "grader", "course.json");
    const text = existsSync(policy) ? readFileSync(policy, "utf8") : undefined;
    if (text === undefined) throw new UsageError(`“${policy}” cannot be read; --course names the policy`);
    const known = readCourse(policy).caps;
    const caps = Array.from({ length: lab }, (_, i): Cap => ({ lab: i + 1, student, by, cap, at })).filter(
      (each) => !known.some((old) => isCovered(each, old)),
    );
    const wrong = tryGates(room.root, part);
    for (const { gate, lines } of wrong) {
      room.error(
        `not written: a part ${gate}, and this one does not\n${lines.map((line) => `  ${line}\n`).join("")}`,
      );
    }
    if (wrong.length > 0) return EXIT.found;
    const file = fileIn(out, `lab-${lab}-${student === "*" ? "all" : safeName(student)}.tar.gz`);
    if (caps.length > 0) writeFileSync(policy, withCaps(text, caps)); // first: nobody has the part, and no cap
    writeFileSync(file, await archiveOf(part, { student, by, cap }));
    room.out(`${file}: ${part.tree.length} files\n${policy}: ${recordOf(caps, cap)}\n`);
    return EXIT.worked;
  });
}

function parse(args: readonly string[], room: Room): Options {
  const command = commandLine(
    "grade",
    "Gives a student the reference up to a lab, to begin the next one from.",
    room,
  )
    .name("npm run grade -- release")
    .requiredOption("--lab <number>", "the last lab that is in it", parseLab)
    .requiredOption("--to <student>", "as marks name the student; “*” is everybody", parseName)
    .requiredOption("--by <name>", "who releases it: students read the name", parseName)
    .requiredOption("--out <dir>", "the folder for the archive")
    .option("--cap <share>", "of the points of these labs that can still be had", parseCap, CAP)
    .option("--course <file>", "the policy that records it (default: grader/course.json)")
    .option("--at <instant>", "what is handed in later is capped (default: now)", parseInstant)
    .addHelpText("after", NOTES);
  command.parse(args, { from: "user" });
  return { at: new Date().toISOString(), ...command.opts<Omit<Options, "at">>() };
}

/** A cap that is as low already, from as early on. */
function isCovered(cap: Cap, old: Cap): boolean {
  const isFor = old.lab === cap.lab && (old.student === "*" || old.student === cap.student);
  return isFor && old.cap <= cap.cap && Date.parse(old.at) <= Date.parse(cap.at);
}

function recordOf(caps: readonly Cap[], cap: number): string {
  if (caps.length === 0) return "as it was, for these labs are capped already";
  const labs = caps.map(({ lab }) => lab).join(", ");
  return `from now on at most ${Math.round(cap * 10_000) / 100} % of the points of Lab ${labs}`;
}

function parseLab(text: string): number {
  if (/^\d$/.test(text)) return Number(text);
  throw new UsageError(`--lab ${text}: name a lab by its number, such as 2`);
}

function parseName(text: string): string {
  const name = text.trim();
  if (name !== "" && name.length <= 100 && !/\p{C}/u.test(name)) return name;
  throw new UsageError(
    `“${name.replaceAll(/\p{C}/gu, "?").slice(0, 100)}” is no name; write it in up to 100 letters`,
  );
}

function parseCap(text: string): number {
  const cap = /^\d?\.?\d+$/.test(text) ? Number(text) : NaN;
  if (cap >= 0 && cap <= 1) return cap;
  throw new UsageError(`--cap ${text}: a share of the points lies between 0 and 1, such as 0.5`);
}

function parseInstant(text: string): string {
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  if (isInstant && !Number.isNaN(Date.parse(text))) return text;
  throw new UsageError(`--at ${text}: write an instant with its zone, such as 2026-10-01T23:59:00+02:00`);
}
