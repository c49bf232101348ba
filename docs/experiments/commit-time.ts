import { playCluster } from "./cluster-world";
import { mean, type Experiment } from "./experiment";
import { table } from "./table";

const SIZES = [3, 9];

/** How many commands a row stands for. */
const COMMANDS = 100;

/** How long the cluster idles before command i, in virtual ms. */
const PAUSES: readonly (readonly [(i: number) => number, string])[] = [
  [() => 0, "the next at once"],
  [(i) => 200 + ((37 * i) % 100), "a pause of 200 to 300 ms"],
];

/** How long a client waits, and how long a follower: a round trip, or a heartbeat? */
export const commitTime: Experiment = {
  name: "commit-time",
  question: "How long from a proposal until the leader applies it, and until all do?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const rows = SIZES.flatMap((servers) =>
      PAUSES.map(([pause, title]) => {
        const [own, all]: [number[], number[]] = [[], []];
        playCluster({ subject, seed, servers }, ({ c, world, witness }) => {
          const leader = c.leader();
          for (let i = 0; i < COMMANDS; i++) {
            c.watch(pause(i));
            const start = c.now;
            const { index = 0 } = c.propose(leader) ?? {};
            c.until("a commit at the leader", () => c.lastApplied(leader) >= index);
            own.push(world.now - start);
            if (pause(i) === 0) continue;
            c.awaitApplied(index, servers);
            all.push(
              Math.max(...witness.applied.filter((one) => one.index === index).map(({ at }) => at)) - start,
            );
          }
        });
        const everywhere = all.length === 0 ? ["", ""] : [mean(all).toFixed(1), Math.max(...all).toFixed(1)];
        return [`${servers}`, title, mean(own).toFixed(2), Math.max(...own).toFixed(2), ...everywhere];
      }),
    );
    const head = ["servers", "one after the other", "ms to the leader", "most", "ms to all", "most"];
    return `${COMMANDS} commands a row; messages take 0.5 to 2 ms, heartbeats come every 100 ms\n\n${table(head, rows, [0, 1])}`;
  },
};
