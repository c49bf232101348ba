import { scene } from "../kit/kv";

scene("a deposed leader does not answer a ReadIndex read", { lab: 5, servers: 5, clients: 3 }, (c) => {
  c.client().put("x", "1");
  const old = c.leader();
  const rest = c.others(old);
  c.partition([old], rest);
  c.client(...rest).put("x", "2");
  const read = c.client(old).start({ kind: "get", key: "x", read: "readIndex" });
  c.watch(500);
  c.expect(
    c.pending(read),
    "A leader confirms that it leads before it answers a read (thesis, §6.4)",
    "it was answered",
  );
});
