import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import path from "node:path";

/**
 * Replaces a file so that whoever looks, even after a power failure at any moment, finds the whole old one or the whole new one.
 *
 * @returns SHA-256 of the text in UTF-8, 64 hex digits
 */
export function writeDurably(file: string, text: string): string {
  const draft = `${file}.new`; // the lock of the folder keeps others from it
  const open = openSync(draft, "w");
  try {
    writeSync(open, text);
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
  renameSync(draft, file);
  syncFolder(path.dirname(file));
  return sha256(text);
}

/** Replaces a file so that nobody ever reads half of it. It need not survive a power failure. */
export function writeWhole(file: string, text: string): void {
  const draft = `${file}.new`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}

/** Makes the names in a folder survive a power failure. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return; // which cannot, and keeps its names by a journal of its own
  const open = openSync(folder, "r");
  try {
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
}

/** SHA-256 of a file as {@link writeDurably} says it, or undefined if there is none. */
export function sha256OfFile(file: string): string | undefined {
  return existsSync(file) ? sha256(readFileSync(file)) : undefined;
}

function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
