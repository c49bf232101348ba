import { playCluster } from "./cluster-world";
import { seedsUpTo, type Experiment } from "./experiment";
import { table } from "./table";

/** How long after the proposal its leader is cut off, in virtual ms. */
const AFTER = [0, 0.75, 1, 1.5, 2, 3, 4];

const SERVERS = 5;

type Fate = "committed, and told" | "committed, not told" | "lost";

/** A client's leader is deposed: what has become of the command? */
export const fates: Experiment = {
  name: "fates",
  question: "The leader is cut off shortly after a proposal: is the command lost?",
  seeds: 200,
  run: ({ subject, seeds }) => {
    const rows = AFTER.map((ms) => {
      const runs = seedsUpTo(seeds).map((seed): Fate => {
        let fate: Fate = "lost";
        playCluster({ subject, seed, servers: SERVERS }, ({ c }) => {
          c.commit("first");
          const leader = c.leader();
          const { index = 0 } = c.propose(leader, "mine") ?? {};
          if (ms > 0) c.watch(ms);
          const told = c.lastApplied(leader) >= index;
          c.isolate(leader);
          c.commit("next");
          if (c.committed(index)?.command === "mine")
            fate = told ? "committed, and told" : "committed, not told";
        });
        return fate;
      });
      const share = (fate: Fate): string =>
        `${((100 * runs.filter((each) => each === fate).length) / seeds).toFixed(1)} %`;
      return [`${ms}`, share("lost"), share("committed, not told"), share("committed, and told")];
    });
    return (
      `The leader of ${SERVERS} is cut off after a proposal; then another leads and commits the next; ${seeds} seeds a row\n\n` +
      table(["ms until then", "lost", "committed, but it never knew", "committed, and it knew"], rows, [])
    );
  },
};
