import type { Edit } from "../mutants";

/** What becomes of one file of the reference when the work of a lab is taken out of it. */
export interface Cut {
  /** Inside `solutions/`, and inside `skeleton/` if that has it. */
  readonly file: string;
  /** The class that loses these members. */
  readonly from: string;
  /**
   * Fields and methods that the lab has added. Where the skeleton's class has one of that name, its hole takes the place; the others vanish, with
   * the comments before them.
   */
  readonly members: readonly string[];
  /** Made afterwards, in this order. */
  readonly edits: readonly Edit[];
}

/** How the work of one lab is taken out of the reference; the layers above it are gone by then. */
export interface Layer {
  readonly lab: number;
  readonly cuts: readonly Cut[];
  /** Files that are wholly of this lab. */
  readonly files: readonly string[];
}

/** An edit that leaves nothing in the place of a text. */
export function gone(find: string): Edit {
  return { find, replace: "" };
}
