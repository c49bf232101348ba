import type { AppendEntriesReply, AppendEntriesRequest, LogEntry, RaftCluster } from "../../../labs/kit/raft";
import { encourage, shown, termOf } from "../1-election/script";

// What puppets say to real servers, as leaders and as followers, in Labs 2 to 4.

/** A log as the paper's figures show it: the term of each entry. Equal terms at an index mean equal commands. */
export type Terms = readonly number[];

/** A puppet that leads. */
export interface Leader {
  readonly id: number;
  readonly term: number;
  readonly log: Terms;
}

const CONSISTENCY =
  "Reply false if the log does not contain an entry at prevLogIndex whose term matches prevLogTerm (Figure 2; §5.3)";
const EXACT =
  "Delete an existing entry only if it conflicts with a new one, with all that follow it; append what is not in the log " +
  "(Figure 2, AppendEntries receiver 3 and 4)";

/** The entries of such a log, from `first` on. */
export function entriesOf(log: Terms, first = 1): LogEntry[] {
  return log.slice(first - 1).map((term, i) => ({ term, command: `t${term}i${first + i}` }));
}

/** The leader's AppendEntries with its entries behind `after`, up to `upTo`. */
export function call(
  { id, term, log }: Leader,
  after: number,
  upTo: number,
  commit = 0,
): AppendEntriesRequest {
  return {
    term,
    leaderId: id,
    prevLogIndex: after,
    prevLogTerm: log[after - 1] ?? 0,
    entries: entriesOf(log.slice(0, upTo), after + 1),
    leaderCommit: commit,
  };
}

/** A call that must succeed. */
export function takes(c: RaftCluster, leader: Leader, after: number, upTo = after, commit = 0, to = 0): void {
  const reply = ask(c, leader, call(leader, after, upTo, commit), to);
  c.expect(
    reply?.success === true && reply.term >= leader.term,
    CONSISTENCY,
    `server ${to} answers ${shown(reply)} to ${described(leader, after, upTo)}, though it has the entry before that`,
    to,
  );
}

/** A call that must be refused, because the entry before is another or missing. */
export function refuses(
  c: RaftCluster,
  leader: Leader,
  after: number,
  upTo = after,
  commit = 0,
  to = 0,
): void {
  const reply = ask(c, leader, call(leader, after, upTo, commit), to);
  c.expect(
    reply?.success === false && reply.term >= leader.term,
    CONSISTENCY,
    `server ${to} answers ${shown(reply)} to ${described(leader, after, upTo)}, and has another entry before that, or none`,
    to,
  );
}

/** A call that comes as a copy, or late; whatever is answered, time goes on. */
export function comes(c: RaftCluster, leader: Leader, after: number, upTo = after, commit = 0, to = 0): void {
  c.puppet(leader.id).send(to, "appendEntries", call(leader, after, upTo, commit));
}

/** What a server's disk holds, to the entry. */
export function holds(c: RaftCluster, log: Terms, server = 0): void {
  const has = c.log(server).entries;
  c.expect(
    JSON.stringify(has) === JSON.stringify(entriesOf(log)),
    EXACT,
    `server ${server} has the entries of terms ${list(has.map(({ term }) => term))} on its disk; expected ${list(log)}`,
    server,
  );
}

/** Up to where a server applies, no further: within a moment, as some apply a little later. */
export function applies(c: RaftCluster, index: number, server = 0): void {
  const rule =
    "A follower applies what is committed, as soon as it learns of it (§5.3; Figure 2, all servers)";
  c.until(`applying entry ${index} on server ${server}`, () => c.lastApplied(server) >= index, 250);
  c.watch(10);
  const last = c.lastApplied(server);
  c.expect(
    last === index,
    rule,
    `server ${server} has applied up to entry ${last}; expected ${index}`,
    server,
  );
}

/** A puppet that follows by the book; a scene may take its ears or its tongue. */
export class Follower {
  log: LogEntry[];
  /** Requests that reached it, lost ones not counted. */
  readonly heard: AppendEntriesRequest[] = [];
  /** Those that it refused, as its log does not match or their term is over. */
  readonly refused: AppendEntriesRequest[] = [];
  /** False for requests that get lost on their way. */
  hears: (request: AppendEntriesRequest) => boolean = () => true;
  /** False for requests whose answers get lost. */
  speaks: (request: AppendEntriesRequest) => boolean = () => true;
  private term = 0;

  constructor(c: Pick<RaftCluster, "puppet">, id: number, log: Terms = []) {
    this.log = entriesOf(log);
    encourage(c, [id]);
    c.puppet(id).answer("requestVote", (request) => ({ term: termOf(request), voteGranted: true }));
    c.puppet(id).answer("appendEntries", (request) => this.append(request as AppendEntriesRequest));
  }

  get lastIndex(): number {
    return this.log.length;
  }

  private append(request: AppendEntriesRequest): AppendEntriesReply | undefined {
    if (!this.hears(request)) return undefined;
    this.heard.push(request);
    const success = this.merge(request);
    if (!success) this.refused.push(request);
    return this.speaks(request) ? { term: this.term, success } : undefined;
  }

  private merge({ term, prevLogIndex, prevLogTerm, entries }: AppendEntriesRequest): boolean {
    if (term < this.term) return false;
    this.term = term;
    if (prevLogIndex > 0 && this.log[prevLogIndex - 1]?.term !== prevLogTerm) return false;
    entries.forEach((entry, i) => {
      const at = prevLogIndex + i;
      if (this.log[at]?.term !== entry.term) this.log = [...this.log.slice(0, at), entry];
    });
    return true;
  }
}

/** Waits until server 0, the only real one, leads; its puppets vote for it. @returns its term */
export function leads(c: RaftCluster): number {
  c.until("an election that everybody votes in", () => c.status(0)?.isLeader === true);
  return c.status(0)?.term ?? 0;
}

function ask(
  c: RaftCluster,
  leader: Leader,
  request: AppendEntriesRequest,
  to: number,
): AppendEntriesReply | undefined {
  return c.puppet(leader.id).ask(to, "appendEntries", request) as AppendEntriesReply | undefined;
}

function described({ id, term, log }: Leader, after: number, upTo: number): string {
  const prev = `entry ${after} of term ${log[after - 1] ?? 0}`;
  if (upTo === after) return `server ${id}'s heartbeat of term ${term} after ${prev}`;
  return `server ${id}'s AppendEntries of term ${term} with entries ${after + 1} to ${upTo} after ${prev}`;
}

function list(terms: Terms): string {
  return terms.length === 0 ? "none" : `(${terms.join(" ")})`;
}
