import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { checkLinearizable, DEFAULT_BUDGET, kv, type History, type Model } from "../../labs/kit/check";
import { generate, type Wanted } from "../../labs/kit/check/cells/generate";
import { decidePart, decideParts } from "../../labs/kit/check/decide";
import { MODELS } from "../../labs/kit/check/models";
import { splitParts } from "../../labs/kit/check/parts";
import { readHistory } from "../../labs/kit/check/readers";
import { checkLevel, LEVELS, type Level } from "../../labs/kit/check/weaker";
import { searchOrder } from "../../labs/kit/check/wgl";
import { UsageError } from "../../labs/kit/program/errors";
import { coldCheck, type ColdCheck } from "./checker-cold";
import { costOf } from "./measure";
import { PORCUPINE_US } from "./porcupine";

/** Batches of which the cheapest counts, and how long one takes at least, ms. */
const BATCHES = 5;
const BATCH = 20;

/** Logs that are checked before any counts. */
const WARM_UP = 8;

/** What one log costs, warm, in microseconds of processor time. */
export interface FileCost {
  readonly file: string;
  readonly operations: number;
  /** By the plain engine, which knows nothing of the model. */
  readonly plainUs: number;
  /** By the ways that know cells: the verdict alone. */
  readonly cellsUs: number;
  /** The verdict on every key, with what is wrong with each. */
  readonly fullUs: number;
  readonly porcupineUs?: number;
}

/** What a history that was made up costs. */
export interface MadeCost {
  readonly name: string;
  readonly verdict: string;
  /** The first check, and the cheapest of some. */
  readonly firstMs: number;
  readonly ms: number;
  /** What the check remembered. */
  readonly mb: number;
}

/** What the checker costs. */
export interface CheckerBench {
  readonly files: readonly FileCost[];
  /** Unique values, through the front door; then by the plain engine. */
  readonly made: readonly MadeCost[];
  /** Each level on 10,000 operations of 10 sessions on 10 keys, in ms. */
  readonly levels: readonly { readonly level: Level; readonly verdict: string; readonly ms: number }[];
  readonly cold: ColdCheck;
}

/**
 * Measures the checker on the logs of a folder and on histories that it makes up.
 *
 * @throws UsageError if there are no logs in the folder
 */
export function measureChecker(root: string, folder: string, say: (what: string) => void): CheckerBench {
  const names = logsIn(folder);
  say("a first check");
  const cold = coldCheck(root);
  say("logs of other systems");
  for (const file of names.slice(0, WARM_UP)) costOfFile(folder, file);
  const files = names.map((file) => costOfFile(folder, file));
  say("histories made up");
  const made = [
    ...[
      { operations: 1000, keys: 1, clients: 20 },
      { operations: 100_000, keys: 1, clients: 20 },
      { operations: 1_000_000, keys: 10, clients: 20 },
    ].map((wanted) => costOfMade({ ...wanted, crashed: 0, seed: 1 }, false)),
    ...[30_000, 100_000].map((operations) =>
      costOfMade({ operations, keys: 1, clients: 5, crashed: 0, seed: 1 }, true),
    ),
  ];
  say("weaker models");
  return { files, made, levels: costOfLevels(), cold };
}

function logsIn(folder: string): string[] {
  const names = ["jepsen", "kv"].flatMap((part) => {
    const inner = path.join(folder, part);
    try {
      return readdirSync(inner).map((name) => `${part}/${name}`);
    } catch {
      return [];
    }
  });
  const logs = names.filter((name) => /[.](log|txt)$/.test(name)).sort();
  if (logs.length > 0) return logs;
  throw new UsageError(`${folder} has no logs: expected jepsen/*.log and kv/*.txt in it`);
}

function costOfFile(folder: string, file: string): FileCost {
  const { model: name, history } = readHistory(readFileSync(path.join(folder, file), "utf8"));
  const model: Model = MODELS[name];
  const decide = (way: typeof searchOrder) => () =>
    void decideParts(
      splitParts(history, model),
      (part, share) => way(part.operations, model, share),
      DEFAULT_BUDGET,
      false,
    );
  const porcupineUs = PORCUPINE_US[file];
  return {
    file,
    operations: history.length,
    plainUs: warmUs(decide(searchOrder)),
    cellsUs: warmUs(decide(decidePart)),
    fullUs: warmUs(() => void checkLinearizable(history, model, { every: true })),
    ...(porcupineUs === undefined ? {} : { porcupineUs }),
  };
}

function costOfMade(wanted: Wanted, plain: boolean): MadeCost {
  const history: History = generate(wanted);
  const { operations, keys, clients } = wanted;
  const model: Model = kv;
  const budget = { steps: 1e9, bytes: 1e9 };
  const check = (): { verdict: string; bytes: number } => {
    if (plain) return searchOrder(history, model, budget);
    const { verdict, effort } = checkLinearizable(history, model, { budget });
    return { verdict, bytes: effort.bytes };
  };
  let found = { verdict: "", bytes: 0 };
  const times = Array.from({ length: 3 }, () => costOf(() => (found = check())).cpuMs);
  return {
    name: `${operations} operations, ${keys === 1 ? "1 key" : `${keys} keys`}, ${clients} clients, ${plain ? "plain" : "cells"}`,
    verdict: found.verdict,
    firstMs: times[0] ?? 0,
    ms: operations > 10_000 ? Math.min(...times) : warmUs(check) / 1000,
    mb: found.bytes / 2 ** 20,
  };
}

function costOfLevels(): CheckerBench["levels"] {
  const wanted = { operations: 10_000, keys: 10, clients: 10, crashed: 0, seed: 1 };
  const history = generate(wanted);
  return LEVELS.map((level) => {
    let verdict = "";
    const times = Array.from(
      { length: 3 },
      () => costOf(() => (verdict = checkLevel(level, history, kv).verdict)).cpuMs,
    );
    return { level, verdict, ms: Math.min(...times) };
  });
}

/** The least processor time of a call, over batches long enough for the clock. */
function warmUs(body: () => unknown): number {
  const { cpuMs: once } = costOf(body);
  const times = Math.max(1, Math.ceil(BATCH / Math.max(once, 0.05)));
  const batch = (): number =>
    costOf(() => {
      for (let i = 0; i < times; i++) body();
    }).cpuMs / times;
  return Math.min(...Array.from({ length: BATCHES }, batch)) * 1000;
}
