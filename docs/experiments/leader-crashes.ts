import type { KvCluster } from "../../labs/kit/kv";
import type { CrashPoint } from "../../labs/kit/sim";
import type { Experiment } from "./experiment";
import { playService } from "./kv-world";
import { table } from "./table";

/** Where the leader crashes, while it handles one write. */
interface Place extends Pick<CrashPoint, "effect" | "nth" | "when"> {
  readonly what: string;
}

const PLACES: readonly Place[] = [
  { what: "before it saves the entry", effect: "save", nth: 1, when: "before" },
  { what: "saved, not sent", effect: "save", nth: 1, when: "after" },
  { what: "sent to one follower", effect: "call", nth: 1, when: "after" },
  { what: "sent to both", effect: "call", nth: 2, when: "after" },
  { what: "a majority has it, not applied", effect: "up", nth: 1, when: "before" },
  { what: "applied, not answered", effect: "reply", nth: 1, when: "before" },
  { what: "answered", effect: "reply", nth: 1, when: "after" },
];

const SERVERS = 3;

/** What the write appends; nothing else of the run contains it. */
const NEEDLE = "needle";

/** A write meets a leader that crashes, at each place between its arrival and its answer. */
export const leaderCrashes: Experiment = {
  name: "leader-crashes",
  question: "A leader crashes somewhere between taking a write and answering it: what becomes of the write?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const rows = PLACES.map(({ what, ...place }) => {
      const row: string[] = [];
      playService({ subject, seed, servers: SERVERS, clients: 1, network: "constant" }, (c) => {
        const client = c.client();
        client.put("x", "");
        const leader = c.leader();
        c.crashAt({ server: leader, ...place });
        const write = client.start({ kind: "append", key: "x", value: NEEDLE });
        c.until("the crash", () => !c.isUp(leader));
        c.watch(50); // what had left it arrives
        const survivors = c.running().filter((server) => copies(c, server) > 0).length;
        c.answer(write);
        const ms = (write.returnedAt ?? NaN) - write.calledAt;
        c.watch(500);
        const heir = c.leader();
        const changes = client.get("x").version - 1;
        row.push(what, `${survivors}`, ms.toFixed(0), `${copies(c, heir)}`, `${changes}`);
      });
      return row;
    });
    const head = [
      "the leader crashes",
      "survivors with it",
      "answered after ms",
      "times in the log",
      "executed",
    ];
    return `${SERVERS} servers, messages take 10 ms; the leader stays down\n\n${table(head, rows)}`;
  },
};

/** How often a disk has the write. */
function copies(c: KvCluster, server: number): number {
  return c.log(server).entries.filter(({ command }) => JSON.stringify(command).includes(NEEDLE)).length;
}
