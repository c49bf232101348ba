import { compare } from "../../labs/kit/subject/problem";
import type { Known } from "./intake";

/** Submissions whose files are the same. */
export class Twins<T extends Known> {
  private readonly byDigest = new Map<string, T[]>();

  constructor(taken: readonly T[]) {
    for (const each of [...taken].sort((a, b) => compare(a.entry.name, b.entry.name))) {
      if (each.digest === null) continue;
      this.byDigest.set(each.digest, [...(this.byDigest.get(each.digest) ?? []), each]);
    }
  }

  /** Each group once; submissions that were refused are in none. */
  groups(): readonly [T, ...T[]][] {
    return [...this.byDigest.values()] as [T, ...T[]][];
  }

  /** The submission of which this one is said to be a copy: the first one by name, whichever was judged. */
  firstOf(taken: T): { identicalTo?: string } {
    const [first] = this.groupOf(taken);
    return first === undefined || first === taken ? {} : { identicalTo: first.entry.name };
  }

  /** The submissions of other students with the same files. */
  othersOf(taken: T): string[] {
    const others = this.groupOf(taken).filter(({ entry }) => entry.student !== taken.entry.student);
    return others.map(({ entry }) => entry.name);
  }

  private groupOf({ digest }: T): readonly T[] {
    return digest === null ? [] : (this.byDigest.get(digest) ?? []);
  }
}
