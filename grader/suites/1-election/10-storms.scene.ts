import { scene } from "../../../labs/kit/raft";

const FAULTS = { ms: 15_000, crash: 0.15, restart: 0.5, isolate: 0.15, oneWay: 0.1, heal: 0.25 } as const;

scene("a storm over a lossy network", { lab: 1, servers: 5, points: 3, network: "unreliable" }, (c) => {
  c.leader();
  c.storm(FAULTS);
  c.network("reliable");
  c.leader();
  c.term();
});

scene(
  "a storm with duplicated and overtaken messages",
  { lab: 1, servers: 5, points: 3, network: "duplicating" },
  (c) => {
    c.leader();
    c.storm(FAULTS);
    c.network("reliable");
    c.leader();
    c.term();
  },
);

scene("a storm while replies take up to two seconds", { lab: 1, servers: 5, points: 3 }, (c) => {
  c.leader();
  c.network("long reordering");
  c.storm(FAULTS);
  c.network("reliable");
  c.leader();
  c.term();
});

scene("a storm over clocks that disagree", { lab: 1, servers: 3, points: 3, drift: 0.05 }, (c) => {
  c.leader();
  c.storm({ ...FAULTS, crash: 0.3 });
  c.leader();
  c.term();
});
