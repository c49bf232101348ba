import { File, FingerprintIndex, Region, type SharedFingerprint, TokenizedFile } from "@dodona/dolos-core";
import type { Program } from "./programs";
import { BORDER, type Tokens } from "./tokens";

/**
 * A fingerprint is made of so many tokens: two lines or three. With fewer, independent programs begin to look alike; with more, a changed
 * line hides its neighbours.
 */
export const TOKENS_A_PRINT = 16;

/** Of so many neighbouring fingerprints one is kept (winnowing): whatever two programs share over 25 tokens is found. */
export const WINDOW = 10;

/** Fingerprints that a program repeats more often say nothing; a program made of them would keep us busy for hours. */
const MOST_REPEATS = 50;

/** The fingerprints of programs, without those that do not count. */
export interface Fingerprints {
  readonly index: FingerprintIndex;
  readonly files: ReadonlyMap<Program, TokenizedFile>;
  /** How many each program has. */
  readonly own: ReadonlyMap<Program, number>;
  /** Programs that repeat the same few lines over and over; these lines are not compared, in any program. */
  readonly repetitive: ReadonlySet<Program>;
}

/**
 * Takes the fingerprints of programs.
 *
 * @param ignored - what everybody was given: what stands in it counts nowhere
 */
export function fingerprintsOf(programs: readonly Program[], ignored: readonly Tokens[]): Fingerprints {
  const index = new FingerprintIndex(TOKENS_A_PRINT, WINDOW);
  const files = new Map(programs.map((program) => [program, tokenized(program.name, program.tokens)]));
  const programOf = new Map([...files].map(([program, file]) => [file, program]));
  index.addFiles([...files.values()]);
  for (const tokens of ignored) index.addIgnoredFile(tokenized("", tokens)); // only what is known by then is ignored
  const repetitive = new Set<Program>();
  const senseless = index.sharedFingerprints().filter((print) => {
    const often = print.files().filter((file) => print.occurrencesOf(file).length > MOST_REPEATS);
    for (const file of often) {
      const program = programOf.get(file);
      if (program !== undefined) repetitive.add(program);
    }
    return often.length > 0 || crossesBorder(print);
  });
  index.addIgnoredHashes(senseless.map(({ hash }) => hash));
  const own = new Map<Program, number>();
  for (const { file, shared } of index.entries()) {
    const program = programOf.get(file);
    const count = [...shared].reduce((sum, print) => sum + print.occurrencesOf(file).length, 0);
    if (program !== undefined) own.set(program, count);
  }
  return { index, files, own, repetitive };
}

function tokenized(name: string, { kinds, rows, columns }: Tokens): TokenizedFile {
  const regions = rows.map((row, i) => new Region(row, columns[i] ?? 0, row, (columns[i] ?? 0) + 1));
  return new TokenizedFile(new File(name, ""), [...kinds], regions);
}

/** A fingerprint that begins in one file and ends in the next says how files are named, no more. */
function crossesBorder(print: SharedFingerprint): boolean {
  const [part] = print.parts();
  return part?.file.tokens.slice(part.side.start, part.side.stop + 1).includes(BORDER) === true;
}
