import { scene } from "../../../labs/kit/raft";
import { takes, type Leader } from "../2-replication/script";
import { again } from "../3-persistence/script";
import { brings, goesOn, keeps } from "./script";
import { boundedLogs } from "./driver";

const THREE = { lab: 4, servers: 3, puppets: [1, 2] } as const;

// commitIndex and lastApplied begin where the snapshot ends; nothing else is on the disk.
scene("a restart from a snapshot and an empty log", { ...THREE, points: 2 }, (c) => {
  const leader: Leader = { id: 1, term: 3, log: [1, 2, 2, 2, 3, 3, 3, 3] };
  brings(c, leader, 4);
  for (let life = 0; life < 2; life++) {
    again(c);
    goesOn(c, 4, 4);
    keeps(c, 4, leader.log.slice(0, 4));
  }
  takes(c, leader, 4, 4, 4);
  takes(c, leader, 4, 6, 5);
  goesOn(c, 5, 4);
  again(c);
  goesOn(c, 4, 4);
  takes(c, leader, 6, 8, 7);
  goesOn(c, 7, 4);
  const next: Leader = { id: 2, term: 5, log: [...leader.log, 5, 5] };
  brings(c, next, 9);
  goesOn(c, 9, 9);
  again(c);
  takes(c, next, 9, 10, 10);
  goesOn(c, 10, 9);
});

// A vote, a term or an entry must not take the snapshot from the disk, nor what follows it.
scene("a snapshot outlives votes, terms and entries", { lab: 4, servers: 3, points: 2 }, (c) => {
  const commands: string[] = [];
  const commit = (): void => {
    commands.push(c.fresh());
    c.commit(commands.at(-1), { on: 3 });
  };
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 4; i++) commit();
    for (const server of c.servers) c.snapshot(server);
    commit();
    c.crash(c.leader());
    c.leader();
    c.restart(...c.servers);
    commit();
    c.crash(...c.servers);
    c.restart(...c.servers);
    commit();
  }
  c.agree(commands);
});

scene("a single server with snapshots", { lab: 4, servers: 1, snapshotEvery: 10, points: 1 }, (c) => {
  const commands: string[] = [];
  for (let life = 0; life < 4; life++) {
    for (let i = 0; i < 17; i++) {
      commands.push(c.fresh());
      c.commit(commands.at(-1));
      boundedLogs(c);
    }
    c.crash(0);
    c.restart(0);
  }
  c.commit((commands[commands.length] = "last"));
  c.agree(commands);
  c.expect(c.log(0).first > 50, "Log compaction (§7; Figure 12)", "68 entries, and few are covered", 0);
});
