import { scene, type ReadAnswer, type Versioned } from "../../../labs/kit/quorum";
import { made, newest, Replicas, tell } from "./stage";

// One real coordinator, C5; the replicas are played.
const ALONE = { lab: 6, servers: 5, puppets: [0, 1, 2, 3, 4], promise: "regular" } as const;

const NEWEST =
  "A read shows the newest of the R versions that it has been answered with, by number, and by writer if numbers are equal; a tombstone is a version like any other (Gifford 1979; contract)";

// Exactly R replicas answer, in any order.
scene("a read takes the newest of R answers", { ...ALONE, points: 3 }, (c) => {
  const replicas = new Replicas(c);
  const random = c.random("versions");
  const coordinator = c.coordinator();
  for (let round = 0; round < 20; round++) {
    const key = `key ${round}`;
    const who = random.shuffle(c.servers).slice(0, 3);
    for (const id of c.servers) replicas.give(key, versionFrom(random), id);
    const expected = newest(who.map((id) => replicas.held(id, key)));
    const shown = who.map((id) => `server ${id} ${tell(replicas.held(id, key))}`).join(", ");
    replicas.only(...who);
    const { version, value }: ReadAnswer = coordinator.read(key);
    const isRight =
      version?.number === expected?.version.number && version?.writer === expected?.version.writer;
    c.expect(
      isRight && value === (expected?.value ?? null),
      NEWEST,
      `three replicas answer, ${shown}; the read shows ${tell(version === null ? null : { version, value })}`,
      coordinator.id,
    );
  }
});

/** Often equal numbers, and now and then a tombstone, or nothing. */
function versionFrom(random: { int(n: number): number }): Versioned | null {
  const number = random.int(4);
  const writer = 6 + random.int(4);
  return number === 0 ? null : made(number * 7, writer, (number + writer) % 4 === 0 ? null : undefined);
}
