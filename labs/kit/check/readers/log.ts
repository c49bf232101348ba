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

/** A piece of a file as a message shows it: short, and without the signs that confuse a terminal. */
export function quoted(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are the ones that are not to be printed
  const printable = text.replaceAll(/[\u0000-\u001f\u007f-\u009f\ufffd]/g, "?");
  return printable.length > 40 ? `${printable.slice(0, 40)} …` : printable;
}
