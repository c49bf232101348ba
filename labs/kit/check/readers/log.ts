import type { History } from "../history";
import type { ModelName } from "../models";
import { HistoryError } from "../shape";

/** A history as it was read from a file, and the model that its operations belong to. */
export interface Log {
  readonly model: ModelName;
  readonly history: History;
}

/** What is wrong with a file, and in which of its lines. */
export function wrongLine(line: number, what: string): HistoryError {
  return new HistoryError(`line ${line}: ${what}`);
}
