import { scene, type Coordinator, type QuorumCluster, type QuorumRequest } from "../../../labs/kit/quorum";

// What a coordinator forgets in a crash, and must not. The monitors know every version that was ever sent.

/** How many of its messages a crash may follow. */
const MESSAGES = 8;

/** As often as needed, since a crash may be set for its next message. */
function alive(c: QuorumCluster, { id }: Coordinator): void {
  if (!c.isUp(id)) c.restart(id);
}

for (const [promise, W, R, points] of [
  ["atomic", 2, 2, 2],
  ["regular", 1, 3, 1],
  ["eventual", 1, 1, 1],
] as const) {
  const setup = { lab: 6, servers: 3, coordinators: 2, W, R, promise, timeout: 300, points } as const;
  scene(`a coordinator crashes between any two messages, ${promise}`, setup, (c) => {
    const [coordinator, reader] = [c.coordinator(), c.coordinator()];
    const random = c.random("operations");
    for (const when of ["before", "after"] as const) {
      for (let nth = 1; nth <= MESSAGES; nth++) {
        alive(c, coordinator);
        coordinator.ask({ kind: "write", key: "x", value: `${nth} ${when}` });
        alive(c, coordinator);
        c.crashAt({ server: coordinator.id, effect: "call", nth, when });
        for (let i = 0; i < 3; i++) {
          alive(c, coordinator);
          const value = `${nth} ${when}: ${i}`;
          const request: QuorumRequest =
            random.int(4) === 0 ? { kind: "delete", key: "x" } : { kind: "write", key: "x", value };
          coordinator.ask(request);
        }
        reader.read("x");
      }
    }
    alive(c, coordinator);
    reader.write("x", "end");
  });
}

// A write has reached one replica when its coordinator crashes, and with it that replica: nobody else knows its number.
scene(
  "a number that nobody remembers",
  { lab: 6, servers: 3, coordinators: 2, promise: "regular", repairEvery: 200, points: 3 },
  (c) => {
    const [coordinator, reader] = [c.coordinator(), c.coordinator()];
    coordinator.write("x", "0");
    for (const [one = 0, ...others] of [
      [0, 1, 2],
      [1, 2, 0],
      [2, 0, 1],
    ]) {
      c.converge();
      for (const to of others) c.hold({ from: coordinator.id, to, method: "store" });
      coordinator.start({ kind: "write", key: "x", value: `half done at ${one}` });
      c.until("the new value is on one disk", () => c.disk(one, "x")?.value === `half done at ${one}`);
      c.isolate(one);
      c.crash(coordinator.id, one);
      for (const to of others) c.cut(coordinator.id, to);
      c.release();
      for (const to of others) c.mend(coordinator.id, to);
      c.restart(coordinator.id);
      coordinator.write("x", `after the crash at ${one}`);
      c.restart(one);
      c.heal();
      reader.read("x");
      coordinator.write("x", `then ${one}`);
    }
    c.converge();
    const { value } = reader.read("x");
    c.expect(
      value === "then 2",
      "A write is newer than all that was acknowledged before it (ABD, the query phase)",
      `the last write was "then 2", and the key holds ${JSON.stringify(value)}`,
    );
  },
);
