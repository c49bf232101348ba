import { playCluster } from "./cluster-world";
import type { Experiment } from "./experiment";
import { table } from "./table";

/** A snapshot after so many entries; 0 for never. */
const INTERVALS = [0, 10, 50, 100, 300, 1000];

/** Commands in all, and how many of them a follower misses. */
const [COMMANDS, MISSED] = [2050, 150];

/** Bytes of the service's state, and characters of a command. */
const [STATE, CHARACTERS] = [5000, 50];

const SERVERS = 3;

/** How large, how often: what a disk holds and what the network carries, by the interval of the snapshots. */
export const snapshotInterval: Experiment = {
  name: "snapshot-interval",
  question: "A snapshot after every n entries: what is on the disk, what is written, what is sent?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const rows = INTERVALS.map((every) => {
      const row: string[] = [];
      const snapshots = every === 0 ? {} : { snapshotEvery: every, snapshotPadding: STATE };
      playCluster({ subject, seed, servers: SERVERS, ...snapshots }, ({ c, world, witness }) => {
        const leader = c.leader();
        const slow = (leader + 1) % SERVERS;
        let most = 0;
        const run = (count: number): void => {
          for (let i = 0; i < count; i++) {
            c.propose(leader, `${i}`.padStart(CHARACTERS, "."));
            if (i % 10 === 9) c.watch(10);
            most = Math.max(most, c.logBytes(leader));
          }
        };
        run(COMMANDS - MISSED);
        c.crash(slow);
        run(MISSED);
        c.watch(500);
        const { sent: calls, bytes: before } = world.traffic.total;
        const large = world.traffic.method("installSnapshot").sent;
        c.restart(slow);
        const start = c.now;
        c.agree();
        const installs = world.traffic.method("installSnapshot").sent - large;
        const taken = witness.taken.filter(({ server }) => server === leader);
        row.push(
          every === 0 ? "never" : `${every}`,
          kilobytes(most),
          `${taken.length}`,
          kilobytes(taken.reduce((sum, { bytes }) => sum + bytes, 0)),
          `${installs > 0 ? "a snapshot" : "entries"}`,
          kilobytes(world.traffic.total.bytes - before),
          `${world.traffic.total.sent - calls}`,
          (c.now - start).toFixed(0),
          kilobytes(c.memory(leader)),
        );
      });
      return row;
    });
    const head = [
      "every",
      "log, most",
      "snapshots",
      "all of them",
      "it gets",
      "sent",
      "calls",
      "ms",
      "memory",
    ];
    return (
      `${COMMANDS} commands of ${CHARACTERS} characters; the service's state has ${STATE} bytes; all sizes in KB, of the leader.\n` +
      `Columns 5 to 8: a follower was down for the last ${MISSED} entries and comes back\n\n` +
      table(head, rows, [])
    );
  },
};

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0);
}
