import { scene, type KvCluster } from "../../../labs/kit/kv";
import { answered, Caller, type Asked } from "./caller";
import { Following } from "./following";

const CONFIRMED =
  "A leader confirms a read by messages to a majority that were sent after the read had come (thesis, §6.4, step 3)";

const CALLER = 5;

/** Server 0 is real, its followers are not, and neither is its client. */
const ONE = { lab: 5, servers: 5, puppets: [1, 2, 3, 4, CALLER] } as const;

const MODES = ["readIndex", "follower", "log"] as const;

/** Server 0 must not answer these, whatever else it says. */
function unanswered(c: KvCluster, reads: readonly Asked[], why: string): void {
  for (const read of reads) {
    c.expect(
      answered(read) === undefined,
      CONFIRMED,
      `server 0 answers a get that was sent at ${read.at.toFixed(3)} ms, but ${why}`,
      0,
    );
  }
}

/** Another server asks on behalf of its clients (thesis, §6.4); what it is told must be nothing, or null. */
function askIndex(c: KvCluster): () => boolean {
  const sent = c.puppet(1).send(0, "requestReadIndex", { term: c.status(0)?.term ?? 0, lease: true }); // it has none: the option is off
  return () =>
    c
      .puppet(1)
      .replies(sent)
      .some((reply) => (reply as { index: number | null }).index !== null);
}

scene("answers to an old round confirm nothing", { ...ONE, points: 3 }, (c) => {
  const following = new Following(c, [1, 2, 3, 4]);
  const caller = new Caller(c, CALLER);
  for (let round = 1; round <= 3; round++) {
    for (const mode of MODES) caller.reads(0, "x", mode);
    c.hold({ kind: "reply", method: "appendEntries" });
    following.hearOnce();
    c.watch(5);
    const reads = MODES.map((mode) => caller.sendRead(0, "x", mode));
    const index = askIndex(c);
    c.watch(5);
    c.release();
    c.watch(150);
    unanswered(c, reads, `all answers it has got since were to what it had sent before`);
    c.expect(
      !index(),
      CONFIRMED,
      "server 0 answers requestReadIndex, but nobody has confirmed that it leads",
      0,
    );
    following.serve();
    c.watch(50);
  }
  caller.reads(0, "x", "readIndex");
});

scene("one follower is no majority, however often it answers", { ...ONE, points: 2 }, (c) => {
  const following = new Following(c, [1, 2, 3, 4]);
  const caller = new Caller(c, CALLER);
  for (const mode of MODES) caller.reads(0, "x", mode);
  following.hear([3]);
  c.watch(5);
  const puppet = c.puppet(3);
  const before = puppet.requests("appendEntries").length;
  const reads = MODES.map((mode) => caller.sendRead(0, "x", mode));
  const index = askIndex(c);
  c.watch(250);
  const term = c.status(0)?.term ?? 0;
  for (const letter of puppet.requests("appendEntries").slice(before)) {
    for (let copy = 0; copy < 3; copy++) puppet.reply(letter, { term, success: true });
  }
  c.watch(10);
  unanswered(c, reads, "only server 3 has answered since");
  c.expect(!index(), CONFIRMED, "server 0 answers requestReadIndex, but only server 3 has confirmed", 0);
  following.serve();
  c.watch(50);
  caller.reads(0, "x", "readIndex");
});
