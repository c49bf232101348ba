import { writeFileSync } from "node:fs";
import { UsageError } from "../../labs/kit/program/errors";
import { Pool } from "../../labs/runner/pool";
import { allSuites, innocents } from "../fairness/subjects";
import { casesOf, type Charge, type Round, trial } from "../fairness/trial";
import { selectFrom, selectLabs } from "../grading/selection";
import { commandLine, EXIT, fileIn, type PlayOptions, playOptions, runCommand } from "./command";
import { showProgress } from "./progress";
import type { Room } from "./room";
import { accusationLines, Findings, variantsReport } from "./variants-report";

const NOTES = `
The reference and the accepted variants are right, each in its own way: no scene, hidden or public, may
accuse one. If one does, the scene is wrong.

A long trial tells what it has found after every 100 seeds of each scene; --skip goes on from there.

Exit code: 0 nobody was accused; 1 somebody was; 2 wrong usage; 4 an error of the grader.`;

interface Options extends PlayOptions {
  readonly only?: string;
  readonly scene?: string;
  readonly skip: number;
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
 * @returns the exit code
 */
export function runVariants(command: FairCommand, args: readonly string[], room: Room): Promise<number> {
  const begun = performance.now();
  return runCommand(room, async () => {
    const options = parse(command, args, room);
    const { seed: seedBase, seeds, skip } = options;
    if (skip >= seeds) throw new UsageError(`--skip ${skip}: of ${seeds} seeds a scene, that leaves none`);
    const suites = selectLabs(allSuites(room.root), options.labs);
    const subjects = innocents(room.root, options.only);
    const file = options.out === undefined ? undefined : fileIn(options.out, `${command.name}.json`);
    const pool = new Pool({ workers: options.workers });
    pool.start();
    try {
      const selections = await selectFrom(pool, suites, options.scene);
      const charge = { root: room.root, innocents: subjects, selections, seedBase, seeds, skip };
      const findings = await play(pool, charge, options.json === true, room);
      const document = findings.document({ seedBase, seeds, skip, wallMs: performance.now() - begun });
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
    .addHelpText("after", NOTES);
  command.parse(args, { from: "user" });
  return command.opts<Options>();
}

function parseSkip(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new UsageError(`--skip ${text}: say how many seeds to leave out`);
  return Number(text);
}

async function play(pool: Pool, charge: Charge, quiet: boolean, room: Room): Promise<Findings> {
  const runs = casesOf(charge).length * (charge.seeds - charge.skip);
  const progress = showProgress(room.progress, runs, "runs");
  const findings = new Findings();
  try {
    const rounds = trial(pool, charge, room.signal, ({ scene }) => progress.step(scene));
    for await (const round of rounds) {
      findings.add(round);
      if (!quiet && round.done < charge.seeds) progress.say(roundLines(round, charge, room));
    }
    return findings;
  } finally {
    progress.end();
  }
}

/** A trial that is broken off has told what it found. */
function roundLines({ accusations, done }: Round, { seeds }: Charge, { colors }: Room): string[] {
  const found = accusations.length === 0 ? "nobody accused" : `${accusations.length} accusations`;
  return [
    ...accusations.flatMap((each) => accusationLines(each, colors)),
    `seeds up to ${done} of ${seeds}: ${found} (go on from here with --skip ${done})`,
  ];
}
