/** One place of a file that becomes another. */
export interface Edit {
  /** A text that occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
}

/** A named, minimal wrong change to the reference, which the hidden scenes must notice. */
export interface Mutant {
  /** In kebab-case; unique. */
  readonly name: string;
  /** The lab whose reference it changes: 1 to 6. */
  readonly lab: number;
  /** The path of the changed file inside `solutions/`. */
  readonly file: string;
  /** Made together, in this order. */
  readonly edits: readonly Edit[];
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

/**
 * The reference's `source` with the edits of `mutant`.
 *
 * @throws Error, naming the mutant, if the reference has moved under it: a `find` does not occur exactly
 *   once, or nothing changes
 */
export function apply(mutant: Mutant, source: string): string {
  const eol = source.includes("\r\n") ? "\r\n" : "\n"; // a checkout on Windows may have either
  return mutant.edits.reduce((text, { find, replace }) => {
    const parts = text.split(withEnds(find, eol));
    if (parts.length !== 2) throw stale(mutant, `occurs ${parts.length - 1} times, not once`, find);
    if (find === replace) throw stale(mutant, "is replaced by itself", find);
    return parts.join(withEnds(replace, eol));
  }, source);
}

function withEnds(text: string, eol: string): string {
  return text.replaceAll("\n", eol);
}

function stale({ name, file }: Mutant, problem: string, find: string): Error {
  const line = find.trim().split("\n", 1)[0] ?? "";
  return new Error(`mutant ${name} no longer fits solutions/${file}: “${line}” ${problem}; mend its edits`);
}
