import { price, scene } from "../../../labs/kit/kv";

const CONSTANT = { lab: 5, servers: 5, clients: 4, network: "constant" } as const;

scene("a log read costs a round trip and a disk write", { ...CONSTANT, points: 2 }, (c) => {
  price(c, "log");
});

scene("a ReadIndex read costs a round trip", { ...CONSTANT, points: 4 }, (c) => {
  price(c, "readIndex");
});

scene(
  "a lease read costs nothing",
  { ...CONSTANT, drift: 0.05, options: { lease: true }, points: 4 },
  (c) => {
    price(c, "lease");
  },
);

scene("a follower read costs two round trips", { ...CONSTANT, points: 4 }, (c) => {
  price(c, "follower");
});

// The leader answers the follower from its lease.
scene(
  "a follower read costs one if the leader has a lease",
  { ...CONSTANT, options: { lease: true }, points: 3 },
  (c) => {
    price(c, "follower", { what: "follower read (lease)", trips: 1 });
  },
);
