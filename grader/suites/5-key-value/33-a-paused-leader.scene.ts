import { scene, type ReadMode } from "../../../labs/kit/kv";

const AWAKE =
  "A leader that was paused has to find out what happened meanwhile, before it answers (thesis, §6.4)";

const MODES: readonly ReadMode[] = ["readIndex", "lease", "follower", "log"];

const PAUSED = { lab: 5, servers: 5, clients: 14, points: 3 } as const;

// What followers said before the pause waits at its door, and so do the reads that come during the pause.
for (const lease of [false, true]) {
  const setup = lease ? { ...PAUSED, drift: 0.05, options: { lease: true } } : PAUSED;
  scene(`a paused leader wakes up${lease ? ", with leases" : ""}`, setup, (c) => {
    const writer = c.client();
    writer.put("x", "0");
    for (let round = 1; round <= 3; round++) {
      const old = c.leader();
      const readers = MODES.map((mode) => ({ mode, client: c.client(old) }));
      for (const { mode, client } of readers) client.get("x", mode);
      c.hold({ kind: "reply", method: "appendEntries", to: old });
      c.until("a heartbeat", () => c.held("appendEntries") >= 4, 1000, "A leader sends heartbeats (§5.2)");
      c.freeze(old);
      c.release();
      c.watch(1);
      c.isolate(old); // so that it hears of nothing else when it wakes up
      const { version } = writer.put("x", `${round}`);
      const reads = readers.map(({ mode, client }) => client.start({ kind: "get", key: "x", read: mode }));
      c.watch(5);
      c.thaw(old);
      c.watch(400);
      c.rejoin(old);
      c.watch(600);
      for (const { result } of reads) {
        const seen =
          result === undefined || result === "unknown" ? undefined : (result as { version?: number }).version;
        c.expect(
          seen === undefined || seen === version,
          AWAKE,
          `server ${old}, paused while another led, answers a read with version ${String(seen)}`,
          old,
        );
      }
    }
  });
}
