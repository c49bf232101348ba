import { scene } from "../kit/kv";

// One message in ten arrives twice, one in ten not at all.
scene(
  "a change is made once, however often it is sent",
  { lab: 5, servers: 3, clients: 3, network: "duplicating" },
  (c) => {
    const clients = c.clients(3);
    c.underLoad(
      clients,
      (client, n) => ({ kind: "append", key: "log", value: `(${client.id}.${n})` }),
      () => c.watch(3000),
    );
    const [client] = clients;
    c.expect(
      (client?.get("log").value ?? "").length > 20,
      "Clients make progress (§8)",
      "hardly anything was appended",
    );
  },
);
