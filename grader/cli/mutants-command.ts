import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { commandLine } from "../../labs/desk/command-line";
import { UsageError } from "../../labs/kit/program/errors";
import { collectFiles } from "../../labs/kit/subject/files";
import { Pool } from "../../labs/runner/pool";
import { selectFrom, selectHidden, type Selection } from "../grading/selection";
import { type Mutant, MUTANTS } from "../mutants";
import { chase } from "../mutation/chase";
import type { HuntOptions, Prey, Trophy } from "../mutation/hunt";
import { type Killer, type Killers, readKillers, writeKillers } from "../mutation/killers";
import { type Cell, matrix } from "../mutation/matrix";
import { scenesOf } from "../mutation/scenes";
import { mutate, type Tree, Trees } from "../mutation/tree";
import { EXIT, fileIn, type PlayOptions, playOptions, runCommand } from "./command";
import { mutantsDocument, mutantsReport } from "./mutants-report";
import { showProgress } from "./progress";
import type { Room } from "./room";

const NOTES = `
A mutant is the reference with one named, minimal bug. It survives if no hidden scene notices it: then the
scenes are too weak. With --full, each mutant meets each scene under all seeds.

The run that killed a mutant when somebody last looked, by grader/mutants/killers.json, is tried first. Where it
does not, the mutant is hunted through all scenes, so the file changes no verdict, only the time it takes to get
there. --remember hunts each mutant so, and writes that file for those that it played.

Exit code: 0 all were killed; 1 one survives; 2 wrong usage; 4 an error of the grader, such as a mutant
under which the reference has moved.`;

interface Options extends PlayOptions {
  readonly only?: string;
  readonly full?: boolean;
  readonly remember?: boolean;
}

/** What the hunt works on. */
interface Field {
  readonly mutants: ReadonlyMap<Mutant, Tree>;
  readonly selections: readonly Selection[];
  readonly killers: Killers;
  readonly options: Options;
}

/**
 * The command `mutants`: shows that a hidden scene catches every known bug.
 *
 * @param args - the command line, without node and script
 * @param all - the mutants there are
 * @returns the exit code
 */
export function runMutants(
  args: readonly string[],
  room: Room,
  all: readonly Mutant[] = MUTANTS,
): Promise<number> {
  const begun = performance.now();
  return runCommand(room, async () => {
    const options = parse(args, room);
    const suites = selectHidden(room.root, options.labs);
    const chosen = selectMutants(all, suites, options.only);
    const mutants = mutate(chosen, collectFiles(path.join(room.root, "solutions")));
    const killers = readKillers(room.root);
    const file = options.out === undefined ? undefined : fileIn(options.out, "mutants.json");
    const pool = new Pool({ workers: options.workers });
    pool.start();
    try {
      const selections = await selectFrom(pool, suites, undefined);
      const found = await play(pool, { mutants, selections, killers, options }, room);
      const { seed: seedBase, seeds } = options;
      const document = mutantsDocument(found.trophies, found.cells, { seedBase, seeds, begun });
      const text = `${JSON.stringify(document, undefined, 2)}\n`;
      if (file !== undefined) writeFileSync(file, text);
      if (options.remember === true) writeKillers(room.root, updated(killers, all, found.trophies));
      room.out(options.json === true ? text : mutantsReport(document, room.colors));
      return document.survivors.length === 0 ? EXIT.worked : EXIT.found;
    } finally {
      pool.close();
    }
  });
}

function parse(args: readonly string[], room: Room): Options {
  const command: Command = playOptions(
    commandLine("mutants", "Shows that the hidden scenes catch every known bug.", room),
    20,
  )
    .option("--only <text>", "the mutants whose name contains this text, or the one that is called so")
    .option("--full", "every mutant in every scene under all seeds")
    .option("--remember", "writes down which run killed each, to be tried first from now on")
    .addHelpText("after", NOTES);
  command.parse(args, { from: "user" });
  return command.opts<Options>();
}

function selectMutants(
  all: readonly Mutant[],
  labs: readonly { readonly lab: number }[],
  only: string | undefined,
): readonly Mutant[] {
  const inLabs = all.filter((mutant) => labs.some(({ lab }) => lab === mutant.lab));
  if (only === undefined) return inLabs;
  const exact = inLabs.filter(({ name }) => name === only);
  const found = exact.length > 0 ? exact : inLabs.filter(({ name }) => name.includes(only.toLowerCase()));
  if (found.length > 0) return found;
  const names = inLabs.map(({ name }) => `  ${name}`).join("\n");
  throw new UsageError(`no mutant's name contains “${only}”; the mutants are:\n${names}`);
}

/** What is known of mutants that were not played stays; those that are gone are forgotten. */
function updated(earlier: Killers, all: readonly Mutant[], trophies: readonly Trophy[]): Killers {
  const found = new Map(trophies.map((trophy) => [trophy.mutant, trophy]));
  const known = all.flatMap((mutant): [string, Killer][] => {
    const trophy = found.get(mutant);
    const killer = trophy === undefined ? earlier.get(mutant.name) : killerOf(trophy);
    return killer === undefined ? [] : [[mutant.name, killer]];
  });
  return new Map(known);
}

function killerOf({ mutant, kill }: Trophy): Killer | undefined {
  if (kill === undefined || mutant.everyScene === true) return undefined;
  return { scene: kill.scene, seed: kill.outcome.seed };
}

async function play(
  pool: Pool,
  { mutants, selections, killers, options }: Field,
  room: Room,
): Promise<{ trophies: Trophy[]; cells: Map<Mutant, Cell[]> }> {
  const { seed: seedBase, seeds, full = false } = options;
  const scenes = scenesOf(selections);
  const trees = new Trees("mutants");
  try {
    const preys = [...mutants].map(([mutant, tree]): Prey => {
      const own = scenes.filter(({ lab }) => lab === mutant.lab);
      return { mutant, folder: trees.write(mutant.name, tree), scenes: own };
    });
    const hunted = { seedBase, seeds, signal: room.signal };
    const tried: Killers = options.remember === true ? new Map() : killers;
    const trophies = await chaseWithProgress(pool, preys, tried, hunted, room);
    const cells = full ? await matrixWithProgress(pool, preys, hunted, room) : new Map<Mutant, Cell[]>();
    return { trophies, cells };
  } finally {
    trees.remove();
  }
}

async function chaseWithProgress(
  pool: Pool,
  preys: readonly Prey[],
  killers: Killers,
  options: Omit<HuntOptions, "onKill">,
  room: Room,
): Promise<Trophy[]> {
  const progress = showProgress(room.progress, preys.length, "mutant");
  const reference = path.join(room.root, "solutions");
  try {
    return await chase(pool, preys, killers, {
      ...options,
      reference,
      onKill: ({ name }) => progress.step(name),
    });
  } finally {
    progress.end();
  }
}

async function matrixWithProgress(
  pool: Pool,
  preys: readonly Prey[],
  options: Omit<HuntOptions, "onKill">,
  room: Room,
): Promise<Map<Mutant, Cell[]>> {
  const runs = preys.reduce((sum, { scenes }) => sum + scenes.length * options.seeds, 0);
  const progress = showProgress(room.progress, runs, "run");
  try {
    return await matrix(pool, preys, options, ({ scene }) => progress.step(scene));
  } finally {
    progress.end();
  }
}
