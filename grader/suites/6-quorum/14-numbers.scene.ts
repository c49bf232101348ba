import { compareVersions, scene, tellVersion, type Version } from "../../../labs/kit/quorum";
import { made, newest, Replicas } from "./stage";

const NEWER =
  "A write gets a version that is newer than all that R replicas have shown (ABD, the query phase; Lynch & Shvartsman 1997)";

// Three of five replicas answer; somebody else has written before, with any numbers. C5 is real.
scene(
  "a write is newer than what it has seen",
  { lab: 6, servers: 5, puppets: [0, 1, 2, 3, 4], promise: "regular", points: 3 },
  (c) => {
    const replicas = new Replicas(c);
    const random = c.random("versions");
    const coordinator = c.coordinator();
    for (let round = 0; round < 15; round++) {
      const key = random.pick(["x", "y", `key ${round}`]);
      const who = random.shuffle(c.servers).slice(0, 3);
      const base = (newest(c.servers.map((id) => replicas.held(id, key)))?.version.number ?? 0) + 1;
      for (const id of random.shuffle(c.servers).slice(0, random.int(4))) {
        const number = base + random.pick([0, 1, 1000, 1_000_000]);
        replicas.give(key, made(number, 6, random.chance(0.2) ? null : undefined), id);
      }
      const best = newest(who.map((id) => replicas.held(id, key)))?.version ?? null;
      replicas.only(...who);
      const { version } = random.chance(0.3) ? coordinator.delete(key) : coordinator.write(key, `${round}`);
      c.expect(
        compareVersions(version, best) > 0,
        NEWER,
        `the newest of what three replicas hold is ${tellVersion(best)}; the write is ${tellVersion(version)}`,
        coordinator.id,
      );
    }
  },
);

// It reaches a replica or two, and nobody asks before it writes; so its own memory is all that it has.
for (const promise of ["eventual", "atomic"] as const) {
  scene(
    `one of five is enough to write, ${promise} is asked for`,
    { lab: 6, servers: 5, coordinators: 2, W: 1, R: 4, promise, timeout: 300, points: 2 },
    (c) => {
      const coordinator = c.coordinator();
      const random = c.random("replicas");
      let last: Version | null = null;
      for (let round = 0; round < 12; round++) {
        c.reach(coordinator, random.int(5));
        const { version } = random.chance(0.2) ? coordinator.delete("x") : coordinator.write("x", `${round}`);
        c.expect(
          compareVersions(version, last) > 0,
          "A coordinator's own versions grow, over restarts too (contract, Version)",
          `C${coordinator.id} has written ${tellVersion(last)}, and then ${tellVersion(version)}`,
          coordinator.id,
        );
        last = version;
        if (!random.chance(0.3)) continue;
        c.crash(coordinator.id);
        c.restart(coordinator.id);
      }
      const read = coordinator.ask({ kind: "read", key: "x" });
      c.expect(
        read === "failed",
        "A read needs R answers (notes 000)",
        `with one replica of the four that it needs a read ends with ${JSON.stringify(read)}`,
        coordinator.id,
      );
      c.reach(coordinator);
      coordinator.read("x");
    },
  );
}
