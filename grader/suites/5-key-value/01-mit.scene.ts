import { generic } from "./generic";

// MIT 6.5840, Lab 4A: the generic test in twelve forms, by the names that MIT gives them.
generic({ name: "basic", points: 2, clients: 1, servers: 5 });
generic({ name: "concurrent", points: 2, clients: 5, servers: 5 });
generic({ name: "unreliable", points: 2, clients: 5, servers: 5, unreliable: true });
generic({ name: "many partitions, one client", points: 2, clients: 1, servers: 5, partitions: true });
generic({ name: "many partitions, many clients", points: 2, clients: 5, servers: 5, partitions: true });
generic({ name: "persist, one client", points: 2, clients: 1, servers: 5, crash: true });
generic({ name: "persist, concurrent", points: 2, clients: 5, servers: 5, crash: true });
generic({
  name: "persist, concurrent, unreliable",
  points: 2,
  clients: 5,
  servers: 5,
  unreliable: true,
  crash: true,
});
generic({ name: "persist, partition", points: 2, clients: 5, servers: 5, crash: true, partitions: true });
generic({
  name: "persist, partition, unreliable",
  points: 2,
  clients: 5,
  servers: 5,
  unreliable: true,
  crash: true,
  partitions: true,
});
generic({
  name: "persist, partition, unreliable, linearizable",
  points: 2,
  clients: 15,
  servers: 7,
  unreliable: true,
  crash: true,
  partitions: true,
  sharedKeys: true,
});
