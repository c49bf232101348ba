import os from "node:os";
import path from "node:path";
import { UsageError } from "../kit/program/errors";
import { describeDeath } from "./loss";
import type { Word } from "./protocol";
import { type Assignment, type Job, type JobResult, Run, type RunEvents } from "./run";
import type { SceneInfo } from "./suite";
import { type Limits, type Loss, type PlayerModule, Worker } from "./worker";

/** How a pool is to work; all of it optional. */
export interface PoolOptions {
  /** Child processes at most; default: one for each core. */
  readonly workers?: number;
  /** Real time in ms without a sign of life after which the watchdog looks whether a run hangs; default 10,000. */
  readonly hangMs?: number;
  /** A run whose calls come and go may take so many times `hangMs`; default 12. */
  readonly patience?: number;
  /** Heap of a child in MB; default 512. */
  readonly memoryMb?: number;
  /** Plays instead of the children's own process, e.g. with programs in a sandbox. */
  readonly player?: PlayerModule;
  /**
   * A run gets a second child, and more, only once it has played for so long (real time in ms): starting one costs more
   * than a short run takes. Default 0, at once.
   */
  readonly growAfterMs?: number;
}

/** What {@link Pool.run} can be told. */
export interface RunOptions extends RunEvents {
  /** Ends the run: the children that work for it are killed, and the run throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Our own machinery failed, e.g. a scene file does not load: exit code 4, never a student's failure. */
export class JudgeError extends Error {
  override readonly name = "JudgeError";
}

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Child processes that play scenes for any number of subjects. They live until {@link Pool.close} and keep what
 * they have loaded; one that hangs or dies costs its scene and is replaced.
 */
export class Pool {
  private readonly size: number;
  private readonly limits: Limits;
  private readonly growAfterMs: number;
  private growing: NodeJS.Timeout | undefined;
  private grown: boolean;
  private readonly workers = new Set<Worker>();
  private readonly busy = new Map<Worker, Assignment>();
  private readonly listings = new Map<string, Waiting<readonly SceneInfo[]>[]>();
  private current: (Waiting<JobResult[]> & { readonly run: Run }) | undefined;
  private readonly closeAtExit = (): void => this.close();

  constructor(options: PoolOptions = {}) {
    const { workers = os.availableParallelism(), growAfterMs = 0 } = options;
    const { hangMs = 10_000, patience = 12, memoryMb = 512 } = options;
    this.size = workers;
    this.limits = {
      hangMs,
      patience,
      memoryMb,
      ...(options.player !== undefined && { player: options.player }),
    };
    this.growAfterMs = growAfterMs;
    this.grown = growAfterMs === 0;
    process.once("exit", this.closeAtExit);
  }

  /** Starts children ahead of need: they load while the parent still reads its command line. */
  start(count = this.size): void {
    while (this.workers.size < Math.min(count, this.size)) {
      const events = {
        word: (worker: Worker, word: Word) => this.hear(worker, word),
        lost: (worker: Worker, loss: Loss) => this.lose(worker, loss),
      };
      this.workers.add(new Worker(this.limits, events));
    }
  }

  /**
   * The scenes of a suite's folder, as told by the first child that has loaded it. (Loading them here would cost the
   * parent as much time again.)
   *
   * @throws {@link JudgeError} if a scene file does not load
   */
  scenes(suite: string): Promise<readonly SceneInfo[]> {
    const folder = path.resolve(suite);
    this.start(1);
    return new Promise((resolve, reject) => {
      const earlier = this.listings.get(folder);
      this.listings.set(folder, [...(earlier ?? []), { resolve, reject }]);
      if (earlier === undefined) for (const worker of this.workers) worker.list(folder);
    });
  }

  /**
   * Plays jobs, of many subjects if need be; one run at a time. What is wrong with a program, a hang included, is an
   * outcome, not an error.
   *
   * @returns a result for each job, in the same order
   * @throws {@link UsageError} for a folder that is no subject at all; {@link JudgeError} if a suite does not load
   */
  async run(jobs: readonly Job[], { signal, ...events }: RunOptions = {}): Promise<JobResult[]> {
    if (this.current !== undefined) throw new Error("a pool plays one run at a time");
    signal?.throwIfAborted();
    const abort = (): void => this.fail(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    try {
      return await new Promise<JobResult[]>((resolve, reject) => {
        this.current = { run: new Run(jobs, this.size, events), resolve, reject };
        this.feed();
      });
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  /** Takes the work of some jobs that no child has begun out of the current run, e.g. once a mutant is caught. */
  drop(unwanted: (job: Job) => boolean): void {
    this.current?.run.drop(unwanted);
  }

  /** Ends all children, and the run that is going on. */
  close(): void {
    process.off("exit", this.closeAtExit);
    clearTimeout(this.growing);
    for (const worker of this.workers) worker.kill();
    this.workers.clear();
    this.unlist(new Error("the pool was closed"));
    this.fail(new Error("the pool was closed"));
  }

  private feed(): void {
    if (this.current === undefined) return;
    const { run, resolve } = this.current;
    if (run.finished) {
      this.current = undefined;
      resolve(run.results());
      return;
    }
    this.start(this.grown ? this.busy.size + run.waiting : 1);
    for (const worker of this.workers) {
      const assignment = worker.ready && !this.busy.has(worker) ? run.take() : undefined;
      if (assignment === undefined) continue;
      this.busy.set(worker, assignment);
      worker.play(assignment.batch);
    }
  }

  private hear(worker: Worker, word: Word): void {
    if (word.kind === "ready") {
      this.feed();
      return;
    }
    if (word.kind === "scenes" || word.kind === "unlisted") {
      this.listed(word);
      return;
    }
    const assignment = this.busy.get(worker);
    const run = this.current?.run;
    if (assignment === undefined || run === undefined) return;
    if (!this.grown) this.growing ??= setTimeout(() => this.grow(), this.growAfterMs);
    if (word.kind === "playing") run.starts(assignment, word.seed);
    else if (word.kind === "played") run.settles(assignment, word.played);
    else {
      this.busy.delete(worker);
      run.ends();
      if (word.kind === "misused") this.fail(new UsageError(word.message));
      else if (word.kind === "broken") this.fail(new JudgeError(word.message));
      else this.feed();
    }
  }

  private grow(): void {
    this.grown = true;
    this.feed();
  }

  private listed(word: Extract<Word, { kind: "scenes" | "unlisted" }>): void {
    const waiting = this.listings.get(word.suite) ?? [];
    this.listings.delete(word.suite);
    for (const { resolve, reject } of waiting) {
      if (word.kind === "scenes") resolve(word.scenes);
      else reject(new JudgeError(word.message));
    }
  }

  private unlist(error: Error): void {
    for (const { reject } of [...this.listings.values()].flat()) reject(error);
    this.listings.clear();
  }

  private lose(worker: Worker, loss: Loss): void {
    const assignment = this.busy.get(worker);
    this.workers.delete(worker);
    this.busy.delete(worker);
    const error = new JudgeError(describeDeath(loss));
    if (assignment !== undefined) this.current?.run.loses(assignment, loss);
    else if (!worker.ready) this.fail(error); // another one would not start either
    this.unlist(error);
    this.feed();
  }

  private fail(error: unknown): void {
    for (const worker of this.busy.keys()) {
      worker.kill();
      this.workers.delete(worker);
    }
    this.busy.clear();
    this.current?.reject(error);
    this.current = undefined;
  }
}

/** Plays jobs in a pool of its own; see {@link Pool.run}. */
export async function runJobs(
  jobs: readonly Job[],
  options: PoolOptions & RunOptions = {},
): Promise<JobResult[]> {
  const pool = new Pool(options);
  try {
    return await pool.run(jobs, options);
  } finally {
    pool.close();
  }
}
