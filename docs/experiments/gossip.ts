import { mean, seedsUpTo, type Experiment } from "./experiment";
import { playReplicas } from "./quorum-world";
import { table } from "./table";

const SIZES = [3, 5, 9, 17, 33];

/** Ms between two rounds of a replica's anti-entropy. */
const ROUND = 1000;

/** How long it takes until all replicas know what one of them knows. */
export const gossip: Experiment = {
  name: "gossip",
  question: "One replica has a value: in how many rounds do all of them have it?",
  seeds: 20,
  run: ({ subject, seeds }) => {
    const rows = SIZES.map((servers) => {
      const rounds = seedsUpTo(seeds).map((seed) => {
        let ms = 0;
        const setup = {
          subject,
          seed,
          servers,
          W: 1,
          R: 1,
          promise: "eventual",
          repairEvery: ROUND,
        } as const;
        playReplicas(setup, (c) => {
          c.watch(3 * ROUND);
          c.isolate(...c.servers);
          c.coordinator(0).write("x", "1");
          c.heal();
          const start = c.now;
          c.converge();
          ms = c.now - start;
        });
        return ms / ROUND;
      });
      return [`${servers}`, mean(rounds).toFixed(1), Math.max(...rounds).toFixed(1)];
    });
    return (
      "A write has reached one replica. Each replica compares notes with one that it draws, once a\n" +
      `round; ${seeds} seeds a row\n\n` +
      table(["replicas", "rounds until all have it", "at most"], rows, [])
    );
  },
};
