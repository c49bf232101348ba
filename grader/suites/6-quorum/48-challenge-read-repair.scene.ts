import { scene } from "../../../labs/kit/quorum";

const REPAIRED = "What a read has found to be old is repaired, late answers included (handout, challenge)";

const SETUP = {
  lab: 6,
  challenge: true,
  servers: 5,
  W: 3,
  R: 3,
  coordinators: 2,
  promise: "regular",
} as const;

/** Virtual ms after which a repair must be done (handout). */
const SOON = 500;

scene("challenge: a read repairs whoever has shown it something older", { ...SETUP, points: 2 }, (c) => {
  const [writer, reader] = [c.coordinator(), c.coordinator()];
  const random = c.random("story");
  for (const key of ["a", "b", "c", "d"]) {
    writer.write(key, "old");
    c.reach(writer, ...random.shuffle(c.servers).slice(0, 3));
    writer.write(key, "new");
    const read = reader.start({ kind: "read", key });
    c.answered(read);
    c.watch(SOON);
    const stale = c.shown(read).filter(({ replica }) => c.disk(replica, key)?.value !== "new");
    const which = stale.map(({ replica }) => `server ${replica}`).join(", ");
    c.expect(stale.length === 0, REPAIRED, `${SOON} ms after a read to which it answered ${which} is as old`);
    c.reach(writer);
  }
});

scene("challenge: a read repairs whose answer comes late", { ...SETUP, points: 1 }, (c) => {
  const [writer, reader] = [c.coordinator(), c.coordinator()];
  writer.write("x", "old");
  const [late = 0, ...others] = c.random("late").shuffle(c.servers);
  c.reach(writer, ...others);
  writer.write("x", "new");
  c.hold({ kind: "reply", from: late, to: reader.id, method: "fetch" });
  reader.read("x");
  c.watch(10);
  const isAsked = c.held("fetch") > 0; // or else it has shown nothing
  c.release();
  c.watch(SOON);
  const value = c.disk(late, "x")?.value;
  c.expect(
    !isAsked || value === "new",
    REPAIRED,
    `${SOON} ms after its answer server ${late} holds ${value}`,
  );
});
