import { scene } from "../kit/kv";

// Nobody writes any more: whatever the new leader must know, it has to find out by itself.
scene("a new leader can be read at once", { lab: 5, servers: 3, clients: 1 }, (c) => {
  const client = c.client();
  client.put("x", "1");
  c.crash(c.leader());
  c.leader();
  const { value } = client.get("x", "readIndex");
  c.expect(
    value === "1",
    "What was acknowledged survives its leader (§5.4)",
    `the key holds ${JSON.stringify(value)}`,
  );
});
