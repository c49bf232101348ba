import { scene, type RaftCluster } from "../../../labs/kit/raft";
import { accepted } from "../2-replication/mit";

function restartAll(c: RaftCluster): void {
  c.crash(...c.servers);
  c.restart(...c.servers);
}

// Nothing is proposed between them; then something is.
scene("all restart, and again, and again", { lab: 3, servers: 5, points: 3 }, (c) => {
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
scene("in each life all is applied from the beginning", { lab: 3, servers: 3, points: 3 }, (c) => {
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

// One server has nobody to ask: what it was given is on its disk, or was never there.
scene("a cluster of one has all from its disk", { lab: 3, servers: 1, points: 2 }, (c) => {
  for (const command of ["a", "b", "c"]) c.commit(command);
  c.crash(0);
  c.restart(0);
  c.leader();
  for (const when of ["after", "before"] as const) {
    c.crashAt({ server: 0, effect: "save", nth: 1, when });
    accepted(c, 0, `crash ${when} its save`);
    c.until("a save of server 0, which took a command,", () => !c.isUp(0));
    c.restart(0);
    c.leader();
  }
  c.commit("d");
  c.agree(["a", "b", "c", "crash after its save", "d"]);
});
