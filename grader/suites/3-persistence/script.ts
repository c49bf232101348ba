import type { RaftCluster } from "../../../labs/kit/raft";
import { shown, termOf, type Vote } from "../1-election/script";
import { comes, type Leader } from "../2-replication/script";

// What scenes of Lab 3 do to server 0, the only real one beside their puppets, and what they demand of it afterwards.

/** Virtual ms that a server is down after a crash at an exact place. */
const DOWN = 5;

/** A puppet that wants to lead. */
export type Candidate = Leader;

/** Server 0 loses all but its disk. */
export function again(c: RaftCluster): void {
  c.crash(0);
  c.restart(0);
}

/** Server 0 crashes just before, or just after, its next answer, to what `body` says to it; then it is back. */
export function crashAround(when: "before" | "after", c: RaftCluster, body: () => void): void {
  c.crashAt({ server: 0, effect: "reply", nth: 1, when, restartAfter: DOWN });
  body();
  c.until(`an answer of server 0`, () => !c.isUp(0), 100);
  c.until("the restart of server 0", () => c.isUp(0), 100);
}

/** A candidate asks for server 0's vote, and does not wait for the answer. */
export function stands(c: RaftCluster, candidate: Candidate): void {
  c.puppet(candidate.id).send(0, "requestVote", candidacy(candidate));
}

/** A candidate that must get the vote. */
export function grants(c: RaftCluster, candidate: Candidate): void {
  const vote = asks(c, candidate);
  c.expect(
    vote?.voteGranted === true && vote.term >= candidate.term,
    "A vote is granted if votedFor is null or candidateId, and the candidate's log is at least as up-to-date (Figure 2; §5.4.1)",
    `server 0 answers ${shown(vote)} to ${described(candidate)}`,
    0,
  );
}

/** A candidate that must not get it, for the reason that `rule` tells. */
export function denies(c: RaftCluster, candidate: Candidate, rule: string): void {
  const vote = asks(c, candidate);
  c.expect(vote?.voteGranted !== true, rule, `server 0 votes for ${described(candidate)}`, 0);
}

/** A call of a leader whose term is over: whatever is answered, nothing of it may reach the disk. */
export function ignores(c: RaftCluster, past: Leader, after: number, upTo: number): void {
  const disk = (): string => JSON.stringify(c.log(0).entries);
  const before = disk();
  comes(c, past, after, upTo, upTo);
  c.watch(15);
  c.expect(
    disk() === before,
    "currentTerm is persistent, and entries of a leader of an older term are refused (Figure 2, AppendEntries receiver 1; §5.1)",
    `server 0 knew a later term before its last crash; now it takes entries of server ${past.id}, leader of term ${past.term}`,
    0,
  );
}

/** The term in which server 0 campaigns next; its vote is its own then. */
export function campaigns(c: RaftCluster): number {
  const asked = c.puppet(1).expectRequest("requestVote", (_, from) => from === 0);
  return termOf(asked.message.request);
}

function asks(c: RaftCluster, candidate: Candidate): Vote {
  return c.puppet(candidate.id).ask(0, "requestVote", candidacy(candidate)) as Vote;
}

function candidacy({ id, term, log }: Candidate): object {
  return { term, candidateId: id, lastLogIndex: log.length, lastLogTerm: log.at(-1) ?? 0 };
}

function described({ id, term, log }: Candidate): string {
  return `candidate ${id} of term ${term}, whose log ends with entry ${log.length} of term ${log.at(-1) ?? 0}`;
}
