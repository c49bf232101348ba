import { generic } from "./generic";

// MIT 6.5840, Lab 4B: the generic test with snapshots.
generic({
  name: "snapshot recover",
  share: 0.25,
  points: 2,
  clients: 1,
  servers: 5,
  crash: true,
  snapshots: true,
});
generic({
  name: "snapshot recover, many clients",
  share: 0.05,
  points: 2,
  clients: 20,
  servers: 5,
  crash: true,
  snapshots: true,
});
generic({
  name: "snapshot, unreliable",
  share: 0.25,
  points: 2,
  clients: 5,
  servers: 5,
  unreliable: true,
  snapshots: true,
});
generic({
  name: "snapshot, unreliable, recover",
  share: 0.25,
  points: 2,
  clients: 5,
  servers: 5,
  unreliable: true,
  crash: true,
  snapshots: true,
});
generic({
  name: "snapshot, unreliable, recover, concurrent partition",
  share: 0.25,
  points: 2,
  clients: 5,
  servers: 5,
  unreliable: true,
  crash: true,
  partitions: true,
  snapshots: true,
});
generic({
  name: "snapshot, unreliable, recover, concurrent partition, linearizable",
  share: 0.15,
  points: 2,
  clients: 15,
  servers: 7,
  unreliable: true,
  crash: true,
  partitions: true,
  snapshots: true,
  sharedKeys: true,
});
