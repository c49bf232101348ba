import { partitions, scene } from "../kit/kv";

scene(
  "many clients, a bad network, and partitions",
  { lab: 5, servers: 5, clients: 5, network: "unreliable" },
  (c) => {
    const clients = c.clients(5);
    const answered = c.underLoad(clients, c.mixed(["a", "b", "c"]), () => partitions(c, 5000));
    c.expect(answered > 0, "Clients make progress (§8)", `only ${answered} operations were answered in 5 s`);
  },
);
