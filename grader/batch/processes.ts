import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** A process below another one. */
export interface Descendant {
  readonly pid: number;
  /** 1 for a child, 2 for a grandchild. */
  readonly depth: number;
}

/** All processes below `root`, as Linux knows them now. */
export function descendantsOf(root: number): Descendant[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    const parent = /^\d+$/.test(name) ? parentOf(name) : undefined;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const below = (pid: number, depth: number): Descendant[] =>
    (children.get(pid) ?? []).flatMap((child) => [{ pid: child, depth }, ...below(child, depth + 1)]);
  return below(root, 1);
}

/**
 * Waits until these processes have ended.
 *
 * @param ms - so long at most, real time
 * @returns those that still run
 */
export async function whoIsLeft(pids: Iterable<number>, ms: number): Promise<number[]> {
  const deadline = performance.now() + ms;
  let running = [...pids].filter(isRunning);
  while (running.length > 0 && performance.now() < deadline) {
    await delay(20);
    running = running.filter(isRunning);
  }
  return running;
}

/** False for one that has ended and is only waited for. */
function isRunning(pid: number): boolean {
  return parentOf(String(pid)) !== undefined;
}

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" ? undefined : Number(parent);
  } catch {
    return undefined; // it has just ended
  }
}
