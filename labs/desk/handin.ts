/**
 * The student's last step: `npm run handin`.
 *
 * @module
 */
import path from "node:path";
import { runHandin } from "./handin-command";
import { typeErrors } from "./typecheck";

void runHandin(process.argv.slice(2), {
  root: path.resolve(__dirname, "../.."),
  check: typeErrors,
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
}).then((code) => {
  process.exitCode = code;
});
