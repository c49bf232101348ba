import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { commandLine } from "../../labs/desk/command-line";
import { UsageError } from "../../labs/kit/program/errors";
import { Pool } from "../../labs/runner/pool";
import { allSuites, filesOf, type Innocent, innocents } from "../fairness/subjects";
import { casesOf, type Charge, type Round, trial } from "../fairness/trial";
import { selectFrom, selectLabs } from "../grading/selection";
import { Trees, writeTree } from "../mutation/tree";
import { ACCEPTED, type Variant } from "../variants";
import { EXIT, fileIn, type PlayOptions, playOptions, runCommand } from "./command";
import { counted, showProgress } from "./progress";
import type { Room } from "./room";
import { accusationLines, Findings, variantsReport } from "./variants-report";

const NOTES = `
The reference and the accepted variants are right, each in its own way: no scene, hidden or public, may
accuse one. If one does, the scene is wrong.

A program is played in the scenes of the labs that it implements. Some variants are edits of the reference
and have no folder: --write DIR writes the program that --only names, and plays nothing.

With --turns 3, a third of the programs play each scene, others the next one, so that each plays a third of all.

A long trial tells what it has found after every 100 seeds of each scene; --skip goes on from there.

Exit code: 0 nobody was accused; 1 somebody was; 2 wrong usage; 4 an error of the grader.`;

interface Options extends PlayOptions {
  readonly only?: string;
  readonly scene?: string;
  readonly skip: number;
  readonly turns: number;
  readonly write?: string;
}

/** A command that plays right programs. */
export interface FairCommand {
  readonly name: string;
  readonly description: string;
  /** Seeds a scene if nobody asks for another number. */
  readonly seeds: number;
}

/** The command `variants`: no right program is accused. */
export const VARIANTS: FairCommand = {
  name: "variants",
  description: "Shows that no scene accuses the reference or an accepted variant.",
  seeds: 20,
};

/** The command `soak`: the same for many seeds. */
export const SOAK: FairCommand = {
  name: "soak",
  description: "Plays the reference and the accepted variants under many seeds.",
  seeds: 2000,
};

/**
 * Plays the reference and the variants in all scenes.
 *
 * @param args - the command line, without node and script
 * @param variants - the variants there are
 * @returns the exit code
 */
export function runVariants(
  command: FairCommand,
  args: readonly string[],
  room: Room,
  variants: readonly Variant[] = ACCEPTED,
): Promise<number> {
  const begun = performance.now();
  return runCommand(room, async () => {
    const options = parse(command, args, room);
    const { seed: seedBase, seeds, skip, turns } = options;
    if (skip >= seeds) throw new UsageError(`--skip ${skip}: of ${seeds} seeds a scene, that leaves none`);
    const suites = selectLabs(allSuites(room.root), options.labs);
    const subjects = innocents(room.root, variants, options.only);
    if (options.write !== undefined) return write(options.write, subjects, room);
    const file = options.out === undefined ? undefined : fileIn(options.out, `${command.name}.json`);
    const pool = new Pool({ workers: options.workers });
    pool.start();
    try {
      const selections = await selectFrom(pool, suites, options.scene);
      const charge = { root: room.root, innocents: subjects, selections, seedBase, seeds, skip, turns };
      if (casesOf(charge).length === 0) throw new UsageError(idleLine(subjects));
      const findings = await play(pool, charge, options.json === true, room);
      const document = findings.document({ seedBase, seeds, skip, turns, wallMs: performance.now() - begun });
      const text = `${JSON.stringify(document, undefined, 2)}\n`;
      if (file !== undefined) writeFileSync(file, text);
      room.out(options.json === true ? text : variantsReport(document, room.colors));
      if (findings.judgeErrors > 0) return EXIT.ours;
      return document.accusations.length === 0 ? EXIT.worked : EXIT.found;
    } finally {
      pool.close();
    }
  });
}

function parse({ name, description, seeds }: FairCommand, args: readonly string[], room: Room): Options {
  const command = playOptions(commandLine(name, description, room), seeds)
    .option("--only <text>", "the variants whose name contains this text, or the one that is called so")
    .option("--scene <text>", "the scenes whose name contains this text, or the one that is called so")
    .option("--skip <number>", "leave out so many seeds of each scene, played earlier", parseSkip, 0)
    .option("--turns <number>", "each scene is played by every so-many-th program", parseTurns, 1)
    .option("--write <dir>", "writes the program that --only names into this folder, and plays nothing")
    .addHelpText("after", NOTES);
  command.parse(args, { from: "user" });
  return command.opts<Options>();
}

function parseSkip(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new UsageError(`--skip ${text}: say how many seeds to leave out`);
  return Number(text);
}

function parseTurns(text: string): number {
  const turns = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (turns < 1) throw new UsageError(`--turns ${text}: say every how-many-th program plays, from 1 to 999`);
  return turns;
}

/** Something in that folder that is not of this program stays as it is: it may be somebody's work. */
function write(dir: string, subjects: readonly Innocent[], room: Room): number {
  const [subject, ...others] = subjects;
  if (subject === undefined || others.length > 0) {
    const names = subjects.map(({ name }) => name).join(", ");
    throw new UsageError(`--write ${dir}: name one program with --only; these would be ${names}`);
  }
  const files = filesOf(room.root, subject);
  for (const { path: inside, text } of files) {
    const file = path.join(dir, inside);
    if (existsSync(file) && readFileSync(file, "utf8") !== text) {
      throw new UsageError(`--write ${dir}: ${inside} is there already and differs; name a new folder`);
    }
  }
  try {
    writeTree(dir, files);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--write ${dir}: the program cannot be written there (${code})`);
  }
  room.out(`${subject.name} is in ${dir}: ${files.map((each) => each.path).join(", ")}\n`);
  return EXIT.worked;
}

function idleLine(subjects: readonly Innocent[]): string {
  const each = subjects.map(({ name, labs = [] }) => `${name} (${labs.join(", ")})`);
  return `none of these programs implements a lab of the chosen scenes: ${each.join(", ")}`;
}

async function play(pool: Pool, charge: Charge, quiet: boolean, room: Room): Promise<Findings> {
  const runs = casesOf(charge).length * (charge.seeds - charge.skip);
  const progress = showProgress(room.progress, runs, "run");
  const findings = new Findings();
  const trees = new Trees("variants");
  try {
    const rounds = trial(pool, charge, trees, room.signal, ({ scene }) => progress.step(scene));
    for await (const round of rounds) {
      findings.add(round);
      if (!quiet && round.done < charge.seeds) progress.say(roundLines(round, charge, room));
    }
    return findings;
  } finally {
    trees.remove();
    progress.end();
  }
}

/** A trial that is broken off has told what it found. */
function roundLines({ accusations, done }: Round, { seeds }: Charge, { colors }: Room): string[] {
  const found = accusations.length === 0 ? "nobody accused" : counted(accusations.length, "accusation");
  return [
    ...accusations.flatMap((each) => accusationLines(each, colors)),
    `seeds up to ${done} of ${seeds}: ${found} (go on from here with --skip ${done})`,
  ];
}
