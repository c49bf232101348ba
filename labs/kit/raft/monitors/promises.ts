import type { CallId, Effect, Input, PlainData, ServerId } from "../../program";
import { at, Monitor } from "../../scene";
import type { WorldView } from "../../sim";
import type {
  AppendEntriesReply,
  AppendEntriesRequest,
  InstallSnapshotReply,
  InstallSnapshotRequest,
  RaftState,
} from "../messages";
import { asRaftState, baseOf, lastEntry, termOn } from "../state";
import { CONFLICT, DURABLE_LOG, firstLost, holds, type Commits } from "./logs";
import { wrong } from "./words";

/** A request of a leader that a server is answering. */
interface Open {
  readonly method: string;
  readonly request: PlainData;
  readonly from: ServerId;
  /** What the disk said when it came, and how often it had been written in this life. */
  readonly term: number;
  readonly saves: number;
}

/** One server in its present life. */
interface Follower {
  readonly open: Map<CallId, Open>;
  saves: number;
  /** The highest index of an entry that it was sent. */
  offered: number;
  /** Entries that left its disk, and with which save of this life. */
  readonly lost: { readonly index: number; readonly term: number; readonly save: number }[];
}

interface State {
  readonly followers: Map<ServerId, Follower>;
  readonly disks: Map<ServerId, RaftState | undefined>;
}

const STALE = "AppendEntries receiver 1: reply false if term < currentTerm (Figure 2; §5.1)";
const MATCHES =
  "AppendEntries receiver 2: reply false if the log has no entry at prevLogIndex whose term is prevLogTerm (Figure 2; §5.3)";
const TERM = "currentTerm is persistent state: on stable storage before responding to RPCs (Figure 2)";
const INSTALLED =
  "InstallSnapshot: save the snapshot before you answer; the leader then counts on it (Figure 13; §7)";

/** What a success promises to a leader is on the disk when it leaves. */
export class PromiseMonitor extends Monitor<State> {
  override readonly inputs = ["boot", "request"] as const;
  override readonly effects = ["save", "reply"] as const;
  protected state: State = { followers: new Map(), disks: new Map() };

  constructor(private readonly commits: Commits) {
    super();
  }

  onInput(world: WorldView, server: ServerId, input: Input): void {
    const disk = asRaftState(world.saved(server));
    if (input.kind === "boot") {
      this.state.followers.set(server, { open: new Map(), saves: 0, offered: 0, lost: [] });
      this.state.disks.set(server, disk);
    } else if (input.kind === "request") {
      const { method, request, from, call } = input;
      const follower = this.state.followers.get(server);
      if (follower === undefined || (method !== "appendEntries" && method !== "installSnapshot")) return;
      follower.open.set(call, { method, request, from, term: disk?.currentTerm ?? 0, saves: follower.saves });
      if (method !== "appendEntries") return;
      const { prevLogIndex, entries } = request as AppendEntriesRequest;
      if (entries.length > 0) follower.offered = Math.max(follower.offered, prevLogIndex + entries.length);
    }
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    const follower = this.state.followers.get(server);
    if (follower === undefined) return;
    if (effect.kind === "save") {
      this.saved(server, follower, asRaftState(effect.state));
    } else if (effect.kind === "reply") {
      const open = follower.open.get(effect.call);
      if (open === undefined) return;
      follower.open.delete(effect.call);
      const { term } = open.request as { readonly term: number };
      if ((effect.reply as InstallSnapshotReply).term !== term) return;
      if (open.method === "installSnapshot") this.installed(world, server, open);
      else if ((effect.reply as AppendEntriesReply).success) this.succeeds(world, server, follower, open);
    }
  }

  private saved(server: ServerId, follower: Follower, after: RaftState | undefined): void {
    const before = this.state.disks.get(server);
    this.state.disks.set(server, after);
    follower.saves++;
    const from = after === undefined ? undefined : firstLost(before, after);
    if (follower.open.size === 0) follower.lost.length = 0; // only late replies need to know
    if (from === undefined || follower.open.size === 0) return;
    for (let index = from; index <= lastEntry(before).index; index++) {
      const term = termOn(before, index);
      if (term === undefined || term === termOn(after, index)) continue;
      follower.lost.push({ index, term, save: follower.saves });
    }
  }

  private succeeds(world: WorldView, server: ServerId, follower: Follower, open: Open): void {
    const { term, prevLogIndex, prevLogTerm, entries } = open.request as AppendEntriesRequest;
    const disk = asRaftState(world.saved(server));
    const onDisk = disk?.currentTerm ?? 0;
    const until = prevLogIndex + entries.length;
    const what = entries.length === 0 ? "a heartbeat" : list(prevLogIndex + 1, until);
    const reply =
      `server ${server} answers “success” in term ${term} at ${at(world.now)} to ${what} of server ${open.from} ` +
      `(prevLogIndex ${prevLogIndex}, prevLogTerm ${prevLogTerm})`;
    if (open.term > term) {
      throw wrong(STALE, `${reply}, but its own term was already ${open.term} when that came`, server);
    }
    // The answer may leave late: what a leader of a later term has replaced since was there in time.
    const had = (index: number, t: number): boolean =>
      holds(disk, index, t) ||
      (onDisk > term && follower.lost.some((e) => e.index === index && e.term === t && e.save > open.saves));
    if (prevLogIndex > 0 && !had(prevLogIndex, prevLogTerm)) {
      const here = termOn(disk, prevLogIndex);
      const unsaved = here === undefined && prevLogIndex <= follower.offered;
      throw wrong(
        unsaved ? DURABLE_LOG : MATCHES,
        `${reply}: so it has entry ${prevLogIndex} of term ${prevLogTerm}, but ${found(disk, prevLogIndex)}`,
        server,
      );
    }
    for (let i = 0; i < entries.length; i++) {
      const index = prevLogIndex + 1 + i;
      const entry = entries[i];
      if (entry === undefined || had(index, entry.term)) continue;
      const kept = termOn(disk, index) !== undefined && follower.saves > open.saves;
      throw wrong(
        kept ? CONFLICT : DURABLE_LOG,
        `${reply}: so it has entry ${index} of term ${entry.term}, but ${found(disk, index)}`,
        server,
      );
    }
    // A heartbeat alone may outrun the term: it says nothing that the leader could count for a commit.
    const lastTerm = entries.at(-1)?.term ?? (prevLogIndex > 0 ? prevLogTerm : 0);
    if (onDisk >= term || lastTerm < term) return;
    throw wrong(
      TERM,
      `${reply}, but its disk still says term ${onDisk}: after a crash it would obey an older leader that ` +
        `overwrites entry ${until}`,
      server,
    );
  }

  private installed(world: WorldView, server: ServerId, open: Open): void {
    const { term, lastIncludedIndex: index, lastIncludedTerm } = open.request as InstallSnapshotRequest;
    const disk = asRaftState(world.saved(server));
    const committed = this.commits.entry(index)?.term ?? lastIncludedTerm;
    if (holds(disk, index, lastIncludedTerm) || holds(disk, index, committed)) return;
    throw wrong(
      INSTALLED,
      `server ${server} answers server ${open.from}'s InstallSnapshot up to entry ${index} of term ${lastIncludedTerm} in term ` +
        `${term} at ${at(world.now)}, but ${found(disk, index)}`,
      server,
    );
  }
}

function list(first: number, last: number): string {
  return first === last ? `entry ${first}` : `entries ${first} to ${last}`;
}

/** What a disk has where something else was promised. */
function found(disk: RaftState | undefined, index: number): string {
  if (disk === undefined) return "its disk is empty: after a crash it would know nothing of it";
  const here = termOn(disk, index);
  if (here !== undefined) return `its disk holds entry ${index} of term ${here}`;
  const { index: last, term } = lastEntry(disk);
  const end = last === 0 ? "its disk holds no entry" : `its disk ends with entry ${last} of term ${term}`;
  const base = baseOf(disk);
  return end + (base > 0 ? ` (the snapshot reaches to ${base})` : "");
}
