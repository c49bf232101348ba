import type { ChildProcess } from "node:child_process";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { type CallFrame, Inspector, type ParsedScript } from "./inspector";

/** Where in a student's program a process hangs. */
export interface Place {
  /** What was called and has not returned: `Raft.requestVote`, `new Raft`; undefined while a file loads. */
  readonly handler: string | undefined;
  /** Relative to the submission, with slashes: `raft/raft.ts`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** Looks at the stack this often before it says that one call does not return. */
const SAMPLES = 3;

/** Real time between two looks, in ms. */
const BETWEEN_MS = 50;

/**
 * Asks a busy process where in the submission it is.
 *
 * @param root - the folder of the submission
 * @param waitMs - real time after which an inspector that does not answer is given up
 * @returns undefined if nobody answers, or if the process is not always inside one and the same call: then it is slow
 *   rather than stuck
 */
export async function whereItHangs(
  child: ChildProcess,
  root: string,
  waitMs = 3000,
): Promise<Place | undefined> {
  const signal = AbortSignal.timeout(waitMs);
  let inspector: Inspector | undefined;
  try {
    inspector = await Inspector.attach(child, signal);
    let place = placeOf(await inspector.sample(), inspector.scripts, root);
    for (let i = 1; i < SAMPLES && place !== undefined; i++) {
      await delay(BETWEEN_MS);
      const next = placeOf(await inspector.sample(), inspector.scripts, root);
      place = next?.handler === place.handler ? next : undefined;
    }
    return place;
  } catch {
    return undefined; // no answer in time, or the process is gone: the verdict stands without a line
  } finally {
    inspector?.close();
  }
}

/** The submission's innermost frame says the line, its outermost what the driver called. */
export function placeOf(
  frames: readonly CallFrame[],
  scripts: ReadonlyMap<string, ParsedScript>,
  root: string,
): Place | undefined {
  const own = frames.flatMap((frame) => {
    const position = positionOf(frame, scripts.get(frame.location.scriptId), root);
    return position === undefined ? [] : [{ frame, position }];
  });
  const innermost = own[0];
  const outermost = own[own.length - 1];
  if (innermost === undefined || outermost === undefined) return undefined;
  return { handler: handlerName(outermost.frame), ...innermost.position };
}

function handlerName(frame: CallFrame): string | undefined {
  const className = frame.this.className;
  if (frame.functionName === "" || className === undefined) return undefined;
  return frame.functionName === className ? `new ${className}` : `${className}.${frame.functionName}`;
}

interface Position {
  readonly file: string;
  readonly line: number;
}

/** Where a frame lies in the submission's own `.ts` files; undefined if it lies elsewhere. */
function positionOf(
  { location }: CallFrame,
  script: ParsedScript | undefined,
  root: string,
): Position | undefined {
  const map = inlineMap(script?.sourceMapURL);
  if (map === undefined) return undefined;
  const { source, line } = originalPositionFor(map, {
    line: location.lineNumber + 1,
    column: location.columnNumber ?? 0,
  });
  if (line === null || source?.startsWith("file:") !== true) return undefined;
  const file = path.relative(path.resolve(root), fileURLToPath(source));
  if (file.startsWith("..") || path.isAbsolute(file)) return undefined;
  return { file: file.replaceAll(path.sep, "/"), line };
}

/** The loader of submissions writes the map into the script; `sources` are file URLs. */
function inlineMap(sourceMapURL: string | undefined): TraceMap | undefined {
  const inline = /^data:application\/json[^,]*;base64,(.+)$/.exec(sourceMapURL ?? "")?.[1];
  return inline === undefined ? undefined : new TraceMap(Buffer.from(inline, "base64").toString());
}
