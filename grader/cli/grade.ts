/**
 * The instructor's command: `npm run grade -- solutions`.
 *
 * @module
 */
import { runGrade } from "./grade-command";
import { start } from "./start";

void start(runGrade);
