/**
 * Compares quorums and Raft: `npm run compare`.
 *
 * @module
 */
import process from "node:process";
import { SingleBar, Presets } from "cli-progress";
import { sendCrew } from "../compare/crew";
import { runCompare } from "./compare-command";

// The crew's children are killed when this process exits.
process.once("SIGINT", () => process.stderr.write("stopped\n", () => process.exit(130)));
process.once("SIGTERM", () => process.stderr.write("stopped\n", () => process.exit(143)));
process.stdout.on("error", () => process.exit(141)); // whoever read it has gone: `| head`

const bar = new SingleBar(
  {
    stream: process.stderr,
    format: "{bar} {value}/{total}, {eta_formatted} left  {what}",
    hideCursor: true,
    clearOnComplete: true,
    barsize: 24,
    noTTYOutput: false,
  },
  Presets.shades_classic,
);

void runCompare(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  measure: sendCrew,
  progress: (done, total, what) => {
    if (done === 0) bar.start(total, 0, { what });
    else bar.update(done, { what });
    if (done === total) bar.stop();
  },
}).then((code) => {
  bar.stop();
  process.exitCode = code;
});
