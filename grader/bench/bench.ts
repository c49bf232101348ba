/**
 * The instructor's command: `npm run bench`.
 *
 * @module
 */
import { start } from "../cli/start";
import { runBench } from "./bench-command";

void start(runBench);
