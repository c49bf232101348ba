import type { ServerId } from "../kit/program";
import type { Subject } from "../kit/subject";
import { jobsOf, type Job } from "./job";
import { run } from "./run";
import { round } from "./statistics";
import { msOf, shownBy, type Attempt, type Store } from "./store";
import type { System } from "./systems";

/** Five servers in two groups; for Raft the leader is in the smaller one, which is the worse case. */
const [N, SMALLER] = [5, 2];

/** The phases of a run and how long each lasts, in virtual ms. */
export const PHASES = ["before", "during", "after"] as const;
const PHASE_MS = 4000;

/** A client that is idle begins an operation every so many virtual ms. */
const EVERY = 50;

/** An operation is served if it is answered within so many virtual ms; a coordinator gives up after as many. */
const IN_TIME = 1000;

/** The two sides; each has a client that reads and one that writes, all on one key. */
export const SIDES = ["majority", "minority"] as const;

/** How one side fared in one phase: which share of the moments somebody asked was served. */
export interface PhaseShare {
  readonly read: number;
  readonly write: number;
}

/** How one side fared. */
export interface SideShares {
  readonly before: PhaseShare;
  readonly during: PhaseShare;
  readonly after: PhaseShare;
  /**
   * During the partition: the share of the served reads that missed a write of either side, which had been acknowledged before they
   * were called, and was called after what they showed had been acknowledged.
   */
  readonly stale: number;
}

/** What one system gives up while its servers are divided, and gets back. */
export interface PartitionRow {
  readonly system: string;
  readonly majority: SideShares;
  readonly minority: SideShares;
  /** Virtual ms from the cut until the first write on the majority's side that was called after it; null if there was none. */
  readonly gapMs: number | null;
}

type Side = (typeof SIDES)[number];
type Phase = (typeof PHASES)[number];

/** A client, where it is and what it does. */
interface Post {
  readonly side: Side;
  readonly kind: "read" | "write";
  readonly client: ServerId;
}

/** An operation, or that its client was busy when the next was due. */
interface Slot {
  readonly post: Post;
  readonly phase: Phase;
  readonly attempt: Attempt | undefined;
}

/** Cuts the servers in two groups, and lets clients on both sides go on. */
export function partitionJobs(seed: number): Job<PartitionRow>[] {
  return jobsOf([N], (system, _N, subject) => partitionOf(system, subject, seed));
}

/** The same for one system. */
export function partitionOf(system: System, subject: Subject, seed: number): PartitionRow {
  return run(system, { subject, seed, servers: N, clients: 4, repairEvery: 200 }, (store) => {
    const { slots, cutAt } = play(store);
    const gaps = slots.flatMap(({ post, phase, attempt }) =>
      post.side === "majority" && post.kind === "write" && phase === "during" && isInTime(attempt)
        ? [(attempt?.returnedAt ?? Infinity) - cutAt]
        : [],
    );
    return {
      system: system.name,
      majority: sharesOf(slots, "majority"),
      minority: sharesOf(slots, "minority"),
      gapMs: gaps.length === 0 ? null : Math.round(Math.min(...gaps)),
    };
  });
}

function play(store: Store): { readonly slots: readonly Slot[]; readonly cutAt: number } {
  store.ready();
  const first = store.leader() ?? 0;
  const smaller = [...store.servers.filter((id) => id !== first).slice(0, SMALLER - 1), first];
  const groups = { minority: smaller, majority: store.servers.filter((id) => !smaller.includes(id)) };
  const posts = SIDES.flatMap((side): Post[] => [
    { side, kind: "read", client: store.reader(groups[side][0]) },
    { side, kind: "write", client: store.client() },
  ]);
  const slots: Slot[] = [];
  watchPhase(store, posts, "before", slots);
  store.stage.partition(groups.majority, groups.minority);
  const cutAt = store.stage.now;
  for (const { side, client } of posts) store.reach(client, ...groups[side]);
  watchPhase(store, posts, "during", slots);
  store.stage.heal();
  for (const { client } of posts) store.reach(client);
  watchPhase(store, posts, "after", slots);
  return { slots, cutAt };
}

/** Every client begins an operation when it is due, unless it is busy; the two sides take turns. */
function watchPhase(store: Store, posts: readonly Post[], phase: Phase, slots: Slot[]): void {
  const end = store.stage.now + PHASE_MS;
  while (store.stage.now < end) {
    for (const side of SIDES) {
      for (const post of posts.filter((each) => each.side === side)) {
        const last = slots.findLast((slot) => slot.post === post && slot.attempt !== undefined)?.attempt;
        const isBusy = last !== undefined && last.result === undefined;
        const operation = { key: "x", kind: post.kind, value: `${slots.length}` };
        const attempt = isBusy ? undefined : store.begin(post.client, operation);
        slots.push({ post, phase, attempt });
      }
      store.stage.watch(EVERY / SIDES.length);
    }
  }
}

function sharesOf(slots: readonly Slot[], side: Side): SideShares {
  const mine = slots.filter(({ post }) => post.side === side);
  const shareIn = (phase: Phase): PhaseShare => {
    const share = (kind: Post["kind"]): number => {
      const asked = mine.filter(({ post, phase: when }) => post.kind === kind && when === phase);
      return round(asked.filter(({ attempt }) => isInTime(attempt)).length / asked.length, 4);
    };
    return { read: share("read"), write: share("write") };
  };
  const writes = slots.flatMap(({ post, attempt }) =>
    post.kind === "write" && attempt !== undefined ? [attempt] : [],
  );
  const reads = mine.flatMap(({ post, phase, attempt }) =>
    post.kind === "read" && phase === "during" && attempt !== undefined && isInTime(attempt) ? [attempt] : [],
  );
  const missed = reads.filter((read) => misses(read, writes)).length;
  return {
    before: shareIn("before"),
    during: shareIn("during"),
    after: shareIn("after"),
    stale: reads.length === 0 ? 0 : round(missed / reads.length, 4),
  };
}

/** Whether a read shows something although a later write had been acknowledged when it was called. */
function misses(read: Attempt, writes: readonly Attempt[]): boolean {
  const shown = writes.find(({ request }) => (request as { readonly value: string }).value === shownBy(read));
  const end = shown === undefined ? -Infinity : shown.calledAt + msOf(shown);
  return writes.some((write) => write.calledAt > end && write.calledAt + msOf(write) < read.calledAt);
}

function isInTime(attempt: Attempt | undefined): boolean {
  return attempt !== undefined && msOf(attempt) <= IN_TIME;
}
