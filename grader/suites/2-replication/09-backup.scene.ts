import { ELECTION_TIMEOUT, scene, type RaftCluster } from "../../../labs/kit/raft";
import { accepted, after, agree } from "./mit";

const ENTRIES = 50;

function proposeMany(c: RaftCluster, leader: number): void {
  for (let i = 0; i < ENTRIES; i++) accepted(c, leader, c.fresh());
}

function agreeMany(c: RaftCluster, on: number): void {
  for (let i = 0; i < ENTRIES; i++) agree(c, on);
}

// MIT 6.5840, TestBackup: leaders that accepted much and committed nothing, one after the other.
scene("back-up over incorrect logs", { lab: 2, servers: 5, points: 3 }, (c) => {
  agree(c, 5);
  const first = c.leader();
  const pair = [first, after(c, first, 1)];
  const trio = c.others(...pair);
  c.isolate(...trio);
  proposeMany(c, first);
  c.watch(ELECTION_TIMEOUT / 2);
  c.isolate(...pair);
  c.rejoin(...trio);
  agreeMany(c, 3);

  const second = c.leader();
  const [other = second] = trio.filter((id) => id !== second);
  c.isolate(other);
  proposeMany(c, second);
  c.watch(ELECTION_TIMEOUT / 2);
  c.isolate(...c.servers);
  c.rejoin(...pair, other);
  agreeMany(c, 3);
  c.rejoin(...c.servers);
  agree(c, 5);
});
