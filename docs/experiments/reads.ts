import type { ReadMode } from "../../labs/kit/kv";
import type { Experiment } from "./experiment";
import { playService } from "./kv-world";
import { table } from "./table";

/** A kind of read, and where it is asked. */
interface Kind {
  readonly what: string;
  readonly mode: ReadMode;
  readonly at: "the leader" | "a follower";
  readonly lease?: boolean;
  /** What the notes say of it. */
  readonly notes: string;
}

const KINDS: readonly Kind[] = [
  { what: "log read", mode: "log", at: "the leader", notes: "1 RTT, 1 write" },
  { what: "ReadIndex", mode: "readIndex", at: "the leader", notes: "1 RTT" },
  { what: "lease", mode: "lease", at: "the leader", lease: true, notes: "0 RTT" },
  { what: "follower, ReadIndex", mode: "follower", at: "a follower", notes: "2 RTT" },
  { what: "follower, lease", mode: "follower", at: "a follower", lease: true, notes: "1 RTT" },
  { what: "session", mode: "session", at: "a follower", notes: "" },
];

const SIZES = [3, 5];

/** There and back, in virtual ms: the constant network takes 10 ms each way. */
const ROUND_TRIP = 20;

/** What a read costs, by how it is answered. */
export const reads: Experiment = {
  name: "reads",
  question: "What does a read cost, by how it is answered?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const rows = SIZES.flatMap((servers) =>
      KINDS.map(({ what, mode, at, lease = false, notes }) => {
        const row: string[] = [];
        const setup = {
          subject,
          seed,
          servers,
          clients: 2,
          network: "constant",
          options: { lease },
        } as const;
        playService(setup, (c) => {
          c.client().put("cost", "1");
          c.watch(500);
          const leader = c.leader();
          const cost = c.cost(mode, at === "the leader" ? leader : (c.followers()[0] ?? leader));
          const trips = Math.round((100 * cost.ms) / ROUND_TRIP) / 100;
          row.push(
            `${servers}`,
            what,
            notes,
            `${trips}`,
            `${cost.ownWrites}`,
            `${cost.calls}`,
            `${cost.writes}`,
          );
        });
        return row;
      }),
    );
    const head = ["servers", "read", "the notes", "RTT", "own writes", "calls", "all writes"];
    return (
      "An idle cluster, messages take 10 ms each way; from the arrival of the query to its answer,\n" +
      "the median of 15 reads. Calls and all writes: of all servers\n\n" +
      table(head, rows, [1, 2])
    );
  },
};
