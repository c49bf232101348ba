import { scene, type QuorumCluster, type Versioned } from "../../../labs/kit/quorum";
import { made, newest, Replicas, tell, type Heard } from "./stage";

const SETUP = { lab: 6, servers: 3, puppets: [0, 1, 2] } as const;

const NEVER_OLDER =
  "What a replica is handed is never older than what it has shown: repair sends the newest to those that lag behind (Dynamo, §4.6; handout)";

/** After so many ms all that was sent has arrived. */
const MOMENT = 10;

/** Demands that nothing sent to these is older than what they have shown. */
function demand(c: QuorumCluster, servers: readonly number[], stores: readonly Heard[]): void {
  for (const { replica, entry, shown } of stores) {
    if (!servers.includes(replica) || entry === undefined || shown === undefined) continue;
    const { held } = shown;
    c.expect(
      newest([entry, held])?.version.number === entry.version.number,
      NEVER_OLDER,
      `server ${replica} has shown ${tell(held)}, and is sent ${tell(entry)}`,
    );
  }
}

// The third answer of each read comes late, and may be newer or older than the first two.
for (const promise of ["regular", "atomic"] as const) {
  scene(`repair never goes backwards, ${promise}`, { ...SETUP, promise, points: 2 }, (c) => {
    const replicas = new Replicas(c);
    const random = c.random("versions");
    const coordinator = c.coordinator();
    for (let round = 0; round < 8; round++) {
      const key = `key ${round}`;
      const order = random.shuffle(c.servers);
      const [late = 0, ...quick] = order;
      for (const [i, number] of random.shuffle([1, 2, 3]).entries()) {
        replicas.give(key, made(number, 5, number === 2 ? null : undefined), i);
      }
      const expected = newest(quick.map((id) => replicas.held(id, key)));
      replicas.silence("fetch", ...c.servers);
      const since = replicas.heard.length;
      const read = coordinator.start({ kind: "read", key });
      replicas.await("fetch", c.servers, since);
      for (const id of quick) replicas.listen("fetch", id);
      const { version } = c.answered(read) as { version: Versioned["version"] | null };
      c.expect(
        version?.number === expected?.version.number,
        "A read shows the newest of R answers (Gifford 1979)",
        `the two replicas that have answered hold ${tell(expected)}; the read shows version ${version?.number}`,
        coordinator.id,
      );
      c.watch(MOMENT);
      demand(c, quick, replicas.of("store", since));
      const then = replicas.heard.length;
      replicas.listen("fetch", late);
      c.watch(100);
      demand(c, c.servers, replicas.of("store", then));
    }
  });
}

// Those that answer differ; what is found must be on W replicas before anybody hears of it.
for (const { name, servers, W, R } of [
  { name: "a majority", servers: 3, W: 2, R: 2 },
  { name: "more than have answered", servers: 5, W: 4, R: 2 },
]) {
  const puppets = Array.from({ length: servers }, (_, i) => i);
  scene(
    `what was read is written back to W replicas: ${name}`,
    { lab: 6, servers, W, R, puppets, promise: "atomic", points: 2 },
    (c) => {
      const replicas = new Replicas(c);
      const random = c.random("replicas");
      const coordinator = c.coordinator();
      coordinator.write("z", "0");
      for (let round = 0; round < 4; round++) {
        const key = `key ${round}`;
        const [ahead = 0, ...behind] = random.shuffle(c.servers);
        replicas.give(key, made(1, 9), ...behind);
        replicas.give(key, made(2, 9, round % 2 === 0 ? null : "new"), ahead);
        replicas.only(ahead, ...behind.slice(0, R - 1));
        replicas.silence("store", ...c.servers);
        const since = replicas.heard.length;
        const read = coordinator.start({ kind: "read", key });
        replicas.await("store", behind, since);
        for (const heard of firsts(replicas.of("store", since), behind.slice(0, W - 2))) heard.answer();
        c.watch(10);
        c.expect(
          c.pending(read),
          "An atomic read writes back what it has found, and shows it once W replicas hold it (ABD 1995)",
          `${W - 1} of the ${W} replicas have it, and the read ends with ${JSON.stringify(read.result)}`,
          coordinator.id,
        );
        replicas.speak();
        for (const heard of firsts(replicas.of("store", since), behind.slice(W - 2))) heard.answer();
        c.answered(read);
      }
    },
  );
}

/** The first request to each of these. */
function firsts<T extends { readonly replica: number }>(
  heard: readonly T[],
  replicas: readonly number[],
): T[] {
  return replicas.flatMap((id) => heard.find(({ replica }) => replica === id) ?? []);
}
