import path from "node:path";
import { UsageError } from "../../labs/kit/program/errors";
import { JudgeError, type PoolOptions } from "../../labs/runner/pool";
import type { Border, Isolation } from "../schema/grade";
import { strongestWall, tryWall, wallOf, WALLS } from "./isolation/probe";
import { sandboxed } from "./settings";

/** Where programs run while they are judged. */
export interface Place {
  readonly isolation: Isolation;
  readonly border: Border;
}

/** What somebody wishes; nothing: the strongest sandbox there is, by transcript. */
export interface Wish {
  readonly isolation?: Isolation | "auto";
  readonly strict?: boolean;
}

/** Marks given behind these can be trusted. */
const FOR_MARKS: readonly Isolation[] = ["bubblewrap", "namespaces"];

/**
 * Chooses a place.
 *
 * @param isOurs - the programs are the course's own, so any place will do
 * @throws {@link UsageError} if what was asked for is not there; {@link JudgeError} if no sandbox is, and nobody said to go without
 */
export function choosePlace({ isolation = "auto", strict = false }: Wish, isOurs: boolean): Place {
  const border = strict ? "input-by-input" : "transcript";
  if (isolation === "process") {
    if (strict) throw new UsageError("--strict needs a sandbox: with --isolation process there is no border");
    return { isolation, border: "none" };
  }
  if (isolation !== "auto") {
    const problem = tryWall(wallOf(isolation));
    if (problem === undefined) return { isolation, border };
    throw new UsageError(`--isolation ${isolation}: this machine cannot do it (${problem})`);
  }
  const strongest = strongestWall()?.kind;
  if (strongest !== undefined && FOR_MARKS.includes(strongest)) return { isolation: strongest, border };
  if (isOurs) return { isolation: "process", border: "none" };
  const problems = WALLS.filter(({ kind }) => FOR_MARKS.includes(kind)).map(
    (wall) => `${wall.kind}: ${tryWall(wall) ?? "works"}`,
  );
  throw new JudgeError(
    `no sandbox works on this machine (${problems.join("; ")}). Install Bubblewrap (package bubblewrap), or say ` +
      `\`--isolation ${strongest ?? "process"}\` to grade without one; the document will say so`,
  );
}

/** What makes a pool play there. */
export function poolOptionsAt({ isolation, border }: Place): PoolOptions {
  if (isolation === "process") return {};
  // The judge ends what hangs by itself; what the pool ends is the judge, and that is never a student's fault.
  return { player: sandboxed({ isolation, border }), hangMs: 300_000 };
}

/** True if `folder` lies in the course itself, as `solutions` and `skeleton` do. */
export function isOwn(root: string, folder: string): boolean {
  const way = path.relative(root, path.resolve(folder));
  return (
    !way.startsWith("..") &&
    !path.isAbsolute(way) &&
    /^(solutions|skeleton|grader[\\/]variants)([\\/]|$)/.test(way)
  );
}
