import { scene, type KvCluster } from "../../../labs/kit/kv";
import { answered, Caller, type Asked } from "./caller";
import { crown } from "./crown";

const SEES =
  "With clocks that keep the promised drift, a read from a lease sees all that was acknowledged before (thesis, §6.4.1)";

const CALLER = 5;

/** Server 0 leads, cut off from the others while they elect another; its lease is used until it ends. */
function race(c: KvCluster): void {
  const writer = c.client();
  writer.put("x", "0");
  const caller = new Caller(c, CALLER);
  for (let round = 1; round <= 2; round++) {
    crown(c, 0, writer);
    caller.reads(0, "x", "lease");
    const far = c.client(...c.others(0));
    const asked: Asked[] = [];
    c.isolate(0);
    const write = far.start({ kind: "put", key: "x", value: `${round}` });
    for (let after = 0; after < 60; after += c.pending(write) ? 0 : 1) {
      asked.push(caller.sendRead(0, "x", "lease"));
      c.watch(5);
    }
    const { version } = c.answer(write);
    const late = asked.find(
      (read) => read.at > (write.returnedAt ?? 0) && (answered(read)?.version ?? version) < version,
    );
    c.expect(
      late === undefined,
      SEES,
      `server 0 answers a read in mode lease, sent at ${(late?.at ?? 0).toFixed(3)} ms, with an old version; version ${version} was ` +
        `acknowledged at ${(write.returnedAt ?? 0).toFixed(3)} ms`,
      0,
    );
    c.rejoin(0);
    c.leader();
  }
}

const SETUP = {
  lab: 5,
  servers: 5,
  clients: 4,
  puppets: [CALLER],
  drift: 0.05,
  options: { lease: true },
  points: 2,
} as const;

scene("a lease on a slow clock", { ...SETUP, rates: [0.95, 1.05, 1.05, 1.05, 1.05] }, race);

scene("a lease on a fast clock", { ...SETUP, rates: [1.05, 0.95, 0.95, 0.95, 0.95] }, race);

// Whoever had promised something crashes, and is back at once.
scene("a lease outlives the restart of those that follow", { ...SETUP, clients: 8 }, (c) => {
  const writer = c.client();
  writer.put("x", "0");
  const caller = new Caller(c, CALLER);
  for (let round = 1; round <= 3; round++) {
    const old = c.leader();
    caller.reads(old, "x", "lease");
    const rest = c.others(old);
    c.isolate(old);
    c.crash(...rest);
    c.restart(...rest);
    const write = c.client(...rest).start({ kind: "put", key: "x", value: `${round}` });
    const asked: Asked[] = [];
    for (let after = 0; after < 20; after += c.pending(write) ? 0 : 1) {
      asked.push(caller.sendRead(old, "x", "lease"));
      c.watch(5);
    }
    const { version } = c.answer(write);
    for (const read of asked) {
      const seen = answered(read)?.version ?? version;
      c.expect(
        read.at < (write.returnedAt ?? 0) || seen >= version,
        SEES,
        `server ${old} answers with an old version`,
        old,
      );
    }
    c.rejoin(old);
    c.leader();
  }
});
