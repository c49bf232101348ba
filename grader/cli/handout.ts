/**
 * The instructor's command: `npm run handout -- --out DIR`.
 *
 * @module
 */
import { runHandout } from "./handout-command";
import { start } from "./start";

void start(runHandout);
