import { fork, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { UsageError } from "../kit/program/errors";
import { errandsOf, type Errand, type Found, type Task } from "./errand";
import type { Order } from "./part";
import { CompareError } from "./store";

const ROOT = path.resolve(__dirname, "../..");

/** What is to be measured, on whom. */
export interface Work {
  /** The folder of the program. */
  readonly subject: string;
  readonly order: Order;
  /** The names of parts. */
  readonly parts: readonly string[];
}

/** The rows of each part, by its name. */
export type Rows = ReadonlyMap<string, readonly unknown[]>;

/** What was measured, and what could not be. */
export interface Findings {
  readonly rows: Rows;
  /** For each piece that is missing the reason. */
  readonly problems: readonly string[];
}

/**
 * Measures in child processes, one for each core. What is found does not depend on how many there are.
 *
 * @param onDone - told of each piece that is done
 * @throws {@link UsageError} if there is no such program; {@link CompareError} if a child has died
 */
export async function sendCrew(
  { subject, order, parts }: Work,
  onDone: (errand: Errand) => void,
): Promise<Findings> {
  const errands = errandsOf(parts, order);
  const found = new Map<Errand, Found>();
  const left = [...errands];
  const crew = Array.from({ length: Math.min(os.availableParallelism(), errands.length) }, start);
  const dismiss = (): void => crew.forEach((child) => child.kill("SIGKILL"));
  process.once("exit", dismiss);
  try {
    await Promise.all(
      crew.map(async (child) => {
        for (let errand = left.shift(); errand !== undefined; errand = left.shift()) {
          found.set(errand, await send(child, { subject, order, errand }));
          onDone(errand);
        }
      }),
    );
  } finally {
    process.off("exit", dismiss);
    dismiss();
  }
  const rowsOf = (part: string): unknown[] =>
    errands.filter((each) => each.part === part).flatMap((each) => found.get(each)?.rows ?? []);
  return {
    rows: new Map(parts.map((part) => [part, rowsOf(part)])),
    problems: errands.flatMap((errand) => found.get(errand)?.problem ?? []),
  };
}

function send(child: ChildProcess, task: Task): Promise<Found> {
  return new Promise((resolve, reject) => {
    const died = (code: number | null, signal: string | null): void =>
      reject(new CompareError(`a process that measures has ended (${signal ?? `exit code ${code}`})`));
    child.once("exit", died);
    child.once("message", (word) => {
      child.off("exit", died);
      const found = word as Found;
      if (found.misuse === undefined) resolve(found);
      else reject(new UsageError(found.misuse));
    });
    child.send(task);
  });
}

/** What it prints goes to our standard error, so that nothing mixes with the tables. */
function start(): ChildProcess {
  const tsNode = createRequire(__filename).resolve("ts-node/register");
  return fork(path.join(__dirname, "child.ts"), [], {
    env: { ...process.env, TS_NODE_PROJECT: path.join(ROOT, "tsconfig.json") },
    execArgv: ["-r", tsNode],
    stdio: ["ignore", 2, 2, "ipc"],
  });
}
