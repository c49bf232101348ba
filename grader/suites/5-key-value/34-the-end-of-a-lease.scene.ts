import { scene, type KvCluster } from "../../../labs/kit/kv";
import { answered, Caller, type Asked } from "./caller";
import { Following } from "./following";

const PROMISE =
  "A lease follows from what followers promised: it ends no later than the minimum election timeout after a majority was sent what it has " +
  "answered, whatever clocks do within maxDrift (thesis, §6.4.1)";

const CALLER = 5;

/** The clock of the leader, the only real server, is as slow as clocks may be. */
const SLOW = {
  lab: 5,
  servers: 5,
  puppets: [1, 2, 3, 4, CALLER],
  drift: 0.05,
  rates: [0.95, 1.05, 1.05, 1.05, 1.05],
  options: { lease: true, minElectionTimeout: 300 },
} as const;

/** So long after it heard the leader, a follower with a fast clock may help to elect another; real ms. */
const PROMISED = 300 / 1.05;

/** Reads in mode lease, one after the other, for so long. */
function ask(c: KvCluster, caller: Caller, ms: number): Asked[] {
  const asked: Asked[] = [];
  for (const end = c.now + ms; c.now < end;) {
    asked.push(caller.sendRead(0, "x", "lease"));
    c.watch(3);
  }
  return asked;
}

/** Nothing was answered that was asked after another leader might have been elected. */
function over(c: KvCluster, asked: readonly Asked[], heardAt: number): void {
  const late = asked.find((read) => read.at >= heardAt + PROMISED && answered(read) !== undefined);
  c.expect(
    late === undefined,
    PROMISE,
    `server 0 answers a read in mode lease that was sent at ${(late?.at ?? 0).toFixed(3)} ms; a majority heard it at ${heardAt.toFixed(3)} ms ` +
      `at the latest, and may have elected another leader from ${(heardAt + PROMISED).toFixed(3)} ms on`,
    0,
  );
}

scene("a lease ends when followers may vote again", { ...SLOW, points: 3 }, (c) => {
  const following = new Following(c, [1, 2, 3, 4]);
  const caller = new Caller(c, CALLER);
  for (let round = 1; round <= 3; round++) {
    caller.reads(0, "x", "lease");
    following.hearOnce();
    over(c, ask(c, caller, 500), following.heardAt);
    following.serve();
    c.watch(50);
  }
  caller.reads(0, "x", "lease");
});

scene("a lease counts from the sending, not from the answer", { ...SLOW, points: 3 }, (c) => {
  const following = new Following(c, [1, 2, 3, 4]);
  const caller = new Caller(c, CALLER);
  for (const delay of [60, 120, 200]) {
    caller.reads(0, "x", "lease");
    c.hold({ kind: "reply", method: "appendEntries" });
    following.hearOnce();
    c.watch(delay);
    c.release();
    over(c, ask(c, caller, 500 - delay), following.heardAt);
    following.serve();
    c.watch(50);
  }
  caller.reads(0, "x", "lease");
});

scene("one follower does not extend a lease", { ...SLOW, points: 2 }, (c) => {
  const following = new Following(c, [1, 2, 3, 4]);
  const caller = new Caller(c, CALLER);
  for (const faithful of [1, 4]) {
    caller.reads(0, "x", "lease");
    following.hearOnce();
    const { heardAt } = following;
    following.hear([faithful]);
    over(c, ask(c, caller, 600), heardAt);
    following.serve();
    c.watch(50);
  }
  caller.reads(0, "x", "lease");
});
