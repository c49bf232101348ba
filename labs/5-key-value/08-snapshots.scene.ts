import { scene } from "../kit/kv";

scene(
  "sessions survive snapshots and crashes",
  { lab: 5, servers: 3, clients: 2, maxStateBytes: 1000 },
  (c) => {
    const client = c.client();
    for (let i = 0; i < 50; i++) client.append("x", ".");
    // Its answers get lost on the way; by the time one comes through, everything is in a snapshot.
    for (const server of c.servers) c.cutOneWay(server, client.id);
    const late = client.start({ kind: "append", key: "x", value: "!" });
    const other = c.client();
    for (let i = 0; i < 100; i++) other.put("y", `${i}`);
    c.crash(...c.servers);
    c.restart(...c.servers);
    c.connect(client);
    const { version } = c.answer(late);
    c.expect(
      version === 51,
      "A request is executed once (§8)",
      `the 51st append, sent again and again, has made version ${version}`,
    );
    const bytes = Math.max(...c.servers.map((id) => c.logBytes(id)));
    c.expect(
      bytes <= 8000,
      "Raft's state is at most 8 times maxStateBytes (MIT 6.5840, Lab 4B)",
      `${bytes} bytes on a disk`,
    );
  },
);
