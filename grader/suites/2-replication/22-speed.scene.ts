import { scene, type RaftCluster } from "../../../labs/kit/raft";
import { accepted } from "./mit";

const COMMITS = 100;
const EACH = 20;

/** Each command is proposed when the leader has applied the one before. */
function oneByOne(c: RaftCluster, leader: number, first: number): void {
  const start = c.now;
  for (let index = first; index < first + COMMITS; index++) {
    accepted(c, leader, c.fresh(), index);
    c.until(`committing entry ${index}`, () => c.lastApplied(leader) >= index, 2000);
  }
  const each = (c.now - start) / COMMITS;
  c.expect(
    each <= EACH,
    `A command completes as soon as a majority has responded to a single round of calls (§5.3; handout: ${EACH} ms on average)`,
    `${COMMITS} commands, one after the other, took ${each.toFixed(1)} ms each on a network where a call takes 1 to 4 ms there and back`,
    leader,
  );
}

scene("commits at the speed of a round trip", { lab: 2, servers: 3, points: 3 }, (c) => {
  oneByOne(c, c.leader(), 1);
});

// A slow or dead minority need not delay anybody (§5.3).
scene("two dead followers of five delay nobody", { lab: 2, servers: 5, points: 2 }, (c) => {
  const leader = c.leader();
  c.commit();
  const [first = leader, second = leader] = c.followers();
  c.freeze(first);
  c.isolate(second);
  oneByOne(c, leader, 2);
});

// What is proposed at one instant goes out in one call.
scene("a hundred proposals of one instant take few calls", { lab: 2, servers: 3, points: 1 }, (c) => {
  const leader = c.leader();
  c.commit();
  const { calls } = c.used(() => {
    for (let index = 2; index <= 101; index++) accepted(c, leader, c.fresh(), index);
    c.awaitApplied(101, 3, 2000);
  });
  c.budget("messages", calls, 42, "for a hundred proposals of one instant on three servers");
});
