/**
 * Judges a saved history: `npm run check-history -- run.ndjson`.
 *
 * @module
 */
import process from "node:process";
import { runCheckHistory } from "./history-command";

process.exitCode = runCheckHistory(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
});
