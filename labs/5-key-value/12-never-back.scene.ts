import { scene } from "../kit/kv";

const NEVER_BACK = "A client's own reads never go back (ZooKeeper, §2.3)";

scene("a client's own reads never go back", { lab: 5, servers: 3, clients: 3, challenge: true }, (c) => {
  const client = c.client();
  client.put("x", "1");
  const [behind = 0, ahead = 0] = c.followers();
  c.isolate(behind);
  client.put("x", "2");
  const mover = c.client(ahead, behind);
  mover.sync();
  const fresh = mover.get("x", "session").version;
  c.expect(
    fresh === 2,
    "After a sync, reads see all that was acknowledged before it (ZooKeeper, §2.3)",
    `a read sees version ${fresh}, but version 2 had been acknowledged`,
  );
  c.crash(ahead);
  const read = mover.start({ kind: "get", key: "x", read: "session" });
  c.watch(1000);
  c.expect(c.pending(read), NEVER_BACK, `server ${behind} has answered, and knows nothing of version 2`);
  c.rejoin(behind);
  const { version } = c.answer(read);
  c.expect(version === 2, NEVER_BACK, `it sees version ${version}, and had seen version 2 before`);
});
