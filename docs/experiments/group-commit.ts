import { playCluster } from "./cluster-world";
import type { Experiment } from "./experiment";
import { table } from "./table";

/** How long a save takes, in virtual ms: a disk that has to be waited for. */
const SAVE_MS = 1;

const SIZES = [1, 10, 100];

const SERVERS = 3;

/** How many times that many commands. */
const ROUNDS = 10;

/** A save for each command, or one for all that have come meanwhile. */
export const groupCommit: Experiment = {
  name: "group-commit",
  question: "A save takes a millisecond: how many commands a second, by how many come at one instant?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const rows = SIZES.map((size) => {
      const row: string[] = [];
      const service = { perInput: 0, perKiB: 0, perSave: SAVE_MS };
      playCluster({ subject, seed, servers: SERVERS, service }, ({ c, world }) => {
        const leader = c.leader();
        c.commit("first");
        c.watch(1000);
        const [start, before] = [c.now, world.disk(leader).writes];
        for (let round = 0; round < ROUNDS; round++) {
          const goal = c.lastApplied(leader) + size;
          for (let i = 0; i < size; i++) c.propose(leader);
          c.until("all being applied", () => c.lastApplied(leader) >= goal, 60_000);
        }
        const ms = c.now - start;
        const saves = world.disk(leader).writes - before;
        row.push(
          `${size}`,
          (saves / (ROUNDS * size)).toFixed(2),
          (ms / ROUNDS).toFixed(1),
          ((1000 * ROUNDS * size) / ms).toFixed(0),
        );
      });
      return row;
    });
    const head = ["at one instant", "the leader's saves each", "ms until applied", "commands a second"];
    return `${SERVERS} servers; a save takes ${SAVE_MS} ms, a message 0.5 to 2 ms\n\n${table(head, rows, [])}`;
  },
};
