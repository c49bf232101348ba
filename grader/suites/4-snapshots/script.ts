import type {
  InstallSnapshotReply,
  InstallSnapshotRequest,
  LogEntry,
  RaftCluster,
} from "../../../labs/kit/raft";
import { shown } from "../1-election/script";
import { entriesOf, Follower, leads, takes, type Leader, type Terms } from "../2-replication/script";

// What puppets say to real servers about snapshots, as leaders and as followers.

const ANSWERED =
  "InstallSnapshot is answered with currentTerm, once what it brings is saved (Figure 13, receiver 1 and 5)";
const STANDS =
  "A snapshot stands for the entries up to its last one: they count as committed and applied (§7; Figure 13)";

/** The leader's InstallSnapshot up to entry `upTo`, with a state in the form of the harness's own. */
export function snapshotOf({ id, term, log }: Leader, upTo: number): InstallSnapshotRequest {
  const lastIncludedTerm = log[upTo - 1] ?? 0;
  const digest = (upTo * 0x1000 + lastIncludedTerm).toString(16).padStart(8, "0");
  return {
    term,
    leaderId: id,
    lastIncludedIndex: upTo,
    lastIncludedTerm,
    data: { index: upTo, digest },
  };
}

/** A snapshot that must be answered. */
export function brings(c: RaftCluster, leader: Leader, upTo: number): void {
  const request = snapshotOf(leader, upTo);
  const reply = c.puppet(leader.id).ask(0, "installSnapshot", request) as InstallSnapshotReply | undefined;
  c.expect(
    reply !== undefined && reply.term >= leader.term,
    ANSWERED,
    `server 0 answers ${shown(reply)} to server ${leader.id}'s snapshot of term ${leader.term} up to entry ${upTo}`,
    0,
  );
}

/** A snapshot that comes as a copy, or late; whatever is answered, time goes on. */
export function arrives(c: RaftCluster, leader: Leader, upTo: number): void {
  c.puppet(leader.id).send(0, "installSnapshot", snapshotOf(leader, upTo));
}

/** Server 0 applies what follows its snapshot, up to entry `index` and no further. */
export function goesOn(c: RaftCluster, index: number, base: number): void {
  c.until(
    `reaching entry ${index} on server 0, which has a snapshot up to entry ${base} and goes on from there,`,
    () => c.lastApplied(0) >= index,
    250,
    STANDS,
  );
  c.watch(10);
  const last = c.lastApplied(0);
  c.expect(last === index, STANDS, `server 0's service is at entry ${last}; it should be at ${index}`, 0);
}

/** What server 0's disk holds behind its snapshot, whose last entry must be `base`. */
export function keeps(c: RaftCluster, base: number, log: Terms): void {
  const { first, entries } = c.log(0);
  c.expect(
    first === base + 1 && JSON.stringify(entries) === JSON.stringify(entriesOf(log, base + 1)),
    "log[] goes on behind the snapshot: its first entry is lastIncludedIndex + 1 (Figures 12 and 13; contract)",
    `server 0 has ${shown(entries.map(({ term }) => term))} behind entry ${first - 1} on its disk, by terms; ` +
      `expected ${shown(log.slice(base))} behind entry ${base}`,
    0,
  );
}

/** Server 0 gets a committed log, and leads then; its service takes snapshots on the way. @returns its term */
export function compacts(c: RaftCluster, log: Terms): number {
  takes(c, { id: 1, term: log.at(-1) ?? 1, log }, 0, log.length, log.length);
  goesOn(c, log.length, 0);
  return leads(c);
}

/** A puppet that follows by the book, snapshots included; a scene may take its ears or its tongue. */
export class Receiver extends Follower {
  /** False for snapshots that get lost on their way. */
  receives: (request: InstallSnapshotRequest) => boolean = () => true;

  constructor(
    private readonly c: RaftCluster,
    private readonly id: number,
    log: Terms = [],
  ) {
    super(c, id, log);
    c.puppet(id).answer("installSnapshot", (request) => this.install(request as InstallSnapshotRequest));
  }

  /** The snapshots that reached its door, lost ones included. */
  get sent(): InstallSnapshotRequest[] {
    const letters = this.c.puppet(this.id).requests("installSnapshot");
    return letters.map(({ message }) => message.request as InstallSnapshotRequest);
  }

  private install(request: InstallSnapshotRequest): InstallSnapshotReply | undefined {
    if (!this.receives(request)) return undefined;
    const { term, lastIncludedIndex, lastIncludedTerm } = request;
    const covered: LogEntry = { term: lastIncludedTerm, command: "covered by a snapshot" };
    const matches = this.log[lastIncludedIndex - 1]?.term === lastIncludedTerm;
    const rest = matches ? this.log.slice(lastIncludedIndex) : [];
    this.log = [...Array.from({ length: lastIncludedIndex }, () => covered), ...rest];
    return { term };
  }
}
