import type { RaftCluster } from "../../../labs/kit/raft";

// What a scene says to server 0, the only real one beside its puppets, and what it demands of the answers.

/** An answer to RequestVote or PreVote; undefined if none came within a second. */
export type Vote = { readonly term: number; readonly voteGranted: boolean } | undefined;

/** An answer to a heartbeat. */
export type Echo = { readonly term: number; readonly success: boolean } | undefined;

/** The term of any of Raft's messages. */
export function termOf(message: unknown): number {
  return (message as { readonly term: number }).term;
}

/** Puppet `id` asks server 0 for its vote in `term`. */
export function askVote(c: RaftCluster, id: number, term: number): Vote {
  const request = { term, candidateId: id, lastLogIndex: 0, lastLogTerm: 0 };
  return c.puppet(id).ask(0, "requestVote", request) as Vote;
}

/** Puppet `id` sends server 0 a heartbeat as leader of `term`. */
export function beat(c: RaftCluster, id: number, term: number): Echo {
  const request = { term, leaderId: id, prevLogIndex: 0, prevLogTerm: 0, entries: [], leaderCommit: 0 };
  return c.puppet(id).ask(0, "appendEntries", request) as Echo;
}

/** The first candidate of a term, and whoever asks again for the same vote, must get it. */
export function wins(c: RaftCluster, id: number, term: number): void {
  const vote = askVote(c, id, term);
  c.expect(
    vote?.voteGranted === true && vote.term >= term,
    "A vote is granted first-come-first-served (§5.2)",
    `server 0 answers ${shown(vote)} to candidate ${id}, the first of term ${term}`,
    0,
  );
}

/** A vote that must not be given. */
export function loses(c: RaftCluster, id: number, term: number): void {
  c.expect(
    askVote(c, id, term)?.voteGranted !== true,
    "Each server will vote for at most one candidate in a given term (§5.2)",
    `server 0 gives candidate ${id} a vote for term ${term} that was not its to give`,
    0,
  );
}

/** A heartbeat that must be accepted. */
export function follows(c: RaftCluster, id: number, term: number): void {
  const echo = beat(c, id, term);
  c.expect(
    echo?.success === true && echo.term >= term,
    "A leader of the own or a higher term is followed (§5.2; Figure 2, AppendEntries)",
    `server 0 answers ${shown(echo)} to a heartbeat of term ${term} from server ${id}`,
    0,
  );
}

/** From now on these puppets are in favour of every pre-vote. */
export function encourage(c: Pick<RaftCluster, "puppet">, ids: readonly number[]): void {
  for (const id of ids) {
    c.puppet(id).answer("preVote", (request) => ({ term: termOf(request) - 1, voteGranted: true }));
  }
}

/** From now on these puppets vote for server 0 and follow it. */
export function support(c: RaftCluster, ids: readonly number[]): void {
  encourage(c, ids);
  for (const id of ids) {
    c.puppet(id).answer("requestVote", (request) => ({ term: termOf(request), voteGranted: true }));
    c.puppet(id).answer("appendEntries", (request) => ({ term: termOf(request), success: true }));
  }
}

/** An answer, as a sentence shows it. */
export function shown(answer: object | undefined): string {
  return answer === undefined ? "nothing" : JSON.stringify(answer);
}
