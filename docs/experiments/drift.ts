import { playKv, type KvCluster } from "../../labs/kit/kv";
import type { Outcome } from "../../labs/kit/scene";
import type { Subject } from "../../labs/kit/subject";
import { ExperimentError, seedsUpTo, type Experiment } from "./experiment";
import { table } from "./table";

/** What the servers are told: no clock is wrong by more than this. */
const PROMISED = 0.05;

/** How wrong they are: server 0's clock is slow by so much, and those of the others are fast by as much. */
const DRIFTS = [0, 0.05, 0.2, 0.3, 0.4, 0.5];

/** How long the old leader is asked, and how often; in virtual ms. */
const [WATCHED, EVERY] = [3000, 1];

/** What one run has shown; times in virtual ms since the leader was cut off. */
interface Seen {
  /** When the old leader answered last. */
  answeredAt: number;
  /** When the others had committed a write. */
  writtenAt: number;
  /** What the judge said, if the old leader answered after that as if nothing had happened. */
  stale: Outcome["failure"];
}

/** What a lease is worth if the clocks do not keep what was promised for them. */
export const drift: Experiment = {
  name: "drift",
  question: "Clocks were promised to be wrong by 5 % at most: what if they are not?",
  seeds: 20,
  run: ({ subject, seeds }) => {
    const stale: Outcome["failure"][] = [];
    const rows = DRIFTS.map((wrong) => {
      const runs = seedsUpTo(seeds).map((seed) => race(subject, seed, wrong));
      const found = runs.flatMap((run) => run.stale ?? []);
      stale.push(...found);
      return [
        `${100 * wrong} %`,
        `${Math.max(...runs.map(({ answeredAt }) => answeredAt)).toFixed(0)} ms`,
        `${Math.min(...runs.map(({ writtenAt }) => writtenAt)).toFixed(0)} ms`,
        `${found.length} of ${seeds}`,
      ];
    });
    const head = ["clocks wrong by", "its last answer", "their first commit", "stale reads"];
    const first = stale[0] === undefined ? "" : `\n\nWhat the judge says of them: ${stale[0].rule}`;
    return (
      `3 servers that trust leases, and were told that clocks are wrong by ${100 * PROMISED} % at most. The leader's clock is\n` +
      `slow, the others' are fast. It is cut off at 0 ms, and asked on; the others put "x" anew. ${seeds} seeds a row\n\n` +
      table(head, rows) +
      first
    );
  },
};

/** A leader with a slow clock is cut off from others with fast ones. */
function race(subject: Subject, seed: number, wrong: number): Seen {
  const seen: Seen = { answeredAt: 0, writtenAt: Infinity, stale: undefined };
  const setup = {
    lab: 5,
    servers: 3,
    clients: 3,
    drift: PROMISED,
    rates: [1 - wrong, 1 + wrong, 1 + wrong],
    options: { lease: true },
  };
  const outcome = playKv(setup, { scene: "experiment", subject, seed, options: {} }, (c) => {
    lead(c);
    const direct = c.client(0);
    const writer = c.client(1, 2);
    direct.get("x", "lease");
    c.isolate(0);
    const cutAt = c.now;
    const { commitIndex } = c;
    const write = writer.start({ kind: "put", key: "x", value: "new" });
    let read = direct.start({ kind: "get", key: "x", read: "lease" });
    while (c.now < cutAt + WATCHED) {
      c.watch(EVERY);
      if (c.commitIndex > commitIndex) seen.writtenAt = Math.min(seen.writtenAt, c.now - cutAt);
      if (c.pending(read)) continue;
      seen.answeredAt = (read.returnedAt ?? 0) - cutAt;
      read = direct.start({ kind: "get", key: "x", read: "lease" });
    }
    c.answer(write);
  });
  if (outcome.verdict === "accepted") return seen;
  seen.stale = outcome.failure;
  return seen;
}

/** Server 0 leads: with the others' help, though its clock is slow, as it alone has the last write. */
function lead(c: KvCluster): void {
  c.leader();
  c.isolate(2);
  c.client().put("x", "old", 20_000);
  c.crash(1);
  c.rejoin(2);
  if (c.leader(20_000) !== 0) throw new ExperimentError("another server leads");
  c.restart(1);
  c.leader(20_000);
}
