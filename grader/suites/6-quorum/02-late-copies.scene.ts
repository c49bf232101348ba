import { scene, type QuorumRequest } from "../../../labs/kit/quorum";
import { tell } from "./stage";

const NEVER_BACK = "A late write that is older than what a replica holds changes nothing (ABD; handout)";

// What the first coordinator sends is on its way for a long time; meanwhile the second one writes.
scene(
  "a late copy of an old write changes nothing",
  { lab: 6, servers: 3, coordinators: 2, points: 2 },
  (c) => {
    const [slow, quick] = [c.coordinator(), c.coordinator()];
    const random = c.random("operations");
    for (let round = 0; round < 6; round++) {
      const key = `key ${round}`;
      const operation = (value: string): QuorumRequest =>
        random.chance(0.3) ? { kind: "delete", key } : { kind: "write", key, value };
      c.hold({ from: slow.id, method: "store", kind: "request" });
      const late = slow.start(operation("late"));
      c.until("two stores of the first coordinator", () => c.held("store") >= 2);
      for (let i = 0; i < 2; i++) c.answered(quick.start(operation(`${i}`)));
      const last = c.answered(quick.start({ kind: "write", key, value: "last" }));
      c.release();
      c.answered(late);
      const holders = c.servers.filter((id) => c.disk(id, key)?.value === "last");
      const disks = c.servers.map((id) => `server ${id} ${tell(c.disk(id, key))}`).join(", ");
      c.expect(
        holders.length >= 2,
        NEVER_BACK,
        `version ${last.version?.number} of C${quick.id} was acknowledged; when the older write has arrived, the disks hold ${disks}`,
      );
      c.expect(slow.read(key).value === "last", NEVER_BACK, `${key} does not hold what was written last`);
    }
  },
);
