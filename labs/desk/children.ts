import { Pool } from "../runner/pool";

/**
 * The pool of the command `lab`, started as soon as this file is loaded: children take a third of a second to get
 * ready, and in the meantime the parent loads the rest of itself.
 */
export const pool = new Pool();
pool.start();
