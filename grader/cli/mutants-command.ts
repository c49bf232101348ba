import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { UsageError } from "../../labs/kit/program/errors";
import { collectFiles } from "../../labs/kit/subject/files";
import { Pool } from "../../labs/runner/pool";
import { selectFrom, selectHidden, type Selection } from "../grading/selection";
import { type Mutant, MUTANTS } from "../mutants";
import { hunt, type HuntOptions, type Prey, type Trophy } from "../mutation/hunt";
import { type Cell, matrix } from "../mutation/matrix";
import { cheapFirst, scenesOf } from "../mutation/scenes";
import { mutate, type Tree, Trees } from "../mutation/tree";
import { commandLine, EXIT, fileIn, type PlayOptions, playOptions, runCommand } from "./command";
import { mutantsDocument, mutantsReport } from "./mutants-report";
import { showProgress } from "./progress";
import type { Room } from "./room";

const NOTES = `
A mutant is the reference with one named, minimal bug. It survives if no hidden scene notices it: then the
scenes are too weak. With --full, each mutant meets each scene under all seeds.

Exit code: 0 all were killed; 1 one survives; 2 wrong usage; 4 an error of the grader, such as a mutant
under which the reference has moved.`;

interface Options extends PlayOptions {
  readonly only?: string;
  readonly full?: boolean;
}

/** What the hunt works on. */
interface Field {
  readonly mutants: ReadonlyMap<Mutant, Tree>;
  readonly selections: readonly Selection[];
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
    const file = options.out === undefined ? undefined : fileIn(options.out, "mutants.json");
    const pool = new Pool({ workers: options.workers });
    pool.start();
    try {
      const selections = await selectFrom(pool, suites, undefined);
      const found = await play(pool, { mutants, selections, options }, room);
      const { seed: seedBase, seeds } = options;
      const document = mutantsDocument(found.trophies, found.cells, { seedBase, seeds, begun });
      const text = `${JSON.stringify(document, undefined, 2)}\n`;
      if (file !== undefined) writeFileSync(file, text);
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

async function play(
  pool: Pool,
  { mutants, selections, options }: Field,
  room: Room,
): Promise<{ trophies: Trophy[]; cells: Map<Mutant, Cell[]> }> {
  const { seed: seedBase, seeds, full = false } = options;
  const { signal } = room;
  const reference = path.join(room.root, "solutions");
  const scenes = scenesOf(selections);
  const cheap = await cheapFirst(pool, scenes, { reference, seedBase, seeds, signal });
  const trees = new Trees("mutants");
  try {
    const preys = [...mutants].map(([mutant, tree]): Prey => {
      const own = cheap.filter(({ lab }) => lab === mutant.lab);
      return { mutant, folder: trees.write(mutant.name, tree), scenes: own };
    });
    const hunted = { seedBase, seeds, signal };
    const trophies = await huntWithProgress(pool, preys, hunted, room);
    if (!full) return { trophies, cells: new Map() };
    const inOrder = preys.map((prey) => ({
      ...prey,
      scenes: scenes.filter((each) => prey.scenes.includes(each)),
    }));
    return { trophies, cells: await matrixWithProgress(pool, inOrder, hunted, room) };
  } finally {
    trees.remove();
  }
}

async function huntWithProgress(
  pool: Pool,
  preys: readonly Prey[],
  options: Omit<HuntOptions, "onKill">,
  room: Room,
): Promise<Trophy[]> {
  const progress = showProgress(room.progress, preys.length, "mutant");
  try {
    return await hunt(pool, preys, { ...options, onKill: ({ name }) => progress.step(name) });
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
