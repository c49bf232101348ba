import { scene, type KvCluster } from "../../../labs/kit/kv";
import { Caller } from "./caller";

const CALLER = 3;

const AT_ONCE =
  "A read is answered as soon as the server has applied its index; nobody waits for ever (thesis, §6.4; handout)";

const THREE = { lab: 5, servers: 3, clients: 2, puppets: [CALLER], maxStateBytes: 600 } as const;

/** More than the way back takes; in virtual ms. Nobody writes or reads meanwhile. */
const SOON = 100;

/** Asks a follower what it lacks, lets that come, and wants an answer for each, whatever it is. */
function wakes(c: KvCluster, caller: Caller, server: number): void {
  const reads = [1, 2, 3].map(() => caller.sendRead(server, "x", "follower"));
  c.watch(50);
  c.release();
  c.awaitApplied(c.commitIndex);
  const { now } = c;
  c.watch(SOON);
  const [first] = reads;
  const open = reads.filter(({ answers }) => answers().length === 0).length;
  const message =
    `server ${server} has not answered ${open} of 3 gets in mode follower that were sent at ${(first?.at ?? 0).toFixed(0)} ms, though it had applied all ` +
    `${c.commitIndex} entries at ${now.toFixed(0)} ms`;
  c.expect(open === 0, AT_ONCE, message, server);
}

scene("an entry wakes those who wait for it", { ...THREE, points: 2 }, (c) => {
  const caller = new Caller(c, CALLER);
  const writer = c.client();
  for (let round = 1; round <= 4; round++) {
    c.leader();
    const [follower = 0] = c.followers();
    for (const method of ["appendEntries", "installSnapshot"])
      c.hold({ kind: "request", method, to: follower });
    writer.put("x", `${round}`);
    wakes(c, caller, follower);
  }
});

// It comes back while the leader has nothing but a snapshot to send, and nobody writes.
scene("a snapshot wakes those who wait for what is in it", { ...THREE, points: 2 }, (c) => {
  const caller = new Caller(c, CALLER);
  const writer = c.client();
  for (let round = 1; round <= 4; round++) {
    const [follower = 0] = c.followers();
    c.isolate(follower);
    for (let i = 0; i < 20; i++) writer.put("x", `${round}.${i}`);
    const ends = (): boolean => c.log(c.leader()).entries.length === 0;
    for (let i = 0; i < 40 && !ends(); i++) writer.put("x", `${round}, ${i} more`);
    c.hold({ kind: "request", method: "installSnapshot", to: follower });
    c.rejoin(follower);
    c.until("a snapshot for who was away", () => c.held("installSnapshot") > 0, 5000);
    wakes(c, caller, follower);
  }
});
