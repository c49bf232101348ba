import { sep } from "node:path";
import { originalPositionFor } from "@jridgewell/trace-mapping";
import type { CompiledFile } from "./compile";

/** More lines than this say nothing new; a stack overflow would fill a page. */
const MAX_LINES = 5;

/**
 * The lines of a stack that lie in a submission, as `raft/raft.ts:12:5`, innermost first; a line that repeats
 * (recursion) is given once. Anything that is not an error has none.
 *
 * @param root - the absolute folder of the submission
 * @param files - its compiled files by path
 * @param textOf - the stack as the engine has it
 */
export function studentLines(
  error: unknown,
  root: string,
  files: ReadonlyMap<string, Pick<CompiledFile, "path" | "map">>,
  textOf: (error: unknown) => string = stackText,
): string[] {
  const prefix = root.endsWith(sep) ? root : root + sep;
  const lines: string[] = [];
  for (const frame of textOf(error).split("\n")) {
    const place = /^\s+at /.test(frame) ? placeIn(frame, prefix, files) : undefined;
    if (place !== undefined && place !== lines.at(-1)) lines.push(place);
    if (lines.length === MAX_LINES) break;
  }
  return lines;
}

function placeIn(
  frame: string,
  prefix: string,
  files: ReadonlyMap<string, Pick<CompiledFile, "path" | "map">>,
): string | undefined {
  const start = frame.indexOf(prefix);
  if (start < 0) return undefined;
  const match = /^(.+)\.js:(\d+):(\d+)\)?$/.exec(frame.slice(start + prefix.length));
  const file = files.get((match?.[1] ?? "").split(sep).join("/"));
  if (match === null || file === undefined) return undefined;
  const at = originalPositionFor(file.map, { line: Number(match[2]), column: Number(match[3]) - 1 });
  return at.line === null ? undefined : `${file.path}:${at.line}:${at.column + 1}`;
}

/**
 * The stack as the engine has it. A stack becomes text when it is first read, by a hook that tools replace
 * (ts-node maps positions there): we ask for it in the engine's own words, since the mapping is ours.
 */
function stackText(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const hook = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  Error.prepareStackTrace = (failed, sites) => [headline(failed), ...sites.map(frameText)].join("\n");
  try {
    return String(error.stack);
  } catch {
    return ""; // a getter of the student's that throws
  } finally {
    if (hook === undefined) Reflect.deleteProperty(Error, "prepareStackTrace");
    else Object.defineProperty(Error, "prepareStackTrace", hook);
  }
}

function frameText(site: NodeJS.CallSite): string {
  return `    at ${site.getFileName() ?? ""}:${site.getLineNumber() ?? 0}:${site.getColumnNumber() ?? 0}`;
}

function headline(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}
