import { playCluster } from "./cluster-world";
import { ExperimentError, type Experiment } from "./experiment";
import { table } from "./table";

const SERVERS = 3;

/** How long nobody proposes anything, in virtual ms. */
const QUIET = 60_000;

/** A new leader has its predecessor's last entry, and so has everybody: when is it committed? */
export const oldEntries: Experiment = {
  name: "old-entries",
  question: "An entry is on all disks when its leader crashes: when is it committed?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const rows: string[][] = [];
    playCluster({ subject, seed, servers: SERVERS }, ({ c }) => {
      const note = (what: string, ms: number, index: number): void => {
        const holding = c.servers.filter((id) => c.log(id).entries.length >= index);
        rows.push([
          what,
          ms.toFixed(1),
          `${holding.length}`,
          `${c.running().filter((id) => c.lastApplied(id) >= index).length}`,
        ]);
      };
      c.commit("first");
      const old = c.leader();
      c.hold({ kind: "reply", to: old });
      const { index = 0 } = c.propose(old, "old") ?? {};
      c.until("all having it", () => c.servers.every((id) => c.log(id).entries.length >= index));
      note("its leader crashes before it hears of the others", 0, index);
      c.crash(old);
      const crash = c.now;
      c.leader();
      note("a new leader is found", c.now - crash, index);
      c.restart(old);
      c.watch(QUIET);
      note("nobody proposes anything for a minute", QUIET, index);
      const proposes = (command: string): void => {
        const start = c.now;
        const leader = c.leader();
        const taken = c.propose(leader, command);
        if (taken === undefined) throw new ExperimentError("the leader takes no command");
        c.until("the leader applying it", () => c.lastApplied(leader) >= taken.index);
        note("somebody proposes something", c.now - start, index);
      };
      proposes("new");
      c.agree();
      c.crash(...c.servers);
      c.restart(...c.servers);
      c.watch(QUIET);
      note("all crash, and come back; a minute later", QUIET, index);
      proposes("newer");
    });
    const head = ["", "ms", "disks that have the old entry", "servers that applied it"];
    return `${SERVERS} servers; the term of the old entry is over\n\n${table(head, rows)}`;
  },
};
