/**
 * The instructor's command: `npm run mutants`.
 *
 * @module
 */
import { runMutants } from "./mutants-command";
import { start } from "./start";

void start(runMutants);
