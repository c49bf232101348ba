import { majorityOf, type System } from "./systems";

/** How many servers must be up and within reach for an operation to be served. */
export interface Needs {
  readonly read: number;
  readonly write: number;
}

/**
 * What is needed of N servers. A write asks R replicas for the newest version before it stores its own on W, unless nothing is promised;
 * an atomic read stores what it has found on W. Raft needs a majority, but for reads that any server answers from what it has.
 */
export function needsOf(system: System, N: number): Needs {
  const most = majorityOf(N);
  if (system.kind === "raft") return { read: system.read === "session" ? 1 : most, write: most };
  const { W, R, promise } = system;
  const both = Math.max(W, R);
  return { read: promise === "atomic" ? both : R, write: promise === "eventual" ? W : both };
}

/** How many ways there are to choose k of n. */
export function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}

/** x to the power of a whole number, 0 or more; computed by products alone, so that it is the same on each machine. */
export function power(x: number, n: number): number {
  let product = 1;
  for (let i = 0; i < n; i++) product *= x;
  return product;
}

/** The probability that at least `need` of N servers are up, if each is with probability p, and independently. */
export function availability(N: number, need: number, p: number): number {
  let sum = 0;
  for (let up = need; up <= N; up++) sum += choose(N, up) * power(p, up) * power(1 - p, N - up);
  return sum;
}
