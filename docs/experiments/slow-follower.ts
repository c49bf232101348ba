import { playCluster } from "./cluster-world";
import type { Experiment } from "./experiment";
import { table } from "./table";

/** How long a follower is away, in virtual seconds. */
const AWAY = [0, 1, 5, 20];

/** Commands come in this often, in virtual ms, and so many at a time. */
const [PACE, BURST] = [20, 4];

const SERVERS = 3;

/** “When the leader is much faster than a follower, what bounds the memory of both?” */
export const slowFollower: Experiment = {
  name: "slow-follower",
  question: "A follower does not answer for a while: what is sent to it, and how does it catch up?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const rows = AWAY.map((seconds) => {
      const row: string[] = [];
      playCluster({ subject, seed, servers: SERVERS }, ({ c, witness }) => {
        const leader = c.leader();
        const slow = (leader + 1) % SERVERS;
        c.commit("first");
        c.crash(slow);
        const [from, before] = [witness.sent.length, c.commitIndex];
        for (let ms = 0; ms < 1000 * seconds; ms += PACE) {
          for (let i = 0; i < BURST; i++) c.propose(leader);
          c.watch(PACE);
        }
        const committed = c.commitIndex - before;
        const calls = witness.sent.slice(from).filter(({ to }) => to === slow);
        const entries = calls.reduce((sum, { request }) => sum + request.entries.length, 0);
        const reach = Math.max(
          0,
          ...calls.map(({ request }) => request.prevLogIndex + request.entries.length - before),
        );
        c.restart(slow);
        const start = c.now;
        c.agree();
        row.push(
          `${seconds}`,
          `${committed}`,
          `${calls.length}`,
          `${entries}`,
          `${reach}`,
          (c.now - start).toFixed(0),
        );
      });
      return row;
    });
    const head = [
      "s away",
      "committed",
      "calls to it",
      "entries in them",
      "furthest ahead",
      "ms to catch up",
    ];
    return (
      `One follower of ${SERVERS} is down while ${(1000 / PACE) * BURST} commands a second are committed without it\n\n` +
      table(head, rows, [])
    );
  },
};
