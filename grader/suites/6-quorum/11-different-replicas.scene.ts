import { scene } from "../../../labs/kit/quorum";
import { made, Replicas } from "./stage";

const ALONE = { lab: 6, servers: 3, puppets: [0, 1, 2], promise: "regular", timeout: 400 } as const;

const DIFFERENT =
  "W and R count different replicas: one that answers twice is one (Gifford 1979; notes 000; handout)";

// Each answer comes three times, from one replica of the two that are needed.
scene("a replica that answers three times is one replica", { ...ALONE, points: 3 }, (c) => {
  const replicas = new Replicas(c);
  const coordinator = c.coordinator();
  replicas.repeat(3);
  for (const talker of c.servers) {
    const key = `key ${talker}`;
    replicas.speak();
    coordinator.write(key, "1");
    replicas.give(key, made(1, coordinator.id, "1"), talker);
    replicas.only(talker);
    const read = coordinator.ask({ kind: "read", key });
    const told = `only server ${talker} answers, three times; N=3 W=2 R=2`;
    c.expect(
      read === "failed",
      DIFFERENT,
      `${told}: a read ends with ${JSON.stringify(read)}`,
      coordinator.id,
    );
    replicas.speak();
    replicas.silence("store", ...c.servers.filter((id) => id !== talker));
    const write = coordinator.ask({ kind: "write", key, value: "2" });
    c.expect(
      write === "unknown",
      DIFFERENT,
      `${told} to stores: a write ends with ${JSON.stringify(write)}`,
      coordinator.id,
    );
  }
  replicas.speak();
  coordinator.write("x", "1");
  c.expect(
    coordinator.read("x").value === "1",
    "A read shows the last acknowledged write, or a newer one (regular; Lamport 1986)",
    "when all answer again the read does not show what was written",
    coordinator.id,
  );
});
