import { scene } from "../../../labs/kit/raft";
import { accepted } from "../2-replication/mit";

const FOLLOWER = "When servers start up, they begin as followers (§5.2)";

// A long log of an old term comes back: it must win nothing, and give way.
scene("a deposed leader that restarts is a follower", { lab: 3, servers: 3, points: 3 }, (c) => {
  c.commit("a");
  const old = c.leader();
  c.isolate(old);
  for (let i = 1; i <= 5; i++) accepted(c, old, `lost ${i}`, i + 1);
  c.crash(old);
  const next = c.leader();
  for (const command of ["b", "c"]) c.commit(command, { on: 2 });
  const [third = next] = c.others(old, next);

  c.restart(old);
  c.expect(
    c.propose(old) === undefined,
    FOLLOWER,
    `server ${old} takes a command as soon as it is back`,
    old,
  );
  c.crash(next);
  c.watch(10); // what it had sent is still on its way, and would bring “b” and “c”
  c.rejoin(old);
  c.expect(
    c.leader() === third,
    "The later last term is more up-to-date, however long the other log is (§5.4.1)",
    `server ${old} leads: its last entry is of the term that it led before its crash; “b” and “c” are of a later one`,
    old,
  );
  c.commit("d", { on: 2 });
  c.restart(next);
  c.commit("e", { on: 3 });
  c.agree(["a", "b", "c", "d", "e"]);
});

// Its letters are still on their way when it is back: they are of a term that is over.
scene("what a leader sent before its crash arrives after it", { lab: 3, servers: 3, points: 2 }, (c) => {
  c.commit("a");
  const old = c.leader();
  c.hold({ kind: "request", method: "appendEntries", from: old });
  accepted(c, old, "late", 2);
  c.watch(30);
  c.crash(old);
  c.leader();
  for (const command of ["b", "c"]) c.commit(command, { on: 2 });
  c.restart(old);
  c.release();
  c.commit("d", { on: 3 });
  c.agree(["a", "b", "c", "d"]);
});

// Each leader of five is deposed and restarted while it is away; each comes back with entries that nobody else has.
scene("one leader after the other is deposed and restarted", { lab: 3, servers: 5, points: 2 }, (c) => {
  const kept: string[] = [];
  for (let round = 1; round <= 5; round++) {
    const leader = c.leader();
    kept.push(c.fresh());
    c.commit(kept.at(-1), { on: 5 });
    c.isolate(leader);
    for (let i = 0; i < round; i++) accepted(c, leader, `lost ${round}.${i}`, kept.length + 1 + i);
    c.crash(leader);
    c.leader();
    kept.push(c.fresh());
    c.commit(kept.at(-1), { on: 4 });
    c.restart(leader);
    c.rejoin(leader);
    c.leader();
  }
  c.agree(kept);
});
