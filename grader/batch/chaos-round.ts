import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { EXIT } from "../cli/command";
import type { Grade } from "../schema/grade";
import { ANSWERS, programs } from "./chaos-submissions";
import { descendantsOf, whoIsLeft } from "./processes";

/** What chaos is made with: a course in miniature without a sandbox, or Lab 1 of the real one in the strongest sandbox that there is. */
export const CHAOS_KINDS = ["miniature", "sandbox"] as const;

/** One of {@link CHAOS_KINDS}. */
export type ChaosKind = (typeof CHAOS_KINDS)[number];

/** Where chaos takes place, and what an undisturbed batch finds there. */
export interface ChaosSetting {
  readonly kind: ChaosKind;
  readonly folder: string;
  /** How long an undisturbed batch takes, real time in ms. */
  readonly wallMs: number;
  readonly expected: Found;
}

/** What came of one round. */
export interface ChaosRound {
  /** What was killed, in order: `batch`, `worker`, `sandbox`. */
  readonly kills: readonly string[];
  /** How often the batch was started. */
  readonly starts: number;
  /** Where the outcome differs from an undisturbed one; none if all is well. */
  readonly faults: readonly string[];
}

/** Everything that a kill must not change, by file. */
type Found = ReadonlyMap<string, string>;

const ROOT = path.resolve(__dirname, "../..");
const COURSE = path.join(ROOT, "grader", "fixtures", "course");

const MOST_KILLS = 6;

/** After so many starts a batch that does not come to its end is at fault. */
const MOST_STARTS = MOST_KILLS + 6;

/** It worked, or errors of the grader are left: a worker was killed twice in the same run. */
const ORDERLY: readonly number[] = [EXIT.worked, EXIT.ours];

/** A process whose parent was killed has so long to notice it (real time, ms). */
const ORPHANS_END_MS = 20_000;

/** Writes the submissions and judges them undisturbed. */
export async function prepareChaos(kind: ChaosKind): Promise<ChaosSetting> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "chaos-"));
  const submissions = kind === "miniature" ? ANSWERS : programs(ROOT);
  for (const [name, text] of Object.entries(submissions)) {
    const file = path.join(folder, "submissions", name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const begun = performance.now();
  const out = path.join(folder, "undisturbed");
  const { code, said } = await ended(startBatch(kind, folder, out));
  if (code !== 0) throw new Error(`an undisturbed batch ended with exit code ${code}: ${said}`);
  return { kind, folder, wallMs: performance.now() - begun, expected: findingsOf(out) };
}

/** Starts a batch until it comes to its end, and kills it or a process of its own at moments that follow from `seed`. */
export async function chaosRound(setting: ChaosSetting, seed: number): Promise<ChaosRound> {
  const random = xoroshiro128plus(seed);
  const pick = (least: number, most: number): number => uniformInt(random, least, most);
  const out = path.join(setting.folder, `round-${seed}`);
  const kills: string[] = [];
  const orphans = new Set<number>();
  const wanted = pick(1, MOST_KILLS);
  const faults: string[] = [];
  let code: number | null = null;
  let starts = 0;
  while (code !== 0 && starts < MOST_STARTS) {
    starts++;
    const batch = startBatch(setting.kind, setting.folder, out);
    const end = ended(batch);
    while (kills.length < wanted && batch.exitCode === null && batch.signalCode === null) {
      await Promise.race([delay(pick(0, Math.ceil(setting.wallMs / 3))), end]);
      const kill = killSomething(batch, pick, orphans);
      if (kill !== undefined) kills.push(kill);
      if (kill === "batch") break;
    }
    const { code: last, said } = await end;
    code = last;
    if (code !== null && !ORDERLY.includes(code))
      faults.push(`start ${starts} ended with exit code ${code}: ${said}`);
  }
  if (code !== 0) faults.push(`it has not come to its end after ${starts} starts`);
  faults.push(...differences(setting.expected, findingsOf(out)), ...doubled(out));
  const left = await whoIsLeft(orphans, ORPHANS_END_MS);
  faults.push(...left.map((pid) => `process ${pid} goes on without its batch`));
  rmSync(out, { recursive: true, force: true });
  return { kills, starts, faults };
}

function startBatch(kind: ChaosKind, folder: string, out: string): ChildProcess {
  const script = path.join(__dirname, "chaos-child.ts");
  const [course, options] =
    kind === "miniature"
      ? [COURSE, ["--labs", "1,2", "--isolation", "process"]]
      : [ROOT, ["--labs", "1", "--seeds", "1"]];
  const args = [course, path.join(folder, "submissions"), "--out", out, "--workers", "2", ...options];
  const command = ["-r", "ts-node/register", script, ...args];
  return spawn(process.execPath, command, { cwd: ROOT, stdio: ["ignore", "ignore", "pipe"] });
}

/** How a batch ended, and the last line of its complaints. */
async function ended(batch: ChildProcess): Promise<{ code: number | null; said: string }> {
  let text = "";
  batch.stderr?.setEncoding("utf8").on("data", (chunk: string) => (text = (text + chunk).slice(-2000)));
  const [code] = (await once(batch, "exit")) as [number | null];
  return { code, said: text.trim().split("\n").at(-1) ?? "" };
}

type Pick = (least: number, most: number) => number;

/** @returns what was killed, if anything is left to kill */
function killSomething(
  { pid, exitCode }: ChildProcess,
  pick: Pick,
  orphans: Set<number>,
): string | undefined {
  if (pid === undefined || exitCode !== null) return undefined;
  const below = descendantsOf(pid);
  const depths = [...new Set([0, ...below.map(({ depth }) => depth)])];
  const depth = depths[pick(0, depths.length - 1)];
  const targets = [{ pid, depth: 0 }, ...below].filter((each) => each.depth === depth);
  const target = targets[pick(0, targets.length - 1)];
  if (target === undefined) return undefined;
  for (const each of below) if (each.pid !== target.pid) orphans.add(each.pid);
  try {
    process.kill(target.pid, "SIGKILL");
  } catch {
    return undefined; // it ended just now
  }
  return ["batch", "worker"][target.depth] ?? "sandbox";
}

/** Grade documents and marks, without what differs from run to run. */
function findingsOf(out: string): Found {
  const found = new Map<string, string>();
  for (const folder of ["grades", "marks", "standing"]) {
    for (const name of namesIn(path.join(out, folder))) {
      const document = JSON.parse(readFileSync(path.join(out, folder, name), "utf8")) as Partial<Grade>;
      const { wallMs: _wall, cpuMs: _cpu, judgeErrors, ...rest } = document;
      const text = JSON.stringify({ ...rest, left: judgeErrors?.left }).replaceAll(out, "OUT");
      found.set(`${folder}/${name}`, text);
    }
  }
  found.set("class.csv", textOf(path.join(out, "class.csv")));
  return found;
}

function differences(expected: Found, found: Found): string[] {
  const names = new Set([...expected.keys(), ...found.keys()]);
  return [...names].flatMap((name) => {
    if (expected.get(name) === found.get(name)) return [];
    if (!found.has(name)) return [`${name} is missing`];
    if (!expected.has(name)) return [`${name} should not be there`];
    return [`${name} differs${whereDiffers(expected.get(name) ?? "", found.get(name) ?? "")}`];
  });
}

/** The beginning of what is other than expected. */
function whereDiffers(expected: string, found: string): string {
  const at = [...found].findIndex((character, i) => character !== expected[i]);
  return at < 0 ? "" : `: …${found.slice(Math.max(0, at - 200), at + 300)}…`;
}

/** A result that is final is written into the journal once. */
function doubled(out: string): string[] {
  const lines = textOf(path.join(out, "journal.ndjson")).split("\n").slice(1, -1);
  const records = lines.map((line) => JSON.parse(line) as { name: string; left: number });
  const names = records.filter((record) => record.left === 0).map(({ name }) => name);
  const twice = names
    .filter((name, i) => names.indexOf(name) !== i)
    .map((name) => `${name} was judged twice`);
  const locks = namesIn(out).filter((name) => name.startsWith("lock."));
  return [...twice, ...locks.map((name) => `${name} was left behind`)];
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.endsWith(".new"));
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
