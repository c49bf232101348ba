import { UsageError } from "../../labs/kit/program/errors";
import { digestOf, type SourceFile } from "../../labs/kit/subject/files";
import { discover } from "../batch/discover";
import { RefusedError, show } from "../submissions/intake";
import { readSubmission } from "../submissions/read";
import { type Tokens, tokensOf } from "./tokens";

/** A program that is compared with others. */
export interface Program {
  /** As its folder or archive is called; with the folder of the year in front if it is an earlier one. */
  readonly name: string;
  /** Handed in by this class; earlier programs are not compared with each other. */
  readonly isOfClass: boolean;
  /** SHA-256 over its files. */
  readonly digest: string;
  readonly tokens: Tokens;
}

/** All programs of some folders. */
export interface Programs {
  readonly programs: readonly Program[];
  /** What could not be read and why, a line each. */
  readonly unread: readonly string[];
}

/**
 * Reads the submissions of a class, in the way in which a whole class is graded. Nothing of them is run.
 *
 * @param label - stands before each name, for programs of another year
 * @throws UsageError if there is no such folder, or nothing in it
 */
export async function readClass(folder: string, label?: string): Promise<Programs> {
  const { entries, ignored } = discover(folder);
  const programs: Program[] = [];
  const unread = [...ignored];
  for (const entry of entries) {
    const name = label === undefined ? entry.name : `${label}/${entry.name}`;
    try {
      const { files } = await readSubmission(entry.path);
      programs.push(programOf(name, files, label === undefined));
    } catch (error) {
      unread.push(`${show(name)}: ${reasonOf(error)}`);
    }
  }
  return { programs, unread };
}

/** A program from its files. */
export function programOf(name: string, files: readonly SourceFile[], isOfClass = true): Program {
  return { name, isOfClass, digest: digestOf(files), tokens: tokensOf(files) };
}

function reasonOf(error: unknown): string {
  if (error instanceof RefusedError || error instanceof UsageError) return error.message;
  if (error instanceof RangeError) return "it is nested deeper than can be read"; // the stack of the parser ended
  throw error;
}
