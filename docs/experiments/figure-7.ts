import type { LogEntry, RaftState } from "../../labs/kit/raft";
import type { World } from "../../labs/kit/sim";
import { playCluster } from "./cluster-world";
import { withDice } from "./dice";
import type { Experiment } from "./experiment";
import { table } from "./table";
import type { Answered } from "./witness";

/** The terms of the leader's entries in Figure 7, and of its followers' (a) to (f). */
const LOGS = [
  [1, 1, 1, 4, 4, 5, 5, 6, 6, 6],
  [1, 1, 1, 4, 4, 5, 5, 6, 6],
  [1, 1, 1, 4],
  [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6],
  [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7],
  [1, 1, 1, 4, 4, 4, 4],
  [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3],
] as const;

/** In which term all of them are; their leader is elected in the next. */
const TERM = 7;

/** The six followers of Figure 7, and how a leader finds where each agrees with it. */
export const figure7: Experiment = {
  name: "figure-7",
  question: "Figure 7: how does a leader find the last entry on which it and a follower agree?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const rows: string[][] = [];
    // Only the leader of the figure may be quick.
    const program = withDice(subject, (server) => () => (server === 0 ? 0 : 3));
    const setup = { subject: program, seed, servers: LOGS.length, before: fillDisks };
    playCluster(setup, ({ c, witness }) => {
      c.leader();
      c.commit("new");
      c.agree();
      LOGS.slice(1).forEach((log, i) => {
        const checks = asked(witness.answered.filter(({ to }) => to === i + 1));
        const { entries } = c.log(i + 1);
        rows.push([`(${"abcdef"[i]})`, log.join(" "), checks, entries.map(({ term }) => term).join(" ")]);
      });
    });
    return (
      `The leader of term ${TERM + 1} has the entries ${LOGS[0].join(" ")}; then it takes a new one. Asked: index/term\n\n` +
      table(["", "terms before", "asked, until the answer is yes", "terms after"], rows, [0, 1, 2, 3])
    );
  },
};

function fillDisks(world: World): void {
  LOGS.forEach((terms, id) => {
    const log: LogEntry[] = terms.map((term, i) => ({ term, command: `${i + 1} of term ${term}` }));
    const state: RaftState = { currentTerm: TERM, votedFor: null, log, snapshot: null };
    world.preload(id, state);
  });
}

/** What the leader asked for, in the order of the answers, up to the first yes. */
function asked(answers: readonly Answered[]): string {
  const yes = answers.findIndex(({ reply }) => reply.success);
  return answers
    .slice(0, yes + 1)
    .map(({ request, reply }) => {
      return `${request.prevLogIndex}/${request.prevLogTerm} ${reply.success ? "yes" : "no"}`;
    })
    .join(", ");
}
