/** What stands in the field `schema` of a document of this shape. A change that breaks readers gets a new number. */
export const SIMILARITY_SCHEMA = "replication-labs/similarity/1";

/** What programs have in common, for somebody to look at. It says nothing of who copied, or whether anybody did. */
export interface Similarity {
  readonly schema: typeof SIMILARITY_SCHEMA;
  /** From which share, and from how many tokens in one piece, a pair is listed. */
  readonly threshold: { readonly share: number; readonly tokens: number };
  /** What was compared. */
  readonly programs: readonly Compared[];
  /** What was not and why, a line each. */
  readonly unread: readonly string[];
  /** Programs whose files are the same to the last character. The first of each is compared with all others. */
  readonly identical: readonly (readonly string[])[];
  /** How many pairs were compared, and what share most of them have: half of all pairs at most, 95 % of them at most. */
  readonly usual: { readonly pairs: number; readonly half: number; readonly most: number };
  /** The listed pairs, the most alike first. */
  readonly pairs: readonly SimilarPair[];
  /** At most so many more pairs are alike; they are left out, for the list is long enough. */
  readonly more: number;
}

/** A program that was compared. */
export interface Compared {
  /** Hostile text: escape it wherever it goes. */
  readonly name: string;
  readonly group: "class" | "earlier";
  /** SHA-256 over its files. */
  readonly digest: string;
  /** Names, values, types, comments and layout do not count. */
  readonly tokens: number;
  /** Its fingerprints, without those of what everybody was given. */
  readonly fingerprints: number;
  /** What a reader should know of it, a sentence each. */
  readonly remarks: readonly string[];
}

/** Two programs with something in common. */
export interface SimilarPair {
  readonly left: string;
  readonly right: string;
  /** How much of the one stands in the other, 0 to 1: of the two shares the larger. */
  readonly share: number;
  /** Of each program's own fingerprints those that the other has as well. */
  readonly shares: readonly [left: number, right: number];
  /** What they have in common, in pieces, the longest first; empty if nothing is long enough to be shown. */
  readonly fragments: readonly CommonFragment[];
}

/** A piece that stands in both. */
export interface CommonFragment {
  readonly tokens: number;
  readonly left: Place;
  readonly right: Place;
}

/** Lines of a file. */
export interface Place {
  /** Inside the program's folder; hostile text. */
  readonly file: string;
  /** First and last line, counted from 1. */
  readonly from: number;
  readonly to: number;
}
