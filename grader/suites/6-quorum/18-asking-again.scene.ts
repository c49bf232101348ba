import { scene } from "../../../labs/kit/quorum";
import { made, Replicas } from "./stage";

const SETUP = { lab: 6, servers: 5, puppets: [0, 1, 2, 3, 4], W: 3, R: 3 } as const;

/** The handout: whoever has not answered is asked again, no sooner than after so many ms, while the answer is needed. */
const NOT_BEFORE = 50;

/** A reply and a request may take 0.5 to 2 ms each. */
const JITTER = 2;

/** Replicas leave the first requests of each phase unanswered, as if they had got lost. */
scene("requests that get lost are sent again", { ...SETUP, timeout: 2000, points: 3 }, (c) => {
  const replicas = new Replicas(c);
  const random = c.random("replicas");
  const coordinator = c.coordinator();
  for (let round = 0; round < 4; round++) {
    const key = `key ${round}`;
    const [quick = 0, ...slow] = random.shuffle(c.servers);
    replicas.give(key, made(1, 6), ...c.servers);
    replicas.give(key, made(2, 6), quick);
    for (const kind of ["read", "write"] as const) {
      for (const method of ["fetch", "store"] as const) replicas.silence(method, ...slow);
      let since = replicas.heard.length;
      const entry = coordinator.start(
        kind === "read" ? { kind, key } : { kind, key, value: `round ${round}` },
      );
      for (const method of ["fetch", "store"] as const) {
        for (let copy = 0; copy < 3; copy++) {
          replicas.await(method, slow, since);
          since = replicas.heard.length;
        }
        for (const id of slow) replicas.listen(method, id);
      }
      c.answered(entry);
      replicas.speak();
    }
  }
});

/** Three are silent until the end; the other two answer at once, and need not be asked again. */
scene(
  "no flood while replicas are silent",
  { ...SETUP, timeout: 1000, promise: "regular", points: 3 },
  (c) => {
    const replicas = new Replicas(c);
    const random = c.random("replicas");
    const coordinator = c.coordinator();
    coordinator.write("x", "0");
    for (const method of ["fetch", "store"] as const) {
      replicas.speak();
      c.watch(100);
      const silent = random.shuffle(c.servers).slice(0, 3);
      replicas.silence(method, ...silent);
      const since = replicas.heard.length;
      coordinator.ask({ kind: "write", key: "x", value: method });
      for (const id of c.servers) {
        const times = replicas.of(method, since).flatMap(({ replica, at }) => (replica === id ? [at] : []));
        const isSilent = silent.includes(id);
        const most = isSilent ? 1 + 1000 / NOT_BEFORE : 1;
        const what = isSilent ? "that does not answer for a second" : "that has answered";
        c.budget("messages", times.length, most, `${method} to a replica ${what}`);
        const gap = times
          .map((at, i) => at - (times[i - 1] ?? -Infinity))
          .find((ms) => ms < NOT_BEFORE - JITTER);
        c.expect(
          gap === undefined,
          `Who has not answered is asked again after ${NOT_BEFORE} ms or more (handout)`,
          `server ${id} was sent a ${method} again after ${gap?.toFixed(1)} ms`,
          coordinator.id,
        );
      }
    }
  },
);
