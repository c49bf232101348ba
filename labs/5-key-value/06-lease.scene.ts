import { scene } from "../kit/kv";

// Clocks go wrong by 5 % at most, and the servers know it.
scene(
  "a lease ends before another can lead",
  { lab: 5, servers: 5, clients: 12, drift: 0.05, options: { lease: true } },
  (c) => {
    const client = c.client();
    client.put("x", "0");
    for (let round = 1; round <= 5; round++) {
      const old = c.leader();
      const direct = c.client(old);
      direct.get("x", "lease");
      c.isolate(old);
      const far = c.client(...c.others(old));
      const write = far.start({ kind: "put", key: "x", value: `${round}` });
      // It is asked for as long as it answers; no answer may be older than what others have been told.
      for (let i = 0; i < 400; i++) {
        const read = direct.start({ kind: "get", key: "x", read: "lease" });
        c.watch(5);
        if (c.pending(read)) break;
      }
      c.answer(write);
      c.rejoin(old);
      c.leader();
    }
  },
);
