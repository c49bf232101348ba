import type { Subject } from "../kit/subject";
import { run } from "./run";
import { isServed } from "./store";
import { systemsOf, type System } from "./systems";
import { crowdOf, keepBusy } from "./workload";

/** The sizes that are measured. */
export const THROUGHPUT_SIZES = [1, 3, 5, 7];

/** Those of {@link systemsOf} that are measured; the others differ from these only in what they wait for. */
const MEASURED = ["WARO", "majority", "one and one"];

/** So many clients keep every server busy. */
const CLIENTS = 24;

/** Virtual ms: how long they work before anybody counts, and how long somebody counts. */
const [BEFORE, COUNTED] = [200, 1000];

/** How long a server is busy with a message, with each KiB of it, and with a save, in virtual ms; a disk that must be waited for. */
export const SERVICE = { perInput: 0.5, perKiB: 0.05, perSave: 2 };

/** Operations a virtual second. */
export interface ThroughputRow {
  readonly system: string;
  readonly N: number;
  /** If all clients read. */
  readonly read: number;
  /** If all clients write. */
  readonly write: number;
}

/** Lets so many clients work that servers have no pause, and counts what they get done: only reads, then only writes. */
export function measureThroughput(
  subject: Subject,
  seed: number,
  sizes: readonly number[] = THROUGHPUT_SIZES,
): ThroughputRow[] {
  return sizes.flatMap((N) => {
    const systems = systemsOf(N).filter(({ kind, name }) => kind === "raft" || MEASURED.includes(name));
    let raftWrites: number | undefined; // the same however it reads
    return systems.map((system): ThroughputRow => {
      const read = readsOf(system, N, subject, seed);
      const known = system.kind === "raft" ? raftWrites : undefined;
      const write = known ?? writesOf(system, N, subject, seed);
      if (system.kind === "raft") raftWrites = write;
      return { system: system.name, N, read, write };
    });
  });
}

/** Reads a virtual second, if nobody writes. */
export function readsOf(system: System, N: number, subject: Subject, seed: number): number {
  return rateOf(system, N, subject, seed, CLIENTS, 0);
}

/** Writes a virtual second, if nobody reads. */
export function writesOf(system: System, N: number, subject: Subject, seed: number): number {
  return rateOf(system, N, subject, seed, 0, CLIENTS);
}

function rateOf(
  system: System,
  N: number,
  subject: Subject,
  seed: number,
  readers: number,
  writers: number,
): number {
  const setup = { subject, seed, servers: N, clients: CLIENTS + 1, service: SERVICE };
  return run(system, setup, (store) => {
    const crowd = crowdOf(store, readers, writers);
    const begin = store.stage.now + BEFORE;
    const done = keepBusy(store, crowd, BEFORE + COUNTED).filter((attempt) => {
      const { returnedAt = -1 } = attempt;
      return isServed(attempt) && returnedAt >= begin && returnedAt < begin + COUNTED;
    });
    return (1000 * done.length) / COUNTED;
  });
}
