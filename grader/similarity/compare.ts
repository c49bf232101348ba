import type { Pair } from "@dodona/dolos-core";
import {
  type CommonFragment,
  type Place,
  type SimilarPair,
  SIMILARITY_SCHEMA,
  type Similarity,
} from "./document";
import { fingerprintsOf, type Fingerprints, TOKENS_A_PRINT, WINDOW } from "./fingerprints";
import type { Program, Programs } from "./programs";
import type { Tokens } from "./tokens";

/**
 * From here on a pair is listed. Programs of this repository that were written apart have a share of 0.18 at most, and 48 tokens in one piece
 * (solutions, and the variants but one, which is the reference with changes). A method that was taken over is longer.
 */
export const THRESHOLD = { share: 0.25, tokens: 100 } as const;

/** Below so many fingerprints a program has too little of its own for a share to mean anything. */
const FEWEST = 20;

/** A list for human eyes has an end. */
const MOST_PAIRS = 500;

/** What a comparison is told beside the programs. */
export interface Comparison {
  /** What everybody was given. */
  readonly given: readonly Tokens[];
  readonly threshold: Similarity["threshold"];
}

/** Two programs, and how much of each stands in the other. */
interface Ranked {
  readonly left: Program;
  readonly right: Program;
  readonly shares: readonly [number, number];
  readonly share: number;
  /** The fingerprints of the longest piece that stands in both. */
  readonly run: number;
}

/** Compares all programs of a class with each other, and with earlier ones. */
export function compare({ programs, unread }: Programs, { given, threshold }: Comparison): Similarity {
  const { distinct, identical } = withoutTwins(programs);
  const prints = fingerprintsOf(distinct, given);
  const ranked = rank(distinct, prints);
  const [pairs, more] = listed(ranked, prints, threshold);
  const shares = ranked.map(({ share }) => share).sort((a, b) => a - b);
  const upTo = (part: number): number => rounded(shares[Math.ceil(shares.length * part) - 1] ?? 0);
  return {
    schema: SIMILARITY_SCHEMA,
    threshold,
    programs: programs.map((program) => ({
      name: program.name,
      group: program.isOfClass ? "class" : "earlier",
      digest: program.digest,
      tokens: program.tokens.kinds.length,
      fingerprints: prints.own.get(program) ?? twinOf(program, prints.own),
      remarks: remarksOn(program, prints),
    })),
    unread,
    identical,
    usual: { pairs: shares.length, half: upTo(0.5), most: upTo(0.95) },
    pairs,
    more,
  };
}

/** One program of each digest, and the names of all that share theirs with another. Two of earlier years are no news. */
function withoutTwins(programs: readonly Program[]): { distinct: Program[]; identical: string[][] } {
  const groups = new Map<string, Program[]>();
  for (const program of programs) {
    const group = groups.get(program.digest);
    if (group === undefined) groups.set(program.digest, [program]);
    else group.push(program);
  }
  const all = [...groups.values()];
  return {
    distinct: all.flatMap(([first]) => first ?? []),
    identical: all
      .filter((group) => group.length > 1 && group.some(({ isOfClass }) => isOfClass))
      .map((group) => group.map(({ name }) => name)),
  };
}

function twinOf(program: Program, own: ReadonlyMap<Program, number>): number {
  const [, count = 0] = [...own].find(([other]) => other.digest === program.digest) ?? [];
  return count;
}

function rank(programs: readonly Program[], prints: Fingerprints): Ranked[] {
  const { own } = prints;
  const compared = programs.filter((program) => (own.get(program) ?? 0) >= FEWEST);
  return compared.flatMap((left, i) =>
    compared.slice(i + 1).flatMap((right) => {
      const pair = left.isOfClass || right.isOfClass ? pairOf(left, right, prints) : undefined;
      if (pair === undefined) return [];
      const shares = [
        pair.leftCovered / (own.get(left) ?? 1), // the library's own figure counts ignored prints of one side twice
        pair.rightCovered / (own.get(right) ?? 1),
      ] as const;
      return [{ left, right, shares, share: Math.max(...shares), run: pair.longest }]; // a pair itself is large
    }),
  );
}

function pairOf(left: Program, right: Program, { index, files }: Fingerprints): Pair | undefined {
  const [one, two] = [files.get(left), files.get(right)];
  return one === undefined || two === undefined ? undefined : index.getPair(one, two);
}

/** The pairs that are worth a look, the most alike first; how many more there may be if they are too many for anybody's eyes. */
function listed(
  ranked: readonly Ranked[],
  prints: Fingerprints,
  threshold: Similarity["threshold"],
): [pairs: SimilarPair[], more: number] {
  const few = printsIn(threshold.tokens);
  const candidates = ranked
    .filter(({ share, run }) => share >= threshold.share || run >= few)
    .sort((a, b) => b.share - a.share || b.run - a.run);
  const pairs: SimilarPair[] = [];
  for (const [i, candidate] of candidates.entries()) {
    if (pairs.length === MOST_PAIRS) return [pairs, candidates.length - i];
    const pair = withFragments(candidate, prints);
    if (candidate.share >= threshold.share || longest(pair) >= threshold.tokens) pairs.push(pair);
  }
  return [pairs, 0];
}

function withFragments({ left, right, shares, share }: Ranked, prints: Fingerprints): SimilarPair {
  const found = pairOf(left, right, prints)?.buildFragments(2) ?? [];
  const fragments = found.map((fragment): CommonFragment => {
    const [first, last] = [fragment.pairs[0], fragment.pairs.at(-1)];
    const { leftSelection, rightSelection } = fragment;
    return {
      tokens: (last?.left.stop ?? 0) - (first?.left.start ?? 0) + 1,
      left: placeOf(left.tokens, leftSelection.startRow, leftSelection.endRow),
      right: placeOf(right.tokens, rightSelection.startRow, rightSelection.endRow),
    };
  });
  return {
    left: left.name,
    right: right.name,
    share: rounded(share),
    shares: [rounded(shares[0]), rounded(shares[1])],
    fragments: fragments.sort((a, b) => b.tokens - a.tokens),
  };
}

/** So many fingerprints in a row a piece of that length has at the least. */
function printsIn(tokens: number): number {
  return Math.floor((tokens - TOKENS_A_PRINT + 1) / WINDOW);
}

/** In tokens. */
function longest({ fragments }: Pick<SimilarPair, "fragments">): number {
  return fragments[0]?.tokens ?? 0;
}

function placeOf({ files }: Tokens, startRow: number, endRow: number): Place {
  const file = files.findLast(({ first }) => first <= startRow);
  const first = file?.first ?? 0;
  return { file: file?.path ?? "", from: startRow - first + 1, to: endRow - first + 1 };
}

function remarksOn(program: Program, { own, repetitive }: Fingerprints): string[] {
  const { digest, tokens } = program;
  const isTooSmall = (own.get(program) ?? twinOf(program, own)) < FEWEST;
  return [
    ...(isTooSmall ? ["it has next to nothing of its own, so it was not compared"] : []),
    ...([...repetitive].some((other) => other.digest === digest)
      ? ["it repeats the same few lines over and over; these were not compared"]
      : []),
    ...(tokens.isWhole ? [] : ["it is so long that only its beginning was compared"]),
  ];
}

function rounded(share: number): number {
  return Math.round(share * 1000) / 1000;
}
