import { mkdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Command, CommanderError, Option } from "commander";
import { UsageError } from "../../labs/kit/program/errors";
import { JudgeError } from "../../labs/runner/pool";
import { DEFAULT_BASE, parseCount, parseSeed } from "../../labs/runner/seeds";
import { ISOLATIONS } from "../schema/grade";
import type { Room } from "./room";

/** Exit codes of all commands of the grader. Marks are in the report, never in the exit code. */
export const EXIT = { worked: 0, found: 1, usage: 2, ours: 4, interrupted: 130 } as const;

/** The options that all commands that play share. */
export interface PlayOptions {
  readonly labs?: string;
  readonly seeds: number;
  readonly seed: number;
  readonly out?: string;
  readonly json?: boolean;
  readonly workers: number;
}

/** Adds the {@link PlayOptions}; `seeds` is how many a scene has if nobody asks for another number. */
export function playOptions(command: Command, seeds: number): Command {
  return command
    .option("--labs <numbers>", "these labs: 1 or 1,3 or 2-4 (default: all)")
    .option("--seeds <number>", "seeds a scene", parseCount, seeds)
    .option(
      "--seed <base>",
      "from which the seeds derive; with --seeds 1 it is the seed itself",
      parseSeed,
      DEFAULT_BASE,
    )
    .option("--out <dir>", "writes the findings as JSON into this folder")
    .option("--json", "the same document alone on standard output")
    .option("--workers <number>", "processes that play", parseWorkers, os.availableParallelism());
}

/** Adds the options that choose where programs run while they are judged; see `Wish`. */
export function placeOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--isolation <kind>", "what stands between a program and the grader")
        .choices(["auto", ...ISOLATIONS])
        .default("auto"),
    )
    .option("--strict", "plays all runs input by input, which takes several times as long");
}

/**
 * Does what a command does, and turns whatever ends it into an exit code.
 *
 * @param body - parses the command line and does the work
 */
export async function runCommand(room: Room, body: () => Promise<number>): Promise<number> {
  try {
    return await body();
  } catch (error) {
    if (room.signal.aborted) {
      room.error("stopped; nothing was written\n"); // documents are written last, and at one go
      return EXIT.interrupted;
    }
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.worked : EXIT.usage;
    if (error instanceof UsageError) {
      room.error(`${error.message}\n`);
      return EXIT.usage;
    }
    room.error(`An error of the grader, not of the program: ${details(error)}\n`);
    return EXIT.ours;
  }
}

function details(error: unknown): string {
  if (error instanceof JudgeError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function parseWorkers(text: string): number {
  const workers = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (workers < 1)
    throw new UsageError(`--workers ${text}: say how many processes are to play, from 1 to 999`);
  return workers;
}

/** The path of a document in the folder of `--out`, which is made now: nobody plays for minutes to hear that it cannot be. */
export function fileIn(out: string, name: string): string {
  try {
    mkdirSync(out, { recursive: true });
  } catch (error) {
    throw new UsageError(
      `--out ${out}: this folder cannot be made (${(error as NodeJS.ErrnoException).code})`,
    );
  }
  return path.join(out, name);
}
