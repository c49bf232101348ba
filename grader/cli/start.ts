import path from "node:path";
import process from "node:process";
import picocolors from "picocolors";
import { typeErrors } from "../../labs/desk/typecheck";
import { EXIT } from "./command";
import type { Room } from "./room";

/** A command of the grader. */
export type GraderCommand = (args: readonly string[], room: Room) => Promise<number>;

/** Runs a command in this process, on this course. */
export async function start(command: GraderCommand): Promise<void> {
  const ending = new AbortController();
  // Whatever is being awaited when the children end with us, the exit code is right.
  process.once("SIGINT", () => {
    process.exitCode = EXIT.interrupted;
    ending.abort();
  });
  const { stdout, stderr } = process;
  process.exitCode = await command(process.argv.slice(2), {
    root: path.resolve(__dirname, "../.."),
    out: (text) => stdout.write(text),
    error: (text) => stderr.write(text),
    progress: stderr,
    check: typeErrors,
    colors: picocolors.createColors(stdout.isTTY && picocolors.isColorSupported),
    signal: ending.signal,
  });
}
