import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** A submission as it is handed in, which is refused or taken without harm. */
export interface Parcel {
  /** In kebab-case; unique. */
  readonly name: string;
  /** What it tries, in a few words. */
  readonly tries: string;
  /**
   * Packs it.
   *
   * @param room - an empty folder
   * @param bait - a file outside of it that must not be read
   * @returns the path that is handed to the grader
   */
  readonly pack: (room: string, bait: string) => Promise<string> | string;
  /** The one line with which it is refused; absent: what counts of it is taken. */
  readonly refused?: RegExp;
}

/** The program that every parcel holds. */
export const RAFT = "raft/raft.ts";

/** What stands in it. */
export const TEXT = "export class Raft {}\n";

/** Writes a file, and the folders above it. @returns its path */
export function put(room: string, name: string, bytes: string | Buffer): string {
  const file = path.join(room, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return file;
}
