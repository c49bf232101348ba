import { percent, seedsUpTo, type Experiment } from "./experiment";
import { playReplicas } from "./quorum-world";
import { table } from "./table";

const N = 5;

/** Ms between two rounds of a replica's anti-entropy. */
const ROUND = 200;

/** A write reaches so many replicas, and then its coordinator is gone. */
export const unknown: Experiment = {
  name: "unknown",
  question: "A write ended as unknown: does a read show it, at once and in the end?",
  seeds: 100,
  run: ({ subject, seeds }) => {
    const rows = [1, 2, 3, 4].map((reached) => {
      const counts = { first: 0, last: 0 };
      for (const seed of seedsUpTo(seeds)) {
        playReplicas(
          { subject, seed, servers: N, coordinators: 4, promise: "regular", repairEvery: ROUND },
          (c) => {
            c.coordinator().write("x", "old");
            c.converge();
            c.isolate(...c.servers);
            const writer = c.coordinator();
            for (const to of c.servers.slice(reached)) c.hold({ from: writer.id, method: "store", to });
            writer.start({ kind: "write", key: "x", value: "new" });
            c.until(
              "as many have it",
              () => c.values("x").filter((value) => value === "new").length === reached,
            );
            c.crash(writer.id);
            const three = c.random("reader").shuffle(c.servers).slice(0, 3);
            if (c.coordinator(...three).read("x").value === "new") counts.first += 1;
            c.heal();
            c.converge();
            if (c.coordinator().read("x").value === "new") counts.last += 1;
          },
        );
      }
      return [`${reached} of ${N}`, percent(counts.first, seeds), percent(counts.last, seeds)];
    });
    return (
      `N=${N} W=3 R=3. The coordinator of a write crashes when so many replicas hold it, and nobody is told\n` +
      `how it ended. A reader that reaches any three comes at once; another one when the replicas agree.\n` +
      `${seeds} seeds a row\n\n` +
      table(["the write has reached", "the first reader sees it", "the last one does"], rows)
    );
  },
};
