import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Wall } from "../isolation/isolation";

/** No wall at all: a command of the machine, for what does not matter where it happens. */
export function commandOf(...command: readonly string[]): Wall {
  return { kind: "permission", command: () => command };
}

/** A shell that does this after it has read what it is sent. */
export function shell(script: string): Wall {
  return commandOf("/bin/sh", "-c", script);
}

/** All processes that this one has started, by whichever thread, and all that these have started. */
export function descendants(pid: number = process.pid): number[] {
  return children(pid).flatMap((child) => [child, ...descendants(child)]);
}

function children(pid: number): number[] {
  try {
    const texts = readdirSync(`/proc/${pid}/task`).map((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").trim(),
    );
    return texts.flatMap((text) => (text === "" ? [] : text.split(" ").map(Number)));
  } catch {
    return []; // it has just ended
  }
}

/** True until a process has ended; one that nobody has buried yet is dead as well. */
export function lives(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** Waits until something is true; a test that waits too long ends by its own limit. */
export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await wait(10);
}
