import { startChildren } from "./children";

/**
 * The pool of the first run, started as soon as this file is loaded: a child takes a third of a second to get ready, and
 * in the meantime the parent loads the rest of itself.
 */
export const pool = startChildren();
