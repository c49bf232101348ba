import Table from "cli-table3";
import type { Colors } from "picocolors/types";
import type { Mutant } from "../mutants";
import type { Kill, Trophy } from "../mutation/hunt";
import type { Cell } from "../mutation/matrix";
import { counted } from "./progress";
import { BARE_STYLE } from "./table";

/** What is known of a mutant after the hunt. */
interface MutantFinding extends Omit<Mutant, "edits"> {
  readonly killed: boolean;
  readonly kill?: KillRecord;
  /** For a mutant that every scene must kill: those that did not. */
  readonly spared?: readonly string[];
  /** With `--full`: how each scene deals with it. */
  readonly scenes?: readonly Cell[];
}

interface KillRecord {
  readonly scene: string;
  readonly seed: number;
  /** Under so many seeds, that scene kills it. */
  readonly seedsNeeded: number;
  readonly verdict: string;
  readonly rule: string;
  /** What the student would read. */
  readonly message: string;
  readonly virtualMs: number;
}

/** What `npm run mutants` finds out. */
export interface MutantsDocument {
  readonly schema: "replication-labs/mutants/1";
  readonly seedBase: number;
  readonly seeds: number;
  readonly mutants: readonly MutantFinding[];
  /** Names of those that no scene kills, or that a scene spares although every one must kill them. */
  readonly survivors: readonly string[];
  readonly wallMs: number;
}

/** How the hunt was done. */
export interface HuntRecord {
  readonly seedBase: number;
  readonly seeds: number;
  /** When the command began, in ms of `performance.now()`. */
  readonly begun: number;
}

/** Puts the findings together. */
export function mutantsDocument(
  trophies: readonly Trophy[],
  cells: ReadonlyMap<Mutant, readonly Cell[]>,
  { seedBase, seeds, begun }: HuntRecord,
): MutantsDocument {
  const mutants = trophies.map(({ mutant, kill, spared }): MutantFinding => {
    const { edits: _, ...known } = mutant;
    const scenes = cells.get(mutant);
    return {
      ...known,
      killed: kill !== undefined && spared.length === 0,
      ...(kill !== undefined && { kill: record(kill) }),
      ...(mutant.everyScene === true && { spared }),
      ...(scenes !== undefined && { scenes }),
    };
  });
  const survivors = mutants.filter(({ killed }) => !killed).map(({ name }) => name);
  const wallMs = Math.round(performance.now() - begun);
  return { schema: "replication-labs/mutants/1", seedBase, seeds, mutants, survivors, wallMs };
}

function record({ scene, nth, outcome: { seed, verdict, failure } }: Kill): KillRecord {
  const { rule = "", message = "", virtualMs = 0 } = failure ?? {};
  return { scene, seed, seedsNeeded: nth, verdict, rule, message, virtualMs };
}

/** What an instructor reads: how each mutant died, the matrix if there is one, and the survivors. */
export function mutantsReport(document: MutantsDocument, colors: Colors): string {
  const { mutants, survivors, wallMs } = document;
  const killed = mutants.length - survivors.length;
  const total = `${killed} of ${counted(mutants.length, "mutant")} killed, in ${(wallMs / 1000).toFixed(1)} s`;
  return [
    ...mutants.flatMap((mutant) => [...story(mutant, document.seeds, colors), ""]),
    ...matrixLines(mutants, colors),
    survivors.length === 0 ? colors.green(total) : colors.red(`${total}; not: ${survivors.join(", ")}`),
    "",
  ].join("\n");
}

function story(mutant: MutantFinding, seeds: number, colors: Colors): string[] {
  const { name, title, rule, section, bug, kill, killed, spared = [] } = mutant;
  const number = bug === undefined ? "" : colors.dim(` (bug ${bug})`);
  const lines = [`${killed ? colors.green("✓") : colors.red("✗")} ${colors.bold(name)}${number}: ${title}`];
  if (kill !== undefined) {
    const effort = kill.seedsNeeded === 1 ? "at once" : `within ${kill.seedsNeeded} of ${seeds} seeds`;
    lines.push(
      `    killed ${effort} in “${kill.scene}”, seed ${kill.seed} ${colors.dim(`(${kill.verdict})`)}`,
      `    ${colors.red(kill.rule)}`,
      ...kill.message.split("\n").map((line) => `    ${line}`),
    );
  } else {
    lines.push(`    ${colors.red("survives")} every scene; it breaks: ${rule} (${section})`);
  }
  for (const scene of spared) lines.push(`    ${colors.red("spared")} by “${scene}”, which must notice it`);
  return lines;
}

/** Mutants are rows. Scenes, whose names are long, are numbered. */
function matrixLines(mutants: readonly MutantFinding[], colors: Colors): string[] {
  const scenes = [...new Set(mutants.flatMap(({ scenes: cells = [] }) => cells.map(({ scene }) => scene)))];
  if (scenes.length === 0) return [];
  const table = new Table({
    ...BARE_STYLE,
    head: ["mutant", ...scenes.map((_, i) => String(i + 1))].map((text) => colors.bold(text)),
    colAligns: ["left", ...scenes.map(() => "right" as const)],
  });
  for (const { name, scenes: cells = [] } of mutants) {
    const byScene = new Map(cells.map(({ scene, killed }) => [scene, killed]));
    table.push([name, ...scenes.map((scene) => shown(byScene.get(scene), colors))]);
  }
  const legend = scenes.map((scene, i) => `${String(i + 1).padStart(4)}  ${scene}`);
  const idle = scenes.filter((scene) => !mutants.some(({ scenes: cells = [] }) => kills(cells, scene)));
  return [
    `${colors.bold("Seeds that kill")}, by scene:`,
    ...legend,
    "",
    table.toString(),
    "",
    ...idle.map((scene) => `no mutant dies in “${scene}”`),
    "",
  ];
}

function kills(cells: readonly Cell[], scene: string): boolean {
  return cells.some((cell) => cell.scene === scene && cell.killed > 0);
}

function shown(killed: number | undefined, colors: Colors): string {
  if (killed === undefined) return "";
  return killed === 0 ? colors.dim("·") : String(killed);
}
