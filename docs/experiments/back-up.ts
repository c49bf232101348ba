import { isRecord, type PlainData, type ServerId } from "../../labs/kit/program";
import type { AppendEntriesReply, AppendEntriesRequest, LogEntry, RaftState } from "../../labs/kit/raft";
import type { Subject } from "../../labs/kit/subject";
import { playCluster } from "./cluster-world";
import { withClass, withDice } from "./dice";
import type { Experiment } from "./experiment";
import { table } from "./table";

/** How many entries all servers share, so that nobody falls back to the very beginning. */
const SHARED = 2000;

/** Entries by which the follower differs, the terms they come from, and in which way it differs. */
const CASES = [
  [1000, 1, "missing"],
  [10, 10, "other"],
  [1000, 10, "other"],
  [1000, 100, "other"],
] as const;

/** What a refusal tells the leader. The hints are those of the reference: a term, and its first index. */
type Hint = (prevLogIndex: number, given: PlainData | undefined) => PlainData | undefined;

const WAYS: readonly (readonly [string, Hint])[] = [
  ["by one", () => undefined],
  ["by halves", (prevLogIndex) => ({ term: null, index: Math.ceil(prevLogIndex / 2) })],
  ["by term", (_, given) => given],
];

/** “nextIndex - 1, and again”: what it costs until leader and follower have found each other. */
export const backUp: Experiment = {
  name: "back-up",
  question: "A follower's log differs in many entries: how many calls until the leader knows where?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const rows = CASES.flatMap(([behind, terms, how]) =>
      WAYS.map(([way, hint]) => {
        const { refused, entries, ms } = play(withHint(subject, hint), seed, behind, terms, how === "other");
        return [`${behind}`, `${terms}`, how, way, `${refused}`, `${entries}`, ms.toFixed(1)];
      }),
    );
    const head = ["entries", "of terms", "they are", "goes back", "refused", "entries sent", "ms"];
    return (
      `A follower of three lacks the last entries of its leader, or has others there; ${SHARED} before are shared\n\n` +
      table(head, rows, [2, 3])
    );
  },
};

interface Cost {
  /** Calls that the follower refused. */
  readonly refused: number;
  /** Entries in all calls to it. */
  readonly entries: number;
  /** Virtual ms from the election until its log is the leader's. */
  readonly ms: number;
}

function play(subject: Subject, seed: number, behind: number, terms: number, other: boolean): Cost {
  let cost: Cost = { refused: 0, entries: 0, ms: 0 };
  const share = (offset: number): LogEntry[] =>
    Array.from({ length: behind }, (_, i) => {
      const term = 2 * Math.floor((i * terms) / behind) + 2 + offset;
      return { term, command: `${i} of term ${term}` };
    });
  const shared = Array.from({ length: SHARED }, (_, i): LogEntry => ({ term: 1, command: `${i}` }));
  const disk = (log: readonly LogEntry[]): RaftState => ({
    currentTerm: 2 * terms + 2,
    votedFor: null,
    log,
    snapshot: null,
  });
  const leaders = [...shared, ...share(1)];
  const logs = [leaders, leaders, other ? [...shared, ...share(0)] : shared];
  // Server 0 campaigns first.
  const program = withDice(subject, (server) => () => (server === 0 ? 0 : 1));
  const setup = {
    subject: program,
    seed,
    servers: logs.length,
    before: (world: { preload(server: ServerId, state: unknown): void }) =>
      logs.forEach((log, id) => world.preload(id, disk(log))),
  };
  playCluster(setup, ({ c, witness }) => {
    c.until("an election", () => c.lastLeadership !== undefined);
    const start = c.now;
    const same = (): boolean => {
      const { entries } = c.log(2);
      return entries.length === leaders.length && entries.at(-1)?.term === leaders.at(-1)?.term;
    };
    c.until("the follower having the leader's log", same, 60_000);
    const ms = c.now - start;
    c.watch(50); // the answers that are on their way
    const calls = witness.sent.filter(({ to }) => to === 2);
    const refused = witness.answered.filter(({ to, reply }) => to === 2 && !reply.success).length;
    cost = { refused, entries: calls.reduce((sum, { request }) => sum + request.entries.length, 0), ms };
  });
  return cost;
}

/** The same program, but its refusals give another hint. */
function withHint(subject: Subject, hint: Hint): Subject {
  return withClass(subject, (program) => {
    class Hinting extends (program as unknown as Replicating) {
      override appendEntries(from: ServerId, request: AppendEntriesRequest, call: number): Answer {
        const reply = super.appendEntries(from, request, call);
        if (!isRecord(reply) || reply.success !== false || request.term < Number(reply.term)) return reply;
        const { hint: given, ...bare } = reply;
        const other = hint(request.prevLogIndex, given);
        return other === undefined ? bare : { ...bare, hint: other };
      }
    }
    return Hinting;
  });
}

type Answer = AppendEntriesReply | "later";
type Replicating = new (...args: unknown[]) => {
  appendEntries(from: ServerId, request: AppendEntriesRequest, call: number): Answer;
};
