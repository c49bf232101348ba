import { scene } from "../kit/kv";

scene("a client's own reads never go back", { lab: 5, servers: 3, clients: 3, challenge: true }, (c) => {
  const client = c.client();
  client.put("x", "1");
  const [behind = 0, ahead = 0] = c.followers();
  c.isolate(behind);
  client.put("x", "2");
  const mover = c.client(ahead, behind);
  c.expect(
    mover.sync().index > 0,
    "A sync is answered by a server in touch with the leader (ZooKeeper, §2.3)",
    "it was not",
  );
  c.expect(
    mover.get("x", "session").version === 2,
    "After a sync, a read is fresh (ZooKeeper, §2.3)",
    "it was not",
  );
  c.crash(ahead);
  const read = mover.start({ kind: "get", key: "x", read: "session" });
  c.watch(1000);
  c.expect(
    c.pending(read),
    "A client's reads never go back (ZooKeeper, §2.3)",
    "a server that is behind has answered",
  );
  c.rejoin(behind);
  c.expect(c.answer(read).version === 2, "A client's reads never go back (ZooKeeper, §2.3)", "it went back");
});
