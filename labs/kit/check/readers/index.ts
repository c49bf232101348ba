import { readConsole } from "./console";
import { readEdn } from "./edn-log";
import type { ModelName } from "../models";
import { wrongLine, type Log } from "./log";
import { readNdjson } from "./ndjson";

export type { Log } from "./log";
export { writeNdjson } from "./ndjson";

/**
 * Reads a history from the text of a file: our own lines of JSON, Jepsen's console log or its EDN, or the EDN lines of
 * MIT's key/value tests. The first sign in the file tells which.
 *
 * @param expected - the model that it must be of; by default the log tells
 * @throws HistoryError that names the line, if the text is none of these
 */
export function readHistory(text: string, expected?: ModelName): Log {
  // trim() also takes the mark that some editors put at the start of a file.
  if (text.trim() === "") throw wrongLine(1, "nothing is in it");
  const plain = text.replace(/^\uFEFF/, "");
  const start = /^\s*(\{\s*"|INFO\b)?/.exec(plain)?.[1];
  const log =
    start === undefined
      ? readEdn(plain)
      : start === "INFO"
        ? readConsole(plain)
        : readNdjson(plain, expected);
  if (expected === undefined || log.model === expected) return log;
  throw wrongLine(1, `a log of the model ${log.model}, not of ${expected}`);
}
