import { parse } from "csv-parse/sync";
import { UsageError } from "../../../labs/kit/program/errors";

/** A cell, and the bytes of the file that it takes: with its quotes, without what separates it from others. */
export interface Cell {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A CSV file that is known by the byte, so that all that nobody means to change stays as it is. */
export interface Sheet {
  readonly bytes: Buffer;
  readonly delimiter: string;
  /** The first row has the titles. Empty lines are rows of one empty cell. */
  readonly rows: readonly (readonly Cell[])[];
}

/** A new text for a cell. */
export interface Change {
  readonly cell: Cell;
  /** Digits, a sign between them at most: what a spreadsheet takes for a number and never for a formula. */
  readonly number: string;
}

const DELIMITERS = [",", ";", "\t"] as const;

const BOM = Buffer.from("\ufeff", "utf8");

/**
 * Reads a CSV file with commas, semicolons or tabs between its cells, whatever its line ends.
 *
 * @param file - its name, for messages
 * @throws UsageError if it is no text in UTF-8, or no CSV
 */
export function readSheet(bytes: Buffer, file: string): Sheet {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`“${file}” is not text in UTF-8; take it as it was exported`);
  }
  const widths = DELIMITERS.map((delimiter) => cellsOf(bytes, delimiter, file, 1)[0]?.length ?? 0);
  const widest = widths.indexOf(Math.max(...widths));
  const delimiter = DELIMITERS[widest] ?? ",";
  if ((widths[widest] ?? 0) < 2) {
    throw new UsageError(`“${file}” is no CSV: its first line has no commas, semicolons or tabs`);
  }
  return { bytes, delimiter, rows: cellsOf(bytes, delimiter, file) };
}

function cellsOf(bytes: Buffer, delimiter: string, file: string, rows?: number): Cell[][] {
  const all: Cell[][] = [];
  let end = 0;
  const cast = (text: string, { index, bytes: at }: { index: number; bytes: number }): string => {
    const start = index > 0 ? end + 1 : all.length > 0 ? afterLine(bytes, end) : startOf(bytes);
    if (index === 0) all.push([]);
    all.at(-1)?.push({ text, start, end: at });
    end = at;
    return text;
  };
  const limits = rows === undefined ? {} : { to: rows };
  try {
    parse(bytes, {
      bom: true,
      cast,
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      relax_quotes: true,
      ...limits,
    });
  } catch (error) {
    throw new UsageError(`“${file}” cannot be read as CSV: ${(error as Error).message}`);
  }
  return all;
}

function startOf(bytes: Buffer): number {
  return bytes.subarray(0, BOM.length).equals(BOM) ? BOM.length : 0;
}

function afterLine(bytes: Buffer, end: number): number {
  return bytes.subarray(end, end + 2).toString("latin1") === "\r\n" ? end + 2 : end + 1;
}

/** The file with these cells changed, and not a byte besides. A cell keeps its quotes, and gets some if its text needs them. */
export function withNumbers({ bytes, delimiter }: Sheet, changes: readonly Change[]): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (const { cell, number } of [...changes].sort((a, b) => a.cell.start - b.cell.start)) {
    if (!/^\d+([.,]\d+)?$/.test(number)) throw new TypeError(`“${number}” is no number for a gradebook`);
    const isQuoted = bytes[cell.start] === 0x22 || number.includes(delimiter);
    parts.push(bytes.subarray(at, cell.start), Buffer.from(isQuoted ? `"${number}"` : number, "utf8"));
    at = cell.end;
  }
  return Buffer.concat([...parts, bytes.subarray(at)]);
}
