import { scene } from "../../../labs/kit/raft";
import { accepted } from "../2-replication/mit";
import { leads, refuses, takes, type Leader } from "../2-replication/script";
import { again } from "../3-persistence/script";
import { arrives, brings, goesOn, keeps, Receiver } from "./script";

const THREE = { lab: 4, servers: 3, puppets: [1, 2] } as const;

// Taking a snapshot takes time: meanwhile a newer one was taken, or has come from the leader.
scene("a service hands down an old state", { ...THREE, points: 2 }, (c) => {
  const leader: Leader = { id: 1, term: 2, log: [1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2] };
  takes(c, leader, 0, 10, 8);
  goesOn(c, 8, 0);
  c.snapshot(0, 2);
  c.snapshot(0, 3);
  arrives(c, leader, 6);
  c.watch(5);
  goesOn(c, 8, 0);
  c.snapshot(0);
  c.snapshot(0, 4);
  takes(c, leader, 10, 10, 8);
  brings(c, leader, 14);
  goesOn(c, 14, 14);
  c.snapshot(0, 6);
  c.snapshot(0, 8);
  keeps(c, 14, leader.log.slice(0, 14));
  takes(c, leader, 14, 16, 15);
  goesOn(c, 15, 14);
  again(c);
  takes(c, leader, 16, 16, 16);
  goesOn(c, 16, 14);
});

// lastIncludedTerm is that of the entry at lastIncludedIndex, whatever stands behind it.
scene("a snapshot of the past while the log goes on", { ...THREE, points: 2 }, (c) => {
  const past: Leader = { id: 1, term: 1, log: [1, 1, 1, 1, 1] };
  takes(c, past, 0, 5, 3);
  const leader: Leader = { id: 2, term: 4, log: [1, 1, 1, 1, 1, 2, 4, 4, 4] };
  takes(c, leader, 3, 8, 5);
  goesOn(c, 5, 0);
  c.snapshot(0, 2);
  c.snapshot(0, 4);
  c.snapshot(0, 5);
  takes(c, leader, 8, 9, 5);
  takes(c, leader, 5, 6, 5);
  again(c);
  takes(c, leader, 9, 9, 5);
  goesOn(c, 5, 5);

  // What follows the snapshot is not committed for being on the disk.
  const next: Leader = { id: 1, term: 6, log: [1, 1, 1, 1, 1, 5, 6] };
  refuses(c, next, 6, 7, 5);
  takes(c, next, 5, 7, 5);
  goesOn(c, 5, 5);
  takes(c, next, 7, 7, 7);
  goesOn(c, 7, 5);
});

// The leader compacts while entries are on their way: none may be lost, none counted twice.
scene("a leader compacts while entries are on their way", { ...THREE, points: 2 }, (c) => {
  const [quick, slow] = [new Receiver(c, 1), new Receiver(c, 2)];
  leads(c);
  for (let index = 1; index <= 30; index++) {
    quick.hears = () => true;
    slow.hears = () => index % 3 !== 0;
    accepted(c, 0, c.fresh(), index);
    c.until(`committing entry ${index}`, () => c.lastApplied(0) >= index, 1000);
    quick.hears = () => false;
    slow.hears = () => false;
    accepted(c, 0, c.fresh(), ++index);
    c.watch(2);
    c.snapshot(0);
    slow.hears = () => true;
    c.until(`committing entry ${index}`, () => c.lastApplied(0) >= index, 1000);
  }
  for (const follower of [quick, slow]) follower.hears = () => true;
  c.until("bringing both followers to entry 30", () => quick.lastIndex === 30 && slow.lastIndex === 30, 2000);
  c.expect(c.log(0).first > 20, "Log compaction (§7; Figure 12)", "fifteen snapshots; few are used", 0);
});

scene("a snapshot every entry", { lab: 4, servers: 3, snapshotEvery: 1, points: 2 }, (c) => {
  const commands: string[] = [];
  const commit = (on: number): void => {
    commands.push(c.fresh());
    c.commit(commands.at(-1), { on });
  };
  for (let i = 0; i < 10; i++) commit(3);
  for (let round = 0; round < 3; round++) {
    const [away = 0] = c.followers();
    c.crash(away);
    for (let i = 0; i < 5; i++) commit(2);
    c.restart(away);
    commit(3);
    c.crash(c.leader());
    c.leader();
    commit(2);
    c.restart(...c.servers);
    commit(3);
  }
  c.agree(commands);
  for (const server of c.servers) {
    const { entries } = c.log(server);
    const rule = "A snapshot replaces the log up to its last included index (§7; Figure 12)";
    c.expect(entries.length <= 3, rule, `${entries.length} entries are left on the disk`, server);
  }
});
