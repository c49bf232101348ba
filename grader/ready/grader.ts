/**
 * The commands `grade` and `grade export` where only they are wanted: on a machine that grades, with no more of the course than that
 * takes.
 *
 * @module
 */
import { runExport } from "../cli/export-command";
import { runGrade } from "../cli/grade-command";
import { start } from "../cli/start";

void start(([first, ...rest], room) => {
  if (first === "export") return runExport(rest, room);
  return runGrade(first === undefined ? [] : [first, ...rest], room);
});
