import type { Subject } from "../kit/subject";
import { choose } from "./formula";
import type { Job } from "./job";
import { run } from "./run";
import { round, shareEstimate, type Estimate } from "./statistics";
import { served, shownBy, type Store } from "./store";
import { systemsOf, tellSystem, type QuorumSystem, type System } from "./systems";

/** The size that is measured: the smallest in which a majority is less than all. */
const N = 3;

/** Virtual ms after the acknowledgement of a write at which a read is begun. */
export const DELAYS = [0, 1, 2, 5, 10, 20, 50, 100];

/** How many writes are read back for each delay and each seed. */
const ROUNDS = 200;

/** Virtual ms: how long an operation may take, and how long a write has to itself. */
const [WITHIN, BETWEEN] = [2000, 10];

/** A window is over once at most this share of the reads misses the write. */
const MISSED = 0.01;

/** How often reads miss a write that was acknowledged before them. */
export interface StalenessRow {
  readonly system: string;
  readonly N: number;
  /** For each of {@link DELAYS}: the share of reads, begun so long after the acknowledgement, that showed something older. */
  readonly missed: readonly Estimate[];
  /** Of the delays the first from which on at most one read in a hundred misses the write; null if there is none. */
  readonly window: number | null;
  /**
   * What the first share would be at most, if no more than W replicas held the write and a read asked R at random:
   * C(N-W, R) / C(N, R). Null for Raft.
   */
  readonly bound: number | null;
}

/**
 * Writes, waits, and reads back by another client, where now and then a message is late (the network “heavy tail”).
 *
 * @param seeds - one run each; their reads are put together
 */
export function stalenessJobs(seeds: readonly number[]): Job<StalenessRow>[] {
  return settings().map((system) => ({
    what: tellSystem(system.name, N),
    measure: (subject) => [stalenessOf(system, N, subject, seeds)],
  }));
}

/** The same for one system. */
export function stalenessOf(
  system: System,
  servers: number,
  subject: Subject,
  seeds: readonly number[],
): StalenessRow {
  const counts = DELAYS.map(() => 0);
  for (const seed of seeds) {
    const setup = { subject, seed, servers, clients: servers + 1, network: "heavy tail" } as const;
    run(system, setup, (store) => countMissed(store, counts));
  }
  const missed = counts.map((count) => rounded(shareEstimate(count, ROUNDS * seeds.length)));
  const from = missed.findLastIndex(({ value }) => value > MISSED) + 1;
  return {
    system: system.name,
    N: servers,
    missed,
    window: DELAYS[from] ?? null,
    bound: system.kind === "raft" ? null : choose(servers - system.W, system.R) / choose(servers, system.R),
  };
}

/** Those with W + R <= N, what Raft has of that kind, and one that must not miss anything. */
function settings(): System[] {
  const weak = (W: number, R: number): QuorumSystem => {
    return { kind: "quorum", name: `W=${W} R=${R}`, W, R, promise: "eventual" };
  };
  const others = systemsOf(N).filter(({ name }) =>
    ["majority, regular", "Raft, session reads"].includes(name),
  );
  return [weak(1, 1), weak(1, 2), weak(2, 1), ...others];
}

function countMissed(store: Store, counts: number[]): void {
  store.ready();
  const { stage } = store;
  const writer = store.client();
  const readers = store.servers.map(() => store.reader());
  const write = (value: string): void => {
    const attempt = store.begin(writer, { kind: "write", key: "x", value });
    stage.until("the write being acknowledged", () => attempt.result !== undefined, WITHIN);
  };
  write("first");
  for (let n = 0; n < ROUNDS; n++) {
    const reader = readers[n % readers.length] ?? writer;
    for (const [i, delay] of DELAYS.entries()) {
      const value = `${n}.${i}`;
      write(value);
      if (delay > 0) stage.watch(delay);
      const read = store.begin(reader, { kind: "read", key: "x" });
      served(store, read, WITHIN);
      if (shownBy(read) !== value) counts[i] = (counts[i] ?? 0) + 1;
      stage.watch(BETWEEN);
    }
  }
}

function rounded({ value, low, high }: Estimate): Estimate {
  return { value: round(value, 4), low: round(low, 4), high: round(high, 4) };
}
