import { scene } from "../../../labs/kit/quorum";
import { made, Replicas, tell, type Heard } from "./stage";

// One real coordinator, C3. The replicas are played, and one is always late.
const ALONE = { lab: 6, servers: 3, puppets: [0, 1, 2], promise: "regular" } as const;

const ITS_OWN =
  "What was asked for an earlier operation shows what was: it is no answer to a later one (handout)";

const MOMENT = 5;

// What a replica showed to the first read arrives when the second one waits; meanwhile the other two have heard of a newer version.
scene("a late answer to an earlier read is none", { ...ALONE, points: 3 }, (c) => {
  const replicas = new Replicas(c);
  const random = c.random("who");
  const coordinator = c.coordinator();
  for (let round = 1; round <= 6; round++) {
    const key = round % 2 === 0 ? "x" : `key ${round}`;
    const [late = 0, ...rest] = random.shuffle(c.servers);
    const [first = 0, second = 0] = rest;
    const old = made(10 * round, 5);
    const fresh = made(10 * round + 1, 5);
    replicas.give(key, old, ...c.servers);
    replicas.silence("fetch", ...c.servers);
    const before = replicas.heard.length;
    const one = coordinator.start({ kind: "read", key });
    replicas.await("fetch", c.servers, before);
    const own = latest(replicas.of("fetch", before), c.servers);
    for (const id of rest) own.get(id)?.answer();
    c.answered(one);

    replicas.give(key, fresh, late, second);
    const since = replicas.heard.length;
    const two = coordinator.start({ kind: "read", key });
    const [again] = replicas.await("fetch", [first], since);
    replicas.await("fetch", c.servers, since);
    own.get(late)?.answer();
    again?.answer();
    c.watch(MOMENT);
    const seen = c.pending(two) ? "" : `, and ends with ${JSON.stringify(two.result)}`;
    c.expect(
      c.pending(two),
      ITS_OWN,
      `of this read server ${first} alone has answered, with ${tell(old)}; server ${late}'s answer to the read before comes late${seen}`,
      coordinator.id,
    );
    replicas.speak();
    latest(replicas.of("fetch", since), c.servers).get(second)?.answer();
    const { version } = c.answered(two);
    c.expect(
      version?.number === fresh.version.number,
      "A read shows the newest of R answers (Gifford 1979)",
      `the read shows version ${version?.number}`,
      coordinator.id,
    );
  }
});

// A write is given up; its acknowledgements arrive when the next one waits for its own.
scene("a late acknowledgement of an earlier write is none", { ...ALONE, timeout: 400, points: 2 }, (c) => {
  const replicas = new Replicas(c);
  const coordinator = c.coordinator();
  for (let round = 1; round <= 4; round++) {
    const keys = round % 2 === 0 ? ["x", "x"] : [`one ${round}`, `other ${round}`];
    const [before, then] = keys.map((key, i) => {
      const since = replicas.heard.length;
      replicas.silence("store", ...c.servers);
      const entry = coordinator.start({ kind: "write", key, value: `${round}.${i}` });
      replicas.await("store", c.servers, since);
      if (i === 0) c.ended(entry);
      return { entry, stores: latest(replicas.of("store", since), c.servers) };
    });
    for (const store of before?.stores.values() ?? []) store.answer();
    c.watch(MOMENT);
    if (then === undefined) continue;
    c.expect(
      c.pending(then.entry),
      ITS_OWN,
      `nobody has acknowledged this write; when those of the write before come late, it ends with ${JSON.stringify(then.entry.result)}`,
      coordinator.id,
    );
    for (const store of then.stores.values()) store.answer();
    c.answered(then.entry);
    replicas.speak();
    c.expect(
      coordinator.read("x").value === (round > 1 ? `${round - (round % 2)}.1` : null),
      "A read shows the last acknowledged write, or a newer one (regular; Lamport 1986)",
      "the read shows something else",
      coordinator.id,
    );
  }
});

// It has ended as “failed” or “unknown” before anybody answers; then all do.
scene("answers that come when all is over", { ...ALONE, timeout: 300, points: 2 }, (c) => {
  const replicas = new Replicas(c);
  const coordinator = c.coordinator();
  coordinator.write("x", "0");
  for (const method of ["fetch", "store"] as const) {
    for (const kind of ["read", "write"] as const) {
      replicas.silence(method, ...c.servers);
      const since = replicas.heard.length;
      const value = `${method}.${kind}`;
      coordinator.ask(kind === "read" ? { kind, key: "x" } : { kind, key: "x", value });
      replicas.speak();
      for (const heard of replicas.of(method, since)) heard.answer();
      c.watch(MOMENT);
      coordinator.write("y", value);
      c.expect(
        coordinator.read("y").value === value,
        "After an operation that came to nothing the next one does what it is asked to (handout)",
        `after a ${kind} whose ${method} requests were answered too late, “y” does not hold what was written`,
        coordinator.id,
      );
    }
  }
});

/** The last request that each has had. */
function latest(heard: readonly Heard[], servers: readonly number[]): Map<number, Heard> {
  const found = new Map<number, Heard>();
  for (const one of heard) if (servers.includes(one.replica)) found.set(one.replica, one);
  return found;
}
