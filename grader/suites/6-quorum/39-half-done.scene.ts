import { compareVersions, scene, type Coordinator, type QuorumCluster } from "../../../labs/kit/quorum";

const ONCE = "A half-done write surfaces once or never: what is newer stays (handout)";

type Random = ReturnType<QuorumCluster["random"]>;

const SETUP = { lab: 6, servers: 5, coordinators: 4, timeout: 500, repairEvery: 300 } as const;

/** Reads at three random replicas of five. */
function look(c: QuorumCluster, readers: readonly Coordinator[], random: Random): void {
  for (const reader of readers) {
    c.reach(reader, ...random.shuffle(c.servers).slice(0, 3));
    reader.read("x");
  }
}

scene("a coordinator crashes in the middle of its writes", { ...SETUP, points: 2 }, (c) => {
  const [writer, ...readers] = c.coordinators(3);
  if (writer === undefined) return;
  const random = c.random("story");
  writer.write("x", "first");
  for (let round = 0; round < 8; round++) {
    const effect = random.pick(["call", "call", "save", "setTimer"] as const);
    const nth = effect === "call" ? 1 + random.int(10) : 1;
    c.crashAt({ server: writer.id, effect, nth, when: random.pick(["before", "after"]) });
    writer.start({ kind: random.chance(0.2) ? "delete" : "write", key: "x", value: `round ${round}` });
    c.watch(random.between(0, 20));
    c.crash(writer.id);
    look(c, readers, random);
    while (!c.isUp(writer.id)) c.restart(writer.id); // what it does when it boots may still be where it crashes
  }
  c.coordinator().write("x", "last");
  for (const reader of readers) c.reach(reader);
  for (const reader of readers) reader.read("x");
  c.converge();
});

scene("a half-done write arrives when it is old", { ...SETUP, points: 2 }, (c) => {
  const [lost, writer, reader] = [c.coordinator(), c.coordinator(), c.coordinator()];
  const random = c.random("story");
  writer.write("x", "first");
  c.hold({ kind: "request", from: lost.id, method: "store" });
  const half = lost.start({ kind: "write", key: "x", value: "half-done" });
  c.until("it has been sent", () => c.held("store") > 0);
  if (random.chance(0.5)) c.crash(lost.id);
  c.settle([half]);
  writer.write("x", "second");
  if (random.chance(0.5)) writer.delete("x");
  const before = reader.read("x");
  c.release();
  c.watch(random.between(0, 10));
  const after = reader.read("x");
  c.expect(
    compareVersions(after.version, before.version) >= 0,
    ONCE,
    `“${before.value}” was overtaken by “${after.value}”, which is older`,
  );
  c.converge();
  reader.read("x");
});

scene("writes that have ended as unknown", { ...SETUP, points: 1 }, (c) => {
  const [unlucky, ...others] = c.coordinators(3);
  if (unlucky === undefined) return;
  const random = c.random("story");
  for (let round = 0; round < 4; round++) {
    const [reached = 0, ...rest] = random.shuffle(c.servers);
    for (const to of rest) c.hold({ kind: "request", from: unlucky.id, method: "store", to });
    unlucky.ask({ kind: "write", key: "x", value: `round ${round}` });
    c.until("one replica holds it", () => c.disk(reached, "x")?.value === `round ${round}`);
    look(c, others, random);
    c.release();
    look(c, others, random);
  }
  c.converge();
});
