import { scene } from "../../../labs/kit/quorum";
import { Replicas, tell } from "./stage";

const ALONE = { lab: 6, servers: 5, puppets: [0, 1, 2, 3, 4], promise: "regular" } as const;

const HONEST =
  "“failed” says that it did not happen and never will; a write that has left may surface, so that its outcome is unknown (handout)";

// So many replicas have heard of the write, and so many of those acknowledge it: never enough.
scene("a write of which some have heard is unknown", { ...ALONE, timeout: 300, points: 3 }, (c) => {
  const replicas = new Replicas(c);
  const random = c.random("replicas");
  const coordinator = c.coordinator();
  coordinator.write("x", "0");
  for (const acknowledge of [2, 1, 0]) {
    for (const kind of ["write", "delete"] as const) {
      replicas.speak();
      const order = random.shuffle(c.servers);
      replicas.silence("store", ...order.slice(acknowledge));
      const since = replicas.heard.length;
      const result = coordinator.ask(
        kind === "write" ? { kind, key: "x", value: `${acknowledge}` } : { kind, key: "x" },
      );
      const [store] = replicas.of("store", since);
      c.expect(store !== undefined, HONEST, `a ${kind} has sent nothing to be stored`, coordinator.id);
      c.expect(
        result === "unknown",
        HONEST,
        `${tell(store?.entry ?? null)} was sent for a ${kind}, ${acknowledge} replicas of the 3 it needs have acknowledged it, and it ends with ${JSON.stringify(result)}`,
        coordinator.id,
      );
    }
  }
  replicas.speak();
  coordinator.read("x");
  coordinator.write("x", "end");
  c.expect(
    coordinator.read("x").value === "end",
    "A read shows the last acknowledged write, or a newer one (regular; Lamport 1986)",
    "after some writes of unknown outcome the next one is not read",
    coordinator.id,
  );
});

// Fewer than R replicas say what they hold, so that no version can be chosen.
scene("an operation that comes to nothing leaves nothing", { ...ALONE, timeout: 300, points: 2 }, (c) => {
  const replicas = new Replicas(c);
  const random = c.random("replicas");
  const coordinator = c.coordinator();
  coordinator.write("x", "start");
  for (let answer = 0; answer <= 2; answer++) {
    replicas.speak();
    replicas.silence("fetch", ...random.shuffle(c.servers).slice(answer));
    const since = replicas.heard.length;
    const read = coordinator.ask({ kind: "read", key: "x" });
    c.expect(
      read === "failed",
      HONEST,
      `${answer} replicas have answered, 3 are needed; a read ends with ${JSON.stringify(read)}`,
      coordinator.id,
    );
    coordinator.ask({ kind: "write", key: "x", value: `${answer}` });
    const [stored] = replicas.of("store", since).filter(({ entry }) => entry?.value === `${answer}`);
    c.expect(
      stored === undefined,
      "A write asks R replicas what they hold before it chooses a version (ABD, the query phase)",
      `${answer} of 3 replicas have answered, and it sends ${tell(stored?.entry ?? null)}`,
      coordinator.id,
    );
  }
  replicas.speak();
  c.expect(coordinator.read("x").value === "start", HONEST, "“x” has changed", coordinator.id);
});
