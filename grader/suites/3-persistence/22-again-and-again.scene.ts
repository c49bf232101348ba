import { scene } from "../../../labs/kit/raft";
import { accepted } from "../2-replication/mit";

// The leader needs it for each agreement, and it crashes whenever it has answered.
scene("a majority rests on a server that keeps crashing", { lab: 3, servers: 3, points: 3 }, (c) => {
  const commands = ["first"];
  c.commit("first", { on: 3 });
  const leader = c.leader();
  const [follower = leader, away = leader] = c.others(leader);
  c.isolate(away);
  for (let round = 1; round <= 10; round++) {
    commands.push(`round ${round}`);
    c.crashAt({ server: follower, effect: "reply", nth: 1, when: "after", restartAfter: 2 });
    accepted(c, leader, `round ${round}`, round + 1);
    c.awaitApplied(round + 1, 2);
  }
  c.crash(leader);
  c.watch(10); // what it had sent is still on its way
  c.rejoin(away);
  c.expect(
    c.leader() === follower,
    "Only a server whose log holds all committed entries can win an election (§5.4.1, §5.4.3)",
    `server ${away} leads, which has one entry of 11; server ${follower} confirmed all of them`,
    away,
  );
  commands.push("last");
  c.commit("last", { on: 2 });
  c.restart(leader);
  c.agree(commands);
});

// It comes back with entries that must go, and crashes at a save each time it is told so.
scene("a server that is behind crashes while it catches up", { lab: 3, servers: 3, points: 2 }, (c) => {
  const commands = ["first"];
  c.commit("first", { on: 3 });
  const old = c.leader();
  c.isolate(old);
  for (let i = 0; i < 5; i++) accepted(c, old, `lost ${i}`, i + 2);
  for (const when of ["before", "after", "before", "after", "after"] as const) {
    c.leader();
    for (let i = 0; i < 4; i++) {
      commands.push(c.fresh());
      c.commit(commands.at(-1), { on: 2 });
    }
    c.crashAt({ server: old, effect: "save", nth: 1, when, restartAfter: 20 });
    c.rejoin(old);
    c.until(`a save of server ${old}, which is behind,`, () => !c.isUp(old));
    c.isolate(old);
    c.until(`the restart of server ${old}`, () => c.isUp(old));
  }
  c.rejoin(old);
  c.leader();
  commands.push("last");
  c.commit("last", { on: 3 });
  c.agree(commands);
});
