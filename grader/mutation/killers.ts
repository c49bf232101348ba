import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { JudgeError } from "../../labs/runner/pool";

/** A run that killed a mutant when somebody last looked. */
export interface Killer {
  readonly scene: string;
  readonly seed: number;
}

/** By the names of the mutants. */
export type Killers = ReadonlyMap<string, Killer>;

/** Scene, mutant, seed: a line a mutant. */
const shape = z.record(z.string(), z.record(z.string(), z.int().min(0).max(0xffff_ffff)));

/**
 * What the course in `root` remembers; nothing, if it has no such file.
 *
 * @throws {@link JudgeError} if the file holds something else
 */
export function readKillers(root: string): Killers {
  const file = fileOf(root);
  if (!existsSync(file)) return new Map();
  return new Map(
    Object.entries(parse(file)).flatMap(([scene, seeds]) =>
      Object.entries(seeds).map(([mutant, seed]): [string, Killer] => [mutant, { scene, seed }]),
    ),
  );
}

function parse(file: string): z.infer<typeof shape> {
  try {
    return shape.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new JudgeError(
      `${file} does not say which seed of which scene kills a mutant; delete it, and have it written anew by ` +
        "npm run mutants -- --remember",
    );
  }
}

/** Writes the file, sorted, so that a change shows where it is. */
export function writeKillers(root: string, killers: Killers): void {
  const scenes = [...new Set([...killers.values()].map(({ scene }) => scene))].sort();
  const mutants = [...killers.keys()].sort();
  const byScene = scenes.map((scene) => [
    scene,
    Object.fromEntries(mutants.flatMap((name) => seedFor(killers.get(name), name, scene))),
  ]);
  const file = fileOf(root);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(byScene), null, 2)}\n`);
}

function seedFor(killer: Killer | undefined, mutant: string, scene: string): [string, number][] {
  return killer?.scene === scene ? [[mutant, killer.seed]] : [];
}

function fileOf(root: string): string {
  return path.join(root, "grader", "mutants", "killers.json");
}
