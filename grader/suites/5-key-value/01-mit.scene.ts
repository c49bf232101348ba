import { generic } from "./generic";

// MIT 6.5840, Lab 4A: the generic test in twelve forms, by the names that MIT gives them.
generic({ name: "basic", share: 0.25, points: 2, clients: 1, servers: 5 });
generic({ name: "concurrent", share: 0.1, points: 2, clients: 5, servers: 5 });
generic({ name: "unreliable", share: 0.25, points: 2, clients: 5, servers: 5, unreliable: true });
generic({
  name: "many partitions, one client",
  share: 0.25,
  points: 2,
  clients: 1,
  servers: 5,
  partitions: true,
});
generic({
  name: "many partitions, many clients",
  share: 0.1,
  points: 2,
  clients: 5,
  servers: 5,
  partitions: true,
});
generic({ name: "persist, one client", share: 0.25, points: 2, clients: 1, servers: 5, crash: true });
generic({ name: "persist, concurrent", share: 0.1, points: 2, clients: 5, servers: 5, crash: true });
generic({
  name: "persist, concurrent, unreliable",
  share: 0.25,
  points: 2,
  clients: 5,
  servers: 5,
  unreliable: true,
  crash: true,
});
generic({
  name: "persist, partition",
  share: 0.1,
  points: 2,
  clients: 5,
  servers: 5,
  crash: true,
  partitions: true,
});
generic({
  name: "persist, partition, unreliable",
  share: 0.25,
  points: 2,
  clients: 5,
  servers: 5,
  unreliable: true,
  crash: true,
  partitions: true,
});
generic({
  name: "persist, partition, unreliable, linearizable",
  share: 0.15,
  points: 2,
  clients: 15,
  servers: 7,
  unreliable: true,
  crash: true,
  partitions: true,
  sharedKeys: true,
});
