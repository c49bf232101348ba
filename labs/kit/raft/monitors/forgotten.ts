import type { CallId, Effect, Input, PlainData, ServerId } from "../../program";
import { at, Monitor } from "../../scene";
import type { WorldView } from "../../sim";
import type {
  AppendEntriesReply,
  AppendEntriesRequest,
  InstallSnapshotRequest,
  RaftState,
} from "../messages";
import { asRaftState, baseOf, lastEntry, termOn } from "../state";
import { CONFLICT, firstLost, holders, shifted, type Commits } from "./logs";
import { wrong } from "./words";

/** What a leader, or whoever calls itself one, has asked of a server. */
interface Asked {
  readonly method: string;
  readonly request: PlainData;
  readonly from: ServerId;
  readonly at: number;
}

/** One server in its present life. */
interface Follower {
  /** Requests that wait for an answer; those that were answered while the present input is handled. */
  readonly open: Map<CallId, Asked>;
  answered: Asked[];
  last: Asked | undefined;
  /** When this life began with a disk that was written, until it writes that itself: virtual ms. */
  bootedAt: number | undefined;
  /** The input at hand is a snapshot, of the service or of a leader. */
  compacting: boolean;
  /** The lowest entry on the disk that a message contradicted when it came. */
  excuse: { readonly index: number; readonly term: number } | undefined;
  /** The highest index that it acknowledged, to whom and when. */
  acknowledged: { readonly index: number; readonly to: ServerId; readonly at: number } | undefined;
}

interface State {
  readonly followers: Map<ServerId, Follower>;
  readonly disks: Map<ServerId, RaftState | undefined>;
}

const RETAIN =
  "InstallSnapshot receiver 6: if an existing entry has the index and term of the snapshot's last included entry, retain " +
  "the log entries following it (Figure 13; §7)";

/**
 * No entry leaves a disk unless a leader contradicted it, or a snapshot covers it.
 *
 * A contradiction is judged against the disk when the message comes, for most programs act on it at once; and for requests that are
 * not answered yet also when the disk is written, for a program may let them wait in a queue.
 */
export class ForgottenMonitor extends Monitor<State> {
  override readonly effects = ["save", "reply"] as const;
  protected state: State = { followers: new Map(), disks: new Map() };

  constructor(private readonly commits: Commits) {
    super();
  }

  onInput(world: WorldView, server: ServerId, input: Input): void {
    const follower = this.state.followers.get(server);
    if (input.kind === "boot") {
      const acknowledged = follower?.acknowledged; // a promise outlives a crash
      const disk = asRaftState(world.saved(server));
      const bootedAt = disk === undefined ? undefined : world.now;
      const fresh = { open: new Map(), answered: [], last: undefined, excuse: undefined, compacting: false };
      this.state.followers.set(server, { ...fresh, acknowledged, bootedAt });
      this.state.disks.set(server, disk);
      return;
    }
    if (follower === undefined) return;
    if (follower.answered.length > 0) follower.answered = [];
    follower.last = undefined;
    follower.compacting =
      (input.kind === "invoke" && input.verb === "snapshot") ||
      (input.kind === "request" && input.method === "installSnapshot");
    if (input.kind !== "request") return;
    const { method, request, from, call } = input;
    if (method !== "appendEntries" && method !== "installSnapshot") return;
    const asked = { method, request, from, at: world.now };
    follower.open.set(call, asked);
    follower.last = asked;
    const disk = asRaftState(world.saved(server));
    const index = contradicted(asked, disk);
    if (index === undefined || (excused(follower, disk) ?? Infinity) <= index) return;
    follower.excuse = { index, term: termOn(disk, index) ?? 0 };
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    const follower = this.state.followers.get(server);
    if (follower === undefined) return;
    if (effect.kind === "save") {
      const before = this.state.disks.get(server);
      const after = asRaftState(effect.state);
      this.state.disks.set(server, after);
      if (after !== undefined) this.saved(world, server, follower, before, after);
    } else if (effect.kind === "reply") {
      const asked = follower.open.get(effect.call);
      if (asked === undefined) return;
      follower.open.delete(effect.call);
      follower.answered.push(asked);
      if (asked.method !== "appendEntries" || !(effect.reply as AppendEntriesReply).success) return;
      const { prevLogIndex, entries } = asked.request as AppendEntriesRequest;
      const index = prevLogIndex + entries.length;
      if (index < (follower.acknowledged?.index ?? 1)) return;
      follower.acknowledged = { index, to: asked.from, at: world.now };
    }
  }

  private saved(
    world: WorldView,
    server: ServerId,
    follower: Follower,
    before: RaftState | undefined,
    after: RaftState,
  ): void {
    const index = firstLost(before, after);
    if (index === undefined) follower.bootedAt = undefined;
    if (before === undefined || index === undefined) return;
    const waiting = [...follower.open.values(), ...follower.answered];
    const reason =
      (excused(follower, before) ?? Infinity) <= index ||
      waiting.some((asked) => (contradicted(asked, before) ?? Infinity) <= index);
    if (!reason) throw this.forgets(world, server, follower, before, after, index);
    const { acknowledged } = follower;
    // What a later leader replaced is no promise any more.
    if (acknowledged !== undefined && acknowledged.index >= index) {
      follower.acknowledged = { ...acknowledged, index: index - 1 };
    }
  }

  private forgets(
    world: WorldView,
    server: ServerId,
    { last, acknowledged, bootedAt, compacting }: Follower,
    before: RaftState,
    after: RaftState,
    index: number,
  ): Error {
    const term = termOn(before, index) ?? 0;
    const end = lastEntry(before).index;
    const which = end > index ? `entries ${index} to ${end}` : `entry ${index}`;
    let text =
      `server ${server} loses ${which} (entry ${index} is of term ${term}) with a save at ${at(world.now)}, ` +
      "though no message contradicts what its disk held up to there";
    if (last !== undefined) text += `: it was handling ${described(last)}`;
    if (bootedAt !== undefined) {
      text += `; it is the first save of a life that began at ${at(bootedAt)}: were the entries taken over from what was saved?`;
    }
    if (acknowledged !== undefined && acknowledged.index >= index) {
      text += `; at ${at(acknowledged.at)} it had told server ${acknowledged.to} that it has them up to entry ${acknowledged.index}`;
    }
    if (this.commits.entry(index)?.term === term) {
      text += `; entry ${index} is committed, and ${holders(world, index, term)}`;
    }
    return wrong(retains(last, before) ? RETAIN : CONFLICT, text + apart(before, after, compacting), server);
  }
}

/** The excuse, as long as the disk holds what was contradicted. */
function excused({ excuse }: Follower, disk: RaftState | undefined): number | undefined {
  return excuse !== undefined && termOn(disk, excuse.index) === excuse.term ? excuse.index : undefined;
}

/** The lowest entry of a disk with which a request disagrees. */
function contradicted({ method, request }: Asked, disk: RaftState | undefined): number | undefined {
  const { index: last } = lastEntry(disk);
  const base = baseOf(disk);
  const differs = (index: number, term: number): boolean =>
    index > base && index <= last && termOn(disk, index) !== term;
  const { term } = request as { readonly term: number };
  if (disk === undefined || term < disk.currentTerm) return undefined; // nobody obeys a stale leader
  if (method === "installSnapshot") {
    const { lastIncludedIndex, lastIncludedTerm } = request as InstallSnapshotRequest;
    return differs(lastIncludedIndex, lastIncludedTerm) ? lastIncludedIndex : undefined;
  }
  const { prevLogIndex, prevLogTerm, entries } = request as AppendEntriesRequest;
  if (differs(prevLogIndex, prevLogTerm)) return prevLogIndex;
  for (let i = 0; i < entries.length && prevLogIndex + 1 + i <= last; i++) {
    const index = prevLogIndex + 1 + i;
    if (differs(index, entries[i]?.term ?? 0)) return index;
  }
  return undefined;
}

/** True if the request at hand is a snapshot whose last entry the disk has. */
function retains(last: Asked | undefined, disk: RaftState): boolean {
  if (last?.method !== "installSnapshot") return false;
  const { lastIncludedIndex, lastIncludedTerm } = last.request as InstallSnapshotRequest;
  return termOn(disk, lastIncludedIndex) === lastIncludedTerm;
}

function described({ method, request, from }: Asked): string {
  if (method === "installSnapshot") {
    const { term, lastIncludedIndex, lastIncludedTerm } = request as InstallSnapshotRequest;
    return `server ${from}'s InstallSnapshot of term ${term} up to entry ${lastIncludedIndex} of term ${lastIncludedTerm}`;
  }
  const { term, prevLogIndex, prevLogTerm, entries } = request as AppendEntriesRequest;
  const count = entries.length === 1 ? "1 entry" : `${entries.length} entries`;
  return `server ${from}'s AppendEntries of term ${term} with ${count} after entry ${prevLogIndex} of term ${prevLogTerm}`;
}

/** Entries that a snapshot is to cover go with the save that brings it. */
function apart(before: RaftState, after: RaftState, compacting: boolean): string {
  const words = shifted(before, after);
  if (words !== "" || !compacting || after.log.length > 0 || baseOf(after) > baseOf(before)) return words;
  return "; if a snapshot is to cover them, save log and snapshot together";
}
