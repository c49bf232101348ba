import { scene } from "../../../labs/kit/raft";
import { accepted } from "./mit";
import { Follower, leads } from "./script";

const THREE = { lab: 2, servers: 3, puppets: [1, 2] } as const;

// Requests that get lost, then answers: if followers run slowly, or packets are lost, the leader tries again (§5.3).
scene("what gets lost is sent again, without a new command", { ...THREE, points: 2 }, (c) => {
  const [lossy, dead] = [new Follower(c, 1), new Follower(c, 2)];
  dead.hears = () => false;
  let losses = 2;
  lossy.hears = ({ entries }) => entries.length === 0 || losses-- <= 0;
  leads(c);
  for (const index of [1, 2, 3]) accepted(c, 0, c.fresh(), index);
  c.until("committing what was lost twice", () => c.lastApplied(0) === 3, 5000);
  losses = 0;
  let silences = 2;
  lossy.speaks = ({ entries }) => entries.length === 0 || silences-- <= 0;
  for (const index of [4, 5]) accepted(c, 0, c.fresh(), index);
  c.until("committing what was answered in vain twice", () => c.lastApplied(0) === 5, 5000);
});

// The followers have it, but their answers do not come back; then they do, and nobody proposes anything.
scene("acknowledgements that come late still commit", { lab: 2, servers: 3, points: 1 }, (c) => {
  const leader = c.leader();
  c.commit();
  const followers = c.followers();
  for (const id of followers) c.cutOneWay(id, leader);
  const index = accepted(c, leader, c.fresh(), 2);
  c.uncommitted(index, 150);
  for (const id of followers) c.mend(id, leader);
  c.awaitApplied(index, 3, 2000);
});

// Four, five and six servers: the leader and exactly as many as it needs, then one less.
for (const servers of [4, 5, 6]) {
  const majority = Math.floor(servers / 2) + 1;
  scene(
    `${majority} of ${servers} servers agree, ${majority - 1} do not`,
    { lab: 2, servers, points: 1 },
    (c) => {
      const leader = c.leader();
      const [last = leader, ...near] = c.others(leader).slice(0, majority - 1);
      c.isolate(...c.others(leader, last, ...near));
      accepted(c, leader, c.fresh(), 1);
      c.awaitApplied(1, majority, 2000);
      // Its answers are lost; but it hears the leader, so that nobody campaigns.
      c.cutOneWay(last, leader);
      accepted(c, leader, c.fresh(), 2);
      c.uncommitted(2, 150);
      c.mend(last, leader);
      c.awaitApplied(2, majority, 2000);
    },
  );
}

scene("a server on its own is a majority", { lab: 2, servers: 1, points: 1 }, (c) => {
  const leader = c.leader();
  for (const index of [1, 2, 3]) accepted(c, leader, c.fresh(), index);
  c.awaitApplied(3, 1, 250);
});
