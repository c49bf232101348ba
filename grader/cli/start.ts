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
  const interrupt = (): void => {
    if (ending.signal.aborted) process.exit(EXIT.interrupted); // the second time; pools kill their children
    process.exitCode = EXIT.interrupted; // should everything that we wait for end with us
    ending.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, interrupt);
  const { stdout, stderr } = process;
  stdout.on("error", () => process.exit(141)); // whoever read it has gone: `| head`
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
