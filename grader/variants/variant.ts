import type { Edit } from "../mutants";

/** What is known of every variant. */
interface Known {
  /** In kebab-case; unique. */
  readonly name: string;
  /** In what way it differs from the reference, in one line. */
  readonly title: string;
  /** The labs whose rules it keeps; it is played in no other. */
  readonly labs: readonly number[];
  /** It does all that is asked of everybody and does not take up the challenge, so it is played in none of its scenes. */
  readonly unchallenged?: true;
}

/** A variant that is a program of its own. */
export interface WholeVariant extends Known {
  /** Its folder in `grader/variants/`. */
  readonly folder: string;
}

/** What becomes of one file of the reference. */
export interface FileEdits {
  /** The path of the file inside `solutions/`. */
  readonly file: string;
  /** Made together, in this order. */
  readonly edits: readonly Edit[];
}

/** A variant that shares most of its text with the reference. */
export interface EditedVariant extends Known {
  readonly edits: readonly FileEdits[];
}

/** Another correct shape of the protocol: no scene of its labs may accuse it. */
export type Variant = WholeVariant | EditedVariant;
