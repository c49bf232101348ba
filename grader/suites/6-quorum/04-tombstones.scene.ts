import { scene, type Versioned } from "../../../labs/kit/quorum";
import { made, Replicas, tell } from "./stage";

const STAYS =
  "A delete is a version like any other: it stays until something newer is written (tombstone; Demers et al. 1987; handout)";

interface Shown {
  readonly held: Versioned | null;
}

// One real replica, C1 is played.
scene(
  "what was deleted stays deleted",
  { lab: 6, servers: 1, coordinators: 1, puppets: [1], points: 2 },
  (c) => {
    const client = c.puppet(1);
    const shows = (key: string, expected: Versioned, after: string): void => {
      const { held = null } = (client.ask(0, "fetch", { key }) as unknown as Shown | undefined) ?? {};
      const isRight = tell(held) === tell(expected) && held?.value === expected.value;
      c.expect(isRight, STAYS, `${after} server 0 shows ${tell(held)}, not ${tell(expected)}`, 0);
    };
    for (const key of ["known", "never written"]) {
      if (key === "known") client.ask(0, "store", { key, entry: made(1, 1) });
      client.ask(0, "store", { key, entry: made(3, 1, null) });
      shows(key, made(3, 1, null), "after a delete");
      client.ask(0, "store", { key, entry: made(2, 1) });
      shows(key, made(3, 1, null), "after a delete and a late, older write");
      c.crash(0);
      c.restart(0);
      client.ask(0, "store", { key, entry: made(1, 1) });
      shows(key, made(3, 1, null), "after a delete, a restart and a late, older write");
      client.ask(0, "store", { key, entry: made(4, 1) });
      shows(key, made(4, 1), "after a delete and a newer write");
    }
  },
);

// Some replicas hold the tombstone, others still the value; C5 is real, and the replicas are played.
scene(
  "a read of a deleted key shows its tombstone",
  { lab: 6, servers: 5, puppets: [0, 1, 2, 3, 4], promise: "regular", points: 2 },
  (c) => {
    const replicas = new Replicas(c);
    const random = c.random("replicas");
    const coordinator = c.coordinator();
    for (let round = 0; round < 10; round++) {
      const key = `key ${round}`;
      const who = random.shuffle(c.servers).slice(0, 3);
      const deleted = random.shuffle(who).slice(0, 1 + random.int(3));
      replicas.give(key, made(5, 6, "old"), ...c.servers);
      replicas.give(key, made(6, 6, null), ...deleted);
      replicas.only(...who);
      const { version, value } = coordinator.read(key);
      c.expect(
        version?.number === 6 && value === null,
        STAYS,
        `${deleted.length} of the three replicas that answer hold a tombstone, version 6; the read shows ${tell(version === null ? null : { version, value })}`,
        coordinator.id,
      );
      const { version: next } = coordinator.write(key, "new");
      c.expect(
        (next?.number ?? 0) > 6,
        "A write is newer than the tombstone that it replaces (ABD, the query phase)",
        `the key was deleted as version 6, and then written as version ${next?.number}`,
        coordinator.id,
      );
    }
  },
);
