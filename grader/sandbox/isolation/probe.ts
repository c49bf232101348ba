import { spawnSync } from "node:child_process";
import { type Isolation } from "../../schema/grade";
import { BUBBLEWRAP } from "./bubblewrap";
import type { Wall } from "./isolation";
import { NAMESPACES } from "./namespaces";
import { LIMITS } from "./node";
import { PERMISSION } from "./permission";

/** The walls there are, the strongest first. */
export const WALLS: readonly Wall[] = [BUBBLEWRAP, NAMESPACES, PERMISSION];

/** Starting Node behind a wall takes a tenth of a second; on a crowded machine more (ms). */
const PATIENCE_MS = 20_000;

/** What a sandbox is asked when it is probed: it must run, and see no file of ours. */
const QUESTION = `
let seen = true;
try { require("node:fs").readFileSync(${JSON.stringify(__filename)}); } catch { seen = false; }
require("node:fs").writeSync(1, seen ? "open" : "closed");
process.exit(0);`;

const results = new Map<Isolation, string | undefined>();

/**
 * Tries a wall, twice if need be: a weaker one must not be taken because a process was short of memory. The finding is remembered.
 *
 * @returns what is in its way; undefined if it stands
 */
export function tryWall(wall: Wall): string | undefined {
  if (!results.has(wall.kind)) results.set(wall.kind, problemOf(wall) && problemOf(wall));
  return results.get(wall.kind);
}

/** The strongest wall that stands on this machine; undefined if none does. */
export function strongestWall(): Wall | undefined {
  return WALLS.find((wall) => tryWall(wall) === undefined);
}

/** The wall of this name. */
export function wallOf(kind: Isolation): Wall {
  const wall = WALLS.find((each) => each.kind === kind);
  if (wall === undefined) throw new Error(`no wall is called ${kind}`);
  return wall;
}

function problemOf(wall: Wall): string | undefined {
  if (process.platform !== "linux") return "it needs Linux";
  let command: readonly string[];
  try {
    command = wall.command(LIMITS);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const [program = "", ...args] = command;
  const code = Buffer.from(QUESTION);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(code.length);
  const { error, stdout, stderr } = spawnSync(program, args, {
    input: Buffer.concat([length, code]),
    env: { PATH: process.env["PATH"] ?? "" },
    timeout: PATIENCE_MS,
    encoding: "utf8",
  });
  if (error !== undefined) return error.message;
  if (stdout === "closed") return undefined;
  return stdout === "open" ? "it does not hide files" : (stderr.trim().split("\n")[0] ?? "it does not start");
}
