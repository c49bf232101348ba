/**
 * The student's loop: `npm run lab -- 1`.
 *
 * @module
 */
import { pool } from "./early"; // first: see there
import path from "node:path";
import { runLab } from "./command";
import { terminal } from "./terminal";
import { typeErrors } from "./typecheck";

// The pool kills its children when this process exits.
process.once("SIGINT", () => process.stderr.write("stopped\n", () => process.exit(130)));
process.once("SIGTERM", () => process.stderr.write("stopped\n", () => process.exit(143)));
process.stdout.on("error", () => process.exit(141)); // whoever read it has gone: `| head`

void runLab(process.argv.slice(2), {
  root: path.resolve(__dirname, "../.."),
  pool,
  screen: terminal(process.stdout),
  check: typeErrors,
  error: (text) => process.stderr.write(`${text}\n`),
  signal: new AbortController().signal,
}).then((code) => {
  process.exitCode = code;
});
