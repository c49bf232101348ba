import type { ServerId } from "../kit/program";
import type { Subject } from "../kit/subject";
import { availability, needsOf, power } from "./formula";
import { jobsOf, type Job } from "./job";
import { run } from "./run";
import { served, type Store } from "./store";
import type { System } from "./systems";

/** The sizes that are enumerated: N = 5 has 32 sets of failed servers. */
const SIZES = [3, 5];

/** The probabilities that one server is up. */
export const UPTIMES = [0.9, 0.99];

/** Virtual ms: how long after the failures anybody asks, and how long an operation may take. Elections are over by then. */
const [SETTLE, WITHIN] = [5000, 5000];

/** What one system serves while some of its servers are down. */
export interface AvailabilityRow {
  readonly system: string;
  readonly N: number;
  /** By the number of failed servers, 0 to N: in which share of the sets of that size it was served. */
  readonly read: readonly number[];
  readonly write: readonly number[];
  /** One entry for each of {@link UPTIMES}: from the enumeration, and by the closed formula. */
  readonly at: readonly AvailabilityAt[];
}

/** Availability if each server is up with probability p, independently. */
export interface AvailabilityAt {
  readonly p: number;
  readonly read: Both;
  readonly write: Both;
}

/** The same figure from two sources. */
export interface Both {
  /** All sets of failed servers, each played once and weighed by its probability: no sampling, so no error. */
  readonly measured: number;
  readonly formula: number;
}

/** Which sets of failed servers a system survives. */
interface Trial {
  readonly failed: number;
  readonly read: boolean;
  readonly write: boolean;
}

/** Plays every set of failed servers of every system, and asks for a read and a write after it. */
export function availabilityJobs(seed: number, sizes: readonly number[] = SIZES): Job<AvailabilityRow>[] {
  return jobsOf(sizes, (system, N, subject) => rowOf(system, N, subject, seed));
}

/** The same for one system. */
export function rowOf(system: System, N: number, subject: Subject, seed: number): AvailabilityRow {
  const trials = subsetsOf(N).map((failed): Trial => {
    const setup = { subject, seed, servers: N, clients: 2 };
    return run(system, setup, (store) => ({ failed: failed.length, ...trial(store, failed) }));
  });
  const needs = needsOf(system, N);
  const at = UPTIMES.map((p): AvailabilityAt => {
    const both = (what: "read" | "write"): Both => ({
      measured: weighed(trials, what, N, p),
      formula: availability(N, needs[what], p),
    });
    return { p, read: both("read"), write: both("write") };
  });
  return {
    system: system.name,
    N,
    read: sharesOf(trials, "read", N),
    write: sharesOf(trials, "write", N),
    at,
  };
}

function trial(store: Store, failed: readonly ServerId[]): Pick<Trial, "read" | "write"> {
  store.ready();
  const [reader, writer] = [store.client(), store.client()];
  served(store, store.begin(writer, { kind: "write", key: "x", value: "before" }), WITHIN);
  store.stage.crash(...failed);
  store.stage.watch(SETTLE);
  const read = served(store, store.begin(reader, { kind: "read", key: "x" }), WITHIN);
  const write = served(store, store.begin(writer, { kind: "write", key: "x", value: "after" }), WITHIN);
  return { read, write };
}

/** All subsets of 0 .. N-1, the empty one first. */
export function subsetsOf(N: number): ServerId[][] {
  return Array.from({ length: 2 ** N }, (_, bits) =>
    Array.from({ length: N }, (_, id) => id).filter((id) => (bits >> id) % 2 === 1),
  );
}

function sharesOf(trials: readonly Trial[], what: "read" | "write", N: number): number[] {
  return Array.from({ length: N + 1 }, (_, failed) => {
    const alike = trials.filter((each) => each.failed === failed);
    return alike.filter((each) => each[what]).length / alike.length;
  });
}

/** The formula's sum with counted sets in the place of binomial coefficients. */
function weighed(trials: readonly Trial[], what: "read" | "write", N: number, p: number): number {
  let sum = 0;
  for (let up = 0; up <= N; up++) {
    const count = trials.filter((each) => each.failed === N - up && each[what]).length;
    sum += count * power(p, up) * power(1 - p, N - up);
  }
  return sum;
}
