import type { Taken } from "./intake";

/** Submissions whose files are the same. */
export class Twins {
  private readonly byDigest = new Map<string, Taken[]>();

  constructor(taken: readonly Taken[]) {
    for (const each of taken) {
      if (each.digest === null) continue;
      this.byDigest.set(each.digest, [...(this.byDigest.get(each.digest) ?? []), each]);
    }
  }

  /** Each group once; submissions that were refused are in none. */
  groups(): readonly [Taken, ...Taken[]][] {
    return [...this.byDigest.values()] as [Taken, ...Taken[]][];
  }

  /** The submission of which this one is said to be a copy: the first one by name, whichever was judged. */
  firstOf(taken: Taken): { identicalTo?: string } {
    const [first] = this.groupOf(taken);
    return first === undefined || first === taken ? {} : { identicalTo: first.entry.name };
  }

  /** The submissions of other students with the same files. */
  othersOf(taken: Taken): string[] {
    const others = this.groupOf(taken).filter(({ entry }) => entry.student !== taken.entry.student);
    return others.map(({ entry }) => entry.name);
  }

  private groupOf({ digest }: Taken): readonly Taken[] {
    return digest === null ? [] : (this.byDigest.get(digest) ?? []);
  }
}
