import type { Subject } from "../kit/subject";
import { jobsOf, type Job } from "./job";
import { run } from "./run";
import { quantileEstimate, round, type Estimate } from "./statistics";
import { isServed, msOf } from "./store";
import type { System } from "./systems";
import { crowdOf, doAll, isRead } from "./workload";

/** The sizes that are measured. */
const SIZES = [3, 5];

/** The clients of each kind, and how many operations of it they do together. */
const [CLIENTS, OPERATIONS] = [3, 1000];

/** How long operations took, in virtual ms. */
export interface Latency {
  /** How many were measured. */
  readonly samples: number;
  readonly p50: Estimate;
  readonly p99: Estimate;
}

/** What one system's clients wait for. */
export interface LatencyRow {
  readonly system: string;
  readonly N: number;
  readonly read: Latency;
  readonly write: Latency;
}

/**
 * Lets readers and writers work where now and then a message is late (the network “heavy tail”), and says how long they waited.
 *
 * @param seeds - one run each; their operations are put together
 */
export function latencyJobs(seeds: readonly number[], sizes: readonly number[] = SIZES): Job<LatencyRow>[] {
  return jobsOf(sizes, (system, N, subject) => latencyOf(system, N, subject, seeds));
}

/** The same for one system. */
export function latencyOf(system: System, N: number, subject: Subject, seeds: readonly number[]): LatencyRow {
  const times: { read: number[]; write: number[] } = { read: [], write: [] };
  for (const seed of seeds) {
    const setup = { subject, seed, servers: N, clients: 2 * CLIENTS + 1, network: "heavy tail" } as const;
    run(system, setup, (store) => {
      const crowd = crowdOf(store, CLIENTS, CLIENTS);
      for (const attempt of doAll(store, crowd, OPERATIONS)) {
        // What was not answered in its time has taken at least that long, and longer than almost all others.
        times[isRead(attempt) ? "read" : "write"].push(isServed(attempt) ? msOf(attempt) : TOO_LATE);
      }
    });
  }
  return { system: system.name, N, read: latencyIn(times.read), write: latencyIn(times.write) };
}

/** Stands for an operation that has no answer; a coordinator's timeout. */
const TOO_LATE = 1000;

function latencyIn(times: readonly number[]): Latency {
  const at = (q: number): Estimate => {
    const { value, low, high } = quantileEstimate(times, q);
    return { value: round(value, 2), low: round(low, 2), high: round(high, 2) };
  };
  return { samples: times.length, p50: at(0.5), p99: at(0.99) };
}
