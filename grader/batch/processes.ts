import { readdirSync, readFileSync } from "node:fs";

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

/** False for one that has ended and is only waited for. */
export function isRunning(pid: number): boolean {
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
