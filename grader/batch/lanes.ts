import { JudgeError, Pool, type PoolOptions } from "../../labs/runner/pool";

/** A pool whose process does not even start, or was killed while it did, is replaced so many times. */
const ATTEMPTS = 3;

/** Where one submission is judged at a time, in a pool of one process. */
export class Lane {
  private pool: Pool;

  /** @param isShared - one process serves all submissions, which is safe only if nothing of theirs runs in it */
  constructor(
    private readonly options: PoolOptions,
    private readonly isShared: boolean,
  ) {
    this.pool = new Pool(this.options);
  }

  /** A submission is done; what it may have left behind in the process must not touch the next one. */
  next(): void {
    if (this.isShared) return;
    this.renew();
    this.pool.start();
  }

  /**
   * Does something with the lane's pool, and once more with a new one if that fails by our own fault.
   *
   * @throws JudgeError if it goes on to fail
   */
  async use<T>(work: (pool: Pool) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work(this.pool);
      } catch (error) {
        this.renew();
        if (!(error instanceof JudgeError) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  close(): void {
    this.pool.close();
  }

  /** Ends the process; another one takes its place when it is needed. */
  renew(): void {
    this.pool.close();
    this.pool = new Pool(this.options);
  }
}

/** Opens so many lanes; see {@link Lane}. */
export function openLanes(count: number, options: PoolOptions, isShared: boolean): Lane[] {
  return Array.from({ length: count }, () => new Lane({ ...options, workers: 1 }, isShared));
}

/**
 * Lets lanes take work off a list until nothing is left, or nothing more is to be begun.
 *
 * @param draining - once it is aborted, what was begun is ended, and nothing else begun
 * @throws what `work` throws, after all lanes have stopped
 */
export async function runLanes<T>(
  lanes: readonly Lane[],
  tasks: readonly T[],
  work: (lane: Lane, task: T) => Promise<void>,
  draining: AbortSignal,
): Promise<void> {
  const queue = [...tasks];
  let hasFailed = false;
  const drive = async (lane: Lane): Promise<void> => {
    while (!draining.aborted && !hasFailed) {
      const task = queue.shift();
      if (task === undefined) return;
      await work(lane, task).catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
    }
  };
  const ends = await Promise.allSettled(lanes.map(drive));
  const failure = ends.find((end) => end.status === "rejected");
  if (failure !== undefined) throw failure.reason;
}
