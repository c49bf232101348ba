import { scene, type RaftCluster } from "../../../labs/kit/raft";

/** Proposes to the leader, which crashes at this place; the others go on, and it is back. */
function crashes(c: RaftCluster, effect: "save" | "call", nth: number): void {
  const leader = c.leader();
  c.crashAt({ server: leader, effect, nth, when: "after" });
  c.propose(leader);
  c.until(`${effect} ${nth} of server ${leader}, which took a command,`, () => !c.isUp(leader));
  c.leader();
  c.commit();
  c.restart(leader);
  c.commit(c.fresh(), { on: c.servers.length });
}

// On its disk alone, on one other, on two ... and the same for what comes next: the others may commit something in its place.
for (const servers of [3, 5]) {
  scene(
    `the leader of ${servers} crashes just after it saved or sent`,
    { lab: 3, servers, points: 3 },
    (c) => {
      c.commit();
      for (let round = 0; round < 3; round++) crashes(c, "save", 1);
      for (let nth = 1; nth < 2 * servers - 1; nth++) crashes(c, "call", nth);
      c.agree();
    },
  );
}

// It alone knows that the entry is committed, and its service alone has it; all others must come to the same.
scene("the leader crashes just after it applied", { lab: 3, servers: 5, points: 2 }, (c) => {
  c.commit("first");
  for (let round = 0; round < 4; round++) {
    const index = c.commitIndex + 1;
    const command = `round ${round}`;
    const leader = c.leader();
    c.crashAt({ server: leader, effect: "up", nth: 1, when: "after" });
    c.propose(leader, command);
    c.until(`applying “${command}” on server ${leader}`, () => !c.isUp(leader));
    c.leader();
    c.commit();
    c.expect(
      c.committed(index)?.command === command,
      "Leader Completeness: a committed entry is in the logs of all later leaders (§5.4.3, Figure 3)",
      `server ${leader} applied “${command}” as entry ${index}, and it is no more`,
    );
    c.restart(leader);
    c.commit(c.fresh(), { on: 5 });
  }
  c.agree();
});
