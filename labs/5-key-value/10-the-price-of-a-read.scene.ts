import { price, scene } from "../kit/kv";

const SETUP = { lab: 5, servers: 3, clients: 8, network: "constant" } as const;

scene("the price of a log read", SETUP, (c) => price(c, "log"));

scene("the price of a ReadIndex read", SETUP, (c) => price(c, "readIndex"));

scene("the price of a lease read", { ...SETUP, options: { lease: true } }, (c) => price(c, "lease"));

scene("the price of a follower read", SETUP, (c) => price(c, "follower"));
