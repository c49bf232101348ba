import { writeFileSync } from "node:fs";
import { UsageError } from "../kit/program/errors";
import type { Outcome } from "../kit/scene/outcome";

/**
 * Writes what the clients of a run saw: of the first run that failed, or else of the first one.
 *
 * @param outcomes - in the order of scenes and seeds
 * @returns a line that says what was written, and what can be done with it
 * @throws UsageError if no scene has clients, or the file cannot be written
 */
export function writeHistoryOf(outcomes: readonly Outcome[], file: string): string {
  const withClients = outcomes.filter(({ history }) => history !== undefined);
  const run = withClients.find(({ verdict }) => verdict !== "accepted") ?? withClients[0];
  if (run?.history === undefined) {
    throw new UsageError("--history: no scene that was played has clients; name one of Lab 5 by --only");
  }
  try {
    writeFileSync(file, run.history);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `--history: ${file} cannot be written (${why}); name a file in a folder that exists`,
    );
  }
  const how = /\s/.test(file) ? `"${file}"` : file;
  return `what the clients saw in “${run.scene}”, seed ${run.seed}: npm run check-history -- ${how}`;
}
