import { readConsole } from "./console";
import { readEdn } from "./edn-log";
import type { Log } from "./log";
import { readNdjson } from "./ndjson";

export type { Log } from "./log";
export { writeNdjson } from "./ndjson";

/**
 * Reads a history from the text of a file: our own lines of JSON, Jepsen's console log or its EDN, or the EDN lines of
 * MIT's key/value tests. The first sign in the file tells which.
 *
 * @throws HistoryError that names the line, if the text is none of these
 */
export function readHistory(text: string): Log {
  const start = /^\s*(\{\s*"|INFO\b)?/.exec(text)?.[1];
  if (start === undefined) return readEdn(text);
  return start === "INFO" ? readConsole(text) : readNdjson(text);
}
