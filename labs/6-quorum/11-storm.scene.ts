import { scene } from "../kit/quorum";

scene(
  "an atomic register on an unreliable network",
  { lab: 6, servers: 5, coordinators: 3, network: "unreliable", repairEvery: 300 },
  (c) => {
    const all = c.coordinators(3);
    c.underLoad(all, c.mixed(["x", "y"]), () => {
      for (const id of c.servers) {
        c.crash(id);
        c.watch(400);
        c.restart(id);
        c.watch(400);
      }
    });
    c.network("reliable");
    c.converge();
  },
);
