import { scene } from "../../../labs/kit/raft";
import { askVote, beat, follows, loses, shown, wins } from "./script";

const THREE = { lab: 1, servers: 3, puppets: [1, 2] } as const;

scene("who is behind is refused, and told the present term", { ...THREE, points: 2 }, (c) => {
  const rule =
    "Reply false if term < currentTerm, with currentTerm (Figure 2, RequestVote 1, AppendEntries 1)";
  wins(c, 1, 7);
  wins(c, 2, 9);
  loses(c, 2, 8);
  for (const id of [1, 2]) {
    // To say nothing to a stale message is as good as to refuse it.
    const vote = askVote(c, id, 8);
    const told = vote === undefined || (!vote.voteGranted && vote.term >= 9);
    c.expect(told, rule, `server 0, in term 9, answers ${shown(vote)} to a candidate of term 8`, 0);
    const echo = beat(c, id, 6);
    const refused = echo === undefined || (!echo.success && echo.term >= 9);
    c.expect(refused, rule, `server 0, in term 9, answers ${shown(echo)} to a heartbeat of term 6`, 0);
  }
});

scene("a term that was accepted with a heartbeat survives a crash", { ...THREE, points: 2 }, (c) => {
  wins(c, 1, 7);
  follows(c, 2, 8);
  c.crash(0);
  c.restart(0);
  loses(c, 2, 7);
  const term = c.status(0)?.term ?? 0;
  c.expect(
    term >= 8,
    "currentTerm is updated on stable storage before responding to RPCs (Figure 2)",
    `server 0 accepted a heartbeat of term 8; after a crash it is in term ${term}`,
    0,
  );
});

scene("a follower that restarts disturbs nobody", { lab: 1, servers: 3, points: 2 }, (c) => {
  const leader = c.leader();
  const term = c.term();
  for (const follower of c.others(leader)) {
    c.crash(follower);
    c.restart(follower);
    c.stays(leader, 1500);
  }
  c.expect(
    c.term() === term,
    "A restarted server is in the term it saved (Figure 2)",
    `term ${term} became ${c.term()}`,
  );
});
