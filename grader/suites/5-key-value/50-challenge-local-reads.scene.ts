import { scene } from "../../../labs/kit/kv";

const LOCAL =
  "A read in mode session is answered by whoever is asked, without a message to anybody (ZooKeeper, §4.4)";
const CHALLENGE = { lab: 5, challenge: true } as const;

// As the leader, and as a follower.
scene(
  "a session read costs nothing",
  { ...CHALLENGE, servers: 5, clients: 4, network: "constant", points: 3 },
  (c) => {
    const leader = c.leader();
    c.client().put("cost", "1");
    c.watch(500);
    for (const server of [leader, ...c.followers().slice(0, 1)]) {
      const { ms, calls, writes } = c.cost("session", server);
      const measured = `${(ms / 20).toFixed(2).replace(/\.?0+$/, "")} RTT, ${writes} writes`;
      c.claim(
        {
          what: server === leader ? "session read (leader)" : "session read (follower)",
          claimed: "0 RTT, 0 writes",
          measured,
          inAll: `${calls} calls, ${writes} writes`,
          met: ms < 10 && writes === 0 && calls === 0,
        },
        LOCAL,
        `measured at server ${server}: ${measured}; on all servers: ${calls} calls`,
        server,
      );
    }
  },
);

// There is nobody whom it could ask; old news is what the mode promises.
scene(
  "a server that is cut off answers session reads",
  { ...CHALLENGE, servers: 5, clients: 4, points: 3 },
  (c) => {
    const writer = c.client();
    const { version } = writer.put("x", "1");
    const [alone = 0, ...others] = c.followers();
    const reader = c.client(alone);
    c.awaitApplied(c.commitIndex);
    reader.get("x", "session");
    c.isolate(alone);
    for (let i = 0; i < 5; i++) writer.put("x", `new ${i}`);
    c.watch(1000);
    for (let i = 0; i < 3; i++) {
      const seen = reader.get("x", "session");
      c.expect(
        seen.version === version,
        LOCAL,
        `server ${alone}, cut off at version ${version}, answers version ${seen.version}`,
        alone,
      );
    }
    // So does the rest when no leader is left.
    c.crash(...others.slice(0, 2));
    const rest = c.running().filter((id) => id !== alone);
    c.partition(...rest.map((id) => [id]));
    const left = c.client(...rest);
    const { version: newest } = left.get("x", "session");
    c.expect(newest >= version, LOCAL, "a server that has applied more answers less");
  },
);
