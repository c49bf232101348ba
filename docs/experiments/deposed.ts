import type { Client, KvCluster, ReadMode } from "../../labs/kit/kv";
import type { Experiment } from "./experiment";
import { playService } from "./kv-world";
import { table } from "./table";

/** A kind of read, and what the clocks are known to do. */
interface Kind {
  readonly what: string;
  readonly mode: ReadMode;
  readonly drift?: number;
}

const KINDS: readonly Kind[] = [
  { what: "log", mode: "log" },
  { what: "readIndex", mode: "readIndex" },
  { what: "lease, exact clocks", mode: "lease", drift: 0 },
  { what: "lease, clocks within 5 %", mode: "lease", drift: 0.05 },
  { what: "session", mode: "session" },
];

const SERVERS = 5;

/** How long the old leader is asked, and how long one question may take; in virtual ms. */
const [WATCHED, PATIENCE] = [3000, 10];

/** A leader is cut off from the other servers, and asked on. */
export const deposed: Experiment = {
  name: "deposed",
  question: "A leader is cut off: until when does it answer reads, and when do the others go on without it?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const rows = KINDS.map(({ what, mode, drift }) => {
      const row: string[] = [];
      const lease = drift === undefined ? {} : { drift, options: { lease: true } };
      playService({ subject, seed, servers: SERVERS, clients: 3, ...lease }, (c) => {
        c.client().put("x", "old");
        const old = c.leader();
        const direct = c.client(old);
        const writer = c.client(...c.others(old));
        direct.get("x", mode);
        c.watch(500);
        c.isolate(old);
        const cutAt = c.now;
        const write = writer.start({ kind: "put", key: "x", value: "new" });
        const last = askOn(c, direct, mode, cutAt + WATCHED);
        const written = (write.returnedAt ?? NaN) - cutAt;
        row.push(
          what,
          last === undefined ? "never" : `${(last.at - cutAt).toFixed(0)} ms`,
          last === undefined ? "" : last.value,
          `${written.toFixed(0)} ms`,
        );
        c.answer(write);
      });
      return row;
    });
    const head = ["read", "answers until", "the last answer", "“new” is acknowledged after"];
    return (
      `${SERVERS} servers; the leader is cut off from the others, and "x" is put anew by them.\n` +
      "A client that reaches only the old leader reads again and again, for three seconds\n\n" +
      table(head, rows)
    );
  },
};

/** When the last answer came, and what it was. */
function askOn(
  c: KvCluster,
  direct: Client,
  mode: ReadMode,
  until: number,
): { at: number; value: string } | undefined {
  let last: { at: number; value: string } | undefined;
  let read = direct.start({ kind: "get", key: "x", read: mode });
  while (c.now < until) {
    c.watch(PATIENCE);
    const { result, returnedAt } = read;
    if (result === undefined || result === "unknown" || returnedAt === undefined) continue;
    last = { at: returnedAt, value: "value" in result ? (result.value ?? "") : "" };
    read = direct.start({ kind: "get", key: "x", read: mode });
  }
  return last;
}
