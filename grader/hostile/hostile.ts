/**
 * Tries all hostile programs in a sandbox of this machine: `npm run hostile -- --isolation namespaces --strict`. It takes minutes, so
 * tests only try a few of them.
 *
 * @module
 */
import { start } from "../cli/start";
import { runHostile } from "./hostile-command";

void start(runHostile);
