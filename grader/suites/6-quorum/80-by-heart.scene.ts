import { scene, type Coordinator, type QuorumCluster } from "../../../labs/kit/quorum";

const SETUP = { lab: 6, servers: 3, promise: "atomic", timeout: 300, points: 2 } as const;

const SOMETHING = "A read shows what was written (validity; handout)";

/** Lets a coordinator send stores to nobody but `holder`, until its operation has given up; what was held back is lost. */
function halfDone(c: QuorumCluster, who: Coordinator, holder: number, operation: () => void): void {
  for (const to of c.others(holder)) c.hold({ kind: "request", from: who.id, method: "store", to });
  operation();
  c.reach(who, holder);
  c.release();
  c.watch(20);
}

// What it has written itself is on one disk, and then it reads.
scene("a writer does not trust its own half-done write", { ...SETUP, coordinators: 2 }, (c) => {
  const [writer, reader] = c.coordinators(2);
  if (writer === undefined || reader === undefined) return;
  const random = c.random("holders");
  for (const key of ["a", "b", "c"]) {
    const [holder = 0, second = 1, third = 2] = random.shuffle(c.servers);
    c.reach(writer);
    c.reach(reader, second, third);
    writer.write(key, "old");
    halfDone(c, writer, holder, () => writer.ask({ kind: "write", key, value: "new" }));
    c.reach(writer, second, third);
    writer.read(key); // may show the old value, or see to it that the new one is here
    c.expect(reader.read(key).value !== null, SOMETHING, `nothing is shown of "${key}"`);
    c.reach(writer, holder, second);
    writer.read(key); // finds it, and has to hand it to the second
    reader.read(key);
  }
});

// A read finds what one replica holds, and gives up before another one has it.
scene("a reader does not trust what it could not write back", { ...SETUP, coordinators: 3 }, (c) => {
  const [writer, reader, other] = c.coordinators(3);
  if (writer === undefined || reader === undefined || other === undefined) return;
  const random = c.random("holders");
  for (const key of ["a", "b", "c"]) {
    const [holder = 0, second = 1, third = 2] = random.shuffle(c.servers);
    for (const one of [writer, reader]) c.reach(one);
    c.reach(other, second, third);
    writer.write(key, "old");
    reader.read(key);
    halfDone(c, writer, holder, () => writer.ask({ kind: "write", key, value: "new" }));
    halfDone(c, reader, holder, () => {
      c.reach(reader, holder, second);
      const read = reader.ask({ kind: "read", key });
      c.expect(
        read === "failed",
        SOMETHING,
        `only server ${holder} could be told, and the read has not failed`,
      );
    });
    c.reach(reader, second, third);
    reader.read(key);
    other.read(key);
    c.reach(reader, holder, second);
    reader.read(key); // the second time, it has to write back what it has begun to write back before
    other.read(key);
  }
});
