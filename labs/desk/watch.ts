import { once } from "node:events";
import path from "node:path";
import { watch } from "chokidar";
import { UsageError } from "../kit/program/errors";
import { JudgeError } from "../runner/pool";
import { startChildren } from "./children";
import type { Paper } from "./page";
import { playOnce, type Session } from "./session";

/** An editor that saves several files, or one in several steps, is to cause one run (ms of real time). */
const SETTLE_MS = 50;

/** A screen of its own for each run. */
export interface Screen extends Paper {
  readonly clear: () => void;
}

/**
 * Plays, and plays again whenever a `.ts` file of the program changes; a run that is going on is broken off. It ends with
 * `signal` only: whatever is wrong with the files is told, and can be mended.
 *
 * Children keep what they have loaded, so each run has a pool of its own; the next one gets ready while nothing
 * happens.
 *
 * @throws UsageError if the first run does: then it is the command line that is wrong
 */
export async function playOnChange(session: Session, screen: Screen): Promise<void> {
  const { options, signal } = session;
  const changes = new Changes(path.resolve(options.subject));
  let { pool } = session;
  try {
    for (let first = true; !signal.aborted; first = false) {
      const changed = changes.next();
      const interrupted = AbortSignal.any([signal, changed]);
      if (!first) screen.clear();
      try {
        await playOnce({ ...session, pool, signal: interrupted });
      } catch (error) {
        if (!interrupted.aborted) tell(error, first, screen);
      }
      pool.close();
      pool = startChildren();
      await changes.ready;
      if (!interrupted.aborted) screen.line(`\nwatching ${options.subject}; Ctrl-C ends`);
      await aborted(interrupted);
    }
  } finally {
    pool.close();
    await changes.close();
  }
}

function tell(error: unknown, first: boolean, screen: Screen): void {
  const ours = error instanceof JudgeError;
  if (!ours && (first || !(error instanceof UsageError))) throw error;
  screen.line((error as Error).message);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** The `.ts` files of a folder, watched. */
class Changes {
  private coming = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private readonly watcher;
  /** Settled once no change can go unseen any more. */
  readonly ready: Promise<unknown>;

  constructor(folder: string) {
    const below = (name: string): string[] => path.relative(folder, name).split(path.sep);
    this.watcher = watch(folder, {
      ignoreInitial: true,
      ignored: (name) => below(name).includes("node_modules"),
    });
    this.ready = once(this.watcher, "ready");
    this.watcher.on("all", (_event, name) => {
      if (!name.endsWith(".ts")) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.coming.abort(), SETTLE_MS);
    });
  }

  /** Aborted at the next change from now on. */
  next(): AbortSignal {
    this.coming = new AbortController();
    return this.coming.signal;
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    await this.watcher.close();
  }
}
