import type { ChildProcess } from "node:child_process";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { type CallFrame, Inspector, type Location, type ParsedScript, wakeInspector } from "./inspector";

/** Where in a student's program a process hangs. */
export interface Place {
  /** What was called and has not returned: `Raft.requestVote`, `new Raft`; undefined while a file loads. */
  readonly handler: string | undefined;
  /** Relative to the submission, with slashes: `raft/raft.ts`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** What a look at a busy process has shown. */
export type Look =
  /** One and the same call of the program goes on and on. */
  | { readonly kind: "stuck"; readonly place: Place }
  /** Calls come and go: the process is slow, perhaps because the machine is. */
  | { readonly kind: "moving" }
  /** Nobody answers: the process is inside something that cannot be interrupted. */
  | { readonly kind: "silent" };

/** After so many looks that find only our own code at work, the program is not what keeps the process busy. */
const LOOKS = 10;

/** Real time between two of them, in ms. */
const BETWEEN_MS = 20;

/** Looks into one child process from outside, as often as need be. */
export class Watchdog {
  private address: string | undefined;

  constructor(private readonly child: ChildProcess) {}

  /**
   * Finds out whether the process hangs inside the submission, and where.
   *
   * @param root - the folder of the submission
   * @param proofMs - real time for which a call must go on before our eyes to count as stuck
   * @param waitMs - real time after which an inspector that does not answer is given up
   */
  async look(root: string, proofMs: number, waitMs = 3000): Promise<Look> {
    const signal = AbortSignal.timeout(waitMs + proofMs);
    let inspector: Inspector | undefined;
    try {
      this.address ??= await wakeInspector(this.child, signal);
      inspector = await Inspector.attach(this.address, signal);
      return await examine(inspector, path.resolve(root), proofMs);
    } catch {
      return { kind: "silent" }; // no answer in time, or the process is gone
    } finally {
      inspector?.close();
    }
  }
}

async function examine(inspector: Inspector, root: string, proofMs: number): Promise<Look> {
  const stackNow = async (): Promise<Stack | undefined> =>
    stackOf(await inspector.pause(), inspector.scripts, root);
  let stack = await stackNow();
  for (let i = 1; i < LOOKS && stack === undefined; i++) {
    await inspector.resume();
    await delay(BETWEEN_MS);
    stack = await stackNow();
  }
  if (stack === undefined) return { kind: "moving" };
  // The caller lets calls of the program go by one at a time: when it comes to the next one, this one has returned.
  if (await inspector.reaches(stack.caller, proofMs)) return { kind: "moving" };
  const place = (await stackNow())?.place;
  return place !== undefined && place.handler === stack.place.handler
    ? { kind: "stuck", place }
    : { kind: "moving" };
}

interface Stack {
  readonly place: Place;
  /** Where our own code has called the program. */
  readonly caller: Location;
}

/** The submission's innermost frame says the line, its outermost what was called; undefined if it has none. */
export function stackOf(
  frames: readonly CallFrame[],
  scripts: ReadonlyMap<string, ParsedScript>,
  root: string,
): Stack | undefined {
  const positions = frames.map(({ location }) => positionOf(location, scripts.get(location.scriptId), root));
  const innermost = positions.find((position) => position !== undefined);
  const last = positions.findLastIndex((position) => position !== undefined);
  const outermost = frames[last];
  const caller = frames[last + 1];
  if (innermost === undefined || outermost === undefined || caller === undefined) return undefined;
  return { place: { handler: handlerName(outermost), ...innermost }, caller: caller.location };
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
  location: Location,
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
  const file = path.relative(root, fileURLToPath(source));
  if (file.startsWith("..") || path.isAbsolute(file)) return undefined;
  return { file: file.replaceAll(path.sep, "/"), line };
}

/** The loader of submissions writes the map into the script; `sources` are file URLs. */
function inlineMap(sourceMapURL: string | undefined): TraceMap | undefined {
  const inline = /^data:application\/json[^,]*;base64,(.+)$/.exec(sourceMapURL ?? "")?.[1];
  return inline === undefined ? undefined : new TraceMap(Buffer.from(inline, "base64").toString());
}
