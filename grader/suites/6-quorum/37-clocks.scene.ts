import { scene } from "../../../labs/kit/quorum";

const SEEN = "A version's number comes from what others hold, not from a clock (ABD, the query phase)";

const SKEWED = { lab: 6, servers: 3, drift: 0.03, repairEvery: 300 } as const;

// Clocks show times that lie up to 100 s apart.
scene("the last write wins, whatever the clocks say", { ...SKEWED, coordinators: 6, points: 1 }, (c) => {
  const all = c.coordinators(6);
  const order = c.random("turns");
  for (let turn = 0; turn < 12; turn++) {
    const [writer, reader] = order.shuffle(all);
    writer?.write("x", `turn ${turn}`);
    const seen = reader?.read("x").value;
    c.expect(seen === `turn ${turn}`, SEEN, `after “turn ${turn}” was acknowledged a read shows ${seen}`);
  }
  c.converge();
});

scene(
  "clocks that drift, on an unreliable network",
  { ...SKEWED, servers: 5, coordinators: 4, network: "unreliable", points: 1, share: 0.5 },
  (c) => {
    const all = c.coordinators(4);
    c.underLoad(all, c.mixed(["x"]), () => c.storm({ ms: 3000, crash: 0.2, crashCoordinator: 0.2 }));
    c.network("reliable");
    c.converge();
    for (const one of all) {
      one.write("x", `the end of C${one.id}`);
      one.read("x");
    }
  },
);
