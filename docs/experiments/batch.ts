import { playCluster } from "./cluster-world";
import type { Experiment } from "./experiment";
import { table } from "./table";

const SIZES = [1, 12, 100, 1000];

const SERVERS = 3;

/** How large the commands are, in characters. */
const CHARACTERS = 20;

/** Many proposals at one instant: what goes over the network, and to the disks. */
export const batch: Experiment = {
  name: "batch",
  question: "Many commands are proposed at one instant: how many calls, bytes and saves is that?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const rows = SIZES.map((size) => {
      const row: string[] = [];
      playCluster({ subject, seed, servers: SERVERS }, ({ c, world, witness }) => {
        const leader = c.leader();
        c.commit("first");
        c.watch(1000);
        const saves = (id: number): number => world.disk(id).writes;
        const before = c.servers.map(saves);
        const [from, calls, bytes] = [c.now, witness.sent.length, world.traffic.total.bytes];
        for (let i = 0; i < size; i++) c.propose(leader, `${i}`.padStart(CHARACTERS, "."));
        c.until("all being applied", () => c.lastApplied(leader) >= size + 1);
        const ms = c.now - from;
        c.until("all having them", () => c.servers.every((id) => c.log(id).entries.length > size));
        const sent = witness.sent.slice(calls).filter(({ request }) => request.entries.length > 0);
        const [leads = 0, follows = 0] = [leader, (leader + 1) % SERVERS].map(
          (id) => saves(id) - (before[id] ?? 0),
        );
        const used = world.traffic.total.bytes - bytes;
        row.push(
          `${size}`,
          `${sent.length}`,
          (used / size).toFixed(0),
          `${leads}`,
          `${follows}`,
          ms.toFixed(1),
        );
      });
      return row;
    });
    const head = [
      "proposals",
      "calls with entries",
      "bytes each",
      "saves: leader",
      "a follower",
      "ms until applied",
    ];
    return `${SERVERS} servers, commands of ${CHARACTERS} characters, all proposed at one instant\n\n${table(head, rows, [])}`;
  },
};
