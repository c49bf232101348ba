import { kv } from "../check/models/kv";
import { isRecord, type PlainData } from "../program";
import type { KvRequest } from "./messages";

/** A request in words, e.g. `get("x") in mode lease`. */
export function tellRequest(request: KvRequest): string {
  if (request.kind === "sync") return "sync()";
  const mode = request.kind === "get" && request.read !== undefined ? ` in mode ${request.read}` : "";
  return kv.tellInput(request) + mode;
}

/** What is wrong with the form of a result; nothing if it is right. */
export function resultProblem(request: KvRequest, result: PlainData): string | undefined {
  if (result === "unknown") return undefined;
  if (!isRecord(result)) return `it must be an answer, or "unknown"`;
  if (request.kind === "sync") return isCount(result.index) ? undefined : "the answer to a sync is { index }";
  if (!isCount(result.version)) return "version must be a whole number, 0 or more";
  if (request.kind === "get" && typeof result.value !== "string") return "the answer to a get needs value";
  if (request.kind === "cas" && typeof result.swapped !== "boolean") {
    return "the answer to a compare-and-set needs swapped";
  }
  return undefined;
}

function isCount(value: PlainData | undefined): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}
