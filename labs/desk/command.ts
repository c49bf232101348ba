import { UsageError } from "../kit/program/errors";
import { JudgeError, type Pool } from "../runner/pool";
import { parseLab } from "./options";
import { playOnce } from "./session";
import type { TypeCheck } from "./typecheck";
import { playOnChange, type Screen } from "./watch";

/** What the command `lab` works with. */
export interface Desk {
  /** The folder of the course: it has `labs/`, and `grader/` unless it is a handout. */
  readonly root: string;
  /** Closed in the end. */
  readonly pool: Pool;
  readonly screen: Screen;
  readonly check: TypeCheck;
  /** Complaints about the command line. */
  error(text: string): void;
  /** Ends the command early. */
  readonly signal: AbortSignal;
}

/**
 * The command `lab`.
 *
 * @param args - the command line, without node and script
 * @returns the exit code: 0 all passed, 1 something failed, 2 wrong usage, 4 an error of ours
 */
export async function runLab(args: readonly string[], desk: Desk): Promise<number> {
  const { root, pool, screen } = desk;
  try {
    const options = parseLab(args, root, {
      out: (text) => screen.line(text.trimEnd()),
      error: (text) => desk.error(text.trimEnd()),
    });
    if (typeof options === "number") return options;
    const session = { ...desk, options, paper: screen };
    if (!options.watch) return await playOnce(session);
    await playOnChange(session, screen);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      desk.error(error.message);
      return 2;
    }
    const details =
      error instanceof JudgeError ? error.message : error instanceof Error ? error.stack : String(error);
    desk.error(`An error of ours, not of your program:\n${details}`);
    return 4;
  } finally {
    pool.close();
  }
}
