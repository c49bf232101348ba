import { scene, type RaftCluster } from "../../../labs/kit/raft";
import { accepted } from "../2-replication/mit";

function restartAll(c: RaftCluster): void {
  c.crash(...c.servers);
  c.restart(...c.servers);
}

// Nothing is proposed between them; then something is.
scene("all restart, and again, and again", { lab: 3, servers: 5, points: 2 }, (c) => {
  const commands: string[] = [];
  for (let round = 0; round < 4; round++) {
    for (let i = 0; i < 3; i++) {
      commands.push(`${round}.${i}`);
      c.commit(commands.at(-1), { on: 5 });
    }
    for (let restart = 0; restart <= round; restart++) {
      restartAll(c);
      c.leader();
    }
  }
  c.commit("last", { on: 5 });
  c.agree([...commands, "last"]);
});

// A majority has saved them, and nobody knows it yet: the answers are on their way when the power fails.
scene("what all disks hold is committed, whoever knew of it", { lab: 3, servers: 3, points: 3 }, (c) => {
  const commands = ["first"];
  c.commit("first");
  for (let round = 0; round < 3; round++) {
    const leader = c.leader();
    c.hold({ kind: "reply", method: "appendEntries" });
    for (const command of [`x${round}`, `y${round}`]) {
      commands.push(command);
      accepted(c, leader, command, commands.length);
    }
    c.until("the commands being on all disks", () =>
      c.servers.every((id) => c.log(id).entries.length === commands.length),
    );
    c.crash(...c.servers);
    c.release();
    c.restart(...c.servers);
    c.leader();
    commands.push(`z${round}`);
    c.commit(`z${round}`, { on: 3 });
  }
  c.agree(commands);
});

// The service keeps nothing: each life of it is told all, in the same order.
scene("in each life all is applied from the beginning", { lab: 3, servers: 3, points: 2 }, (c) => {
  const commands = Array.from({ length: 15 }, (_, i) => `c${i}`);
  for (const command of commands) c.commit(command, { on: 3 });
  for (const server of c.servers) {
    c.crash(server);
    c.restart(server);
    c.leader();
    commands.push(`after the crash of ${server}`);
    c.commit(commands.at(-1), { on: 3 });
    c.agree(commands);
  }
});

// Of two, both must agree to everything: what one disk holds decides who leads, and so it stays.
scene("of two servers, what one has saved comes to both", { lab: 3, servers: 2, points: 2 }, (c) => {
  for (const command of ["a", "b"]) c.commit(command, { on: 2 });
  restartAll(c);
  for (const whose of ["the follower", "the leader"] as const) {
    const leader = c.leader();
    const [follower = leader] = c.others(leader);
    const server = whose === "the leader" ? leader : follower;
    c.crashAt({ server, effect: "save", nth: 1, when: "after" });
    accepted(c, leader, `saved by ${whose}`);
    c.until(`a save of server ${server}`, () => !c.isUp(server));
    c.crash(leader, follower);
    c.restart(leader, follower);
    c.leader();
  }
  c.commit("c", { on: 2 });
  c.agree(["a", "b", "saved by the follower", "saved by the leader", "c"]);
});
