/**
 * The instructor's command: `npm run grade -- solutions`.
 *
 * @module
 */
import { runBatchCommand } from "./batch-command";
import { runExport } from "./export-command";
import { runGrade } from "./grade-command";
import { runGradescope } from "./gradescope-command";
import { runRelease } from "./release-command";
import { runRegrade } from "./regrade-command";
import { runSeeds } from "./seeds-command";
import { runSimilar } from "./similar-command";
import { start } from "./start";

void start(([first, ...rest], room) => {
  if (first === "batch") return runBatchCommand(rest, room);
  if (first === "export") return runExport(rest, room);
  if (first === "gradescope") return runGradescope(rest, room);
  if (first === "regrade") return runRegrade(rest, room);
  if (first === "seeds") return runSeeds(rest, room);
  if (first === "release") return runRelease(rest, room);
  if (first === "similar") return runSimilar(rest, room);
  return runGrade(first === undefined ? [] : [first, ...rest], room);
});
