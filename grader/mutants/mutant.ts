/** One place of a file that becomes another. */
export interface Edit {
  /** A text that occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
}

/** A named change to one file of the reference. */
export interface Patch {
  /** In kebab-case; unique among its like. */
  readonly name: string;
  /** The path of the changed file inside `solutions/`. */
  readonly file: string;
  /** Made together, in this order. */
  readonly edits: readonly Edit[];
}

/** A named, minimal wrong change to the reference, which the hidden scenes must notice. */
export interface Mutant extends Patch {
  /** The lab whose reference it changes: 1 to 6. */
  readonly lab: number;
  /** What was done to the program, in a few words. */
  readonly title: string;
  /** What a user of the cluster would see of it. */
  readonly symptom: string;
  /** The rule that is broken. */
  readonly rule: string;
  /** Where that rule stands: a section or figure of the paper, a section of the thesis, or the handout. */
  readonly section: string;
  /** Its number in the list of classic bugs, if it is one of them. */
  readonly bug?: number;
  /** Broken only where a scene switches on the options of the challenge. */
  readonly challenge?: boolean;
  /** Every scene must notice it, so that a program like it gets no points at all. */
  readonly everyScene?: boolean;
}

/** What a {@link Patch} belongs to. */
export type PatchKind = "mutant" | "variant" | "part";

/**
 * The reference's `source` with the edits of `patch`.
 *
 * @param kind - what the patch is, for the message
 * @throws Error, naming the patch, if the reference has moved under it: a `find` does not occur exactly
 *   once, or nothing changes
 */
export function apply(patch: Patch, source: string, kind: PatchKind = "mutant"): string {
  const eol = source.includes("\r\n") ? "\r\n" : "\n"; // a checkout on Windows may have either
  const { name, file } = patch;
  const stale = (problem: string, find: string): Error => {
    const line = find.trim().split("\n", 1)[0] ?? "";
    return new Error(
      `${kind} ${name} no longer fits solutions/${file}: “${line}” ${problem}; mend its edits`,
    );
  };
  return patch.edits.reduce((text, { find, replace }) => {
    const parts = text.split(withEnds(find, eol));
    if (parts.length !== 2) throw stale(`occurs ${parts.length - 1} times, not once`, find);
    if (find === replace) throw stale("is replaced by itself", find);
    return parts.join(withEnds(replace, eol));
  }, source);
}

function withEnds(text: string, eol: string): string {
  return text.replaceAll("\n", eol);
}
