import { isRecord, type PlainData } from "../../labs/kit/program";
import type { RaftState, RequestVoteRequest } from "../../labs/kit/raft";
import { mustKeepRules, type Experiment } from "./experiment";
import { playRaft } from "./raft-world";
import { table } from "./table";

/** Server 0 comes back from this disk: two entries, the last of term 3. */
const DISK: RaftState = {
  currentTerm: 3,
  votedFor: null,
  log: [
    { term: 1, command: "x" },
    { term: 3, command: "y" },
  ],
  snapshot: null,
};

/** Last entries of those who ask: index, term, and how they compare with (2, 3). */
const ASKING: readonly (readonly [number, number, string])[] = [
  [0, 0, "nothing at all"],
  [1, 3, "same last term, but shorter"],
  [9, 2, "longer, but an earlier last term"],
  [2, 3, "exactly equal"],
  [3, 3, "same last term, longer"],
  [1, 4, "shorter, but a later last term"],
];

/** “A candidate votes for a server whose term is larger”: it enters that term; its vote is another matter. */
export const voteRequest: Experiment = {
  name: "vote-request",
  question: "A candidate is asked for its vote in a higher term: when does it give it?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const rows: string[][] = [];
    const outcome = playRaft({ subject, seed, servers: 3, puppets: [1, 2] }, (raft) => {
      raft.world.disk(0).save(DISK);
      raft.bootAll();
      for (const [lastLogIndex, lastLogTerm, meaning] of ASKING) {
        const campaign = raft.puppet(2).expectRequest("requestVote", (_, from) => from === 0);
        const own = numberIn(campaign.message.request, "term");
        const request: RequestVoteRequest = { term: own + 2, candidateId: 1, lastLogIndex, lastLogTerm };
        const reply = raft.puppet(1).ask(0, "requestVote", request);
        const granted = isRecord(reply) && reply.voteGranted === true;
        const last = `index ${lastLogIndex}, term ${lastLogTerm}`;
        rows.push([
          `${own}`,
          `${request.term}`,
          last,
          meaning,
          `${raft.status(0).term}`,
          granted ? "yes" : "no",
        ]);
      }
    });
    mustKeepRules(outcome);
    const head = ["candidate in", "asked for", "last entry", "compared with its own", "then in", "vote"];
    return (
      "Server 0 is a candidate; its log ends with index 2 of term 3. Server 1 asks for its vote.\n\n" +
      table(head, rows, [0, 2, 3])
    );
  },
};

function numberIn(message: PlainData, field: string): number {
  const value = isRecord(message) ? message[field] : undefined;
  return typeof value === "number" ? value : 0;
}
