import { scene } from "../../../labs/kit/kv";
import { Stage } from "./stage";

const ALONE = { lab: 5, servers: 5, puppets: [0, 1, 2, 3, 4], clients: 1, points: 1 } as const;

/** With a second of patience for each server; in virtual ms. */
const WITHIN = 10_000;

// Each round another one leads; of the others, some are silent and some do not know who.
scene("a client finds whoever leads", ALONE, (c) => {
  const stage = new Stage(c);
  const client = c.client();
  const random = c.random("parts");
  for (let i = 1; i <= 6; i++) {
    const [leader = 0, ...others] = random.shuffle(c.servers);
    for (const server of others) {
      const named = random.chance(0.5) ? leader : undefined;
      if (random.chance(0.5)) stage.silence(server);
      else stage.refuse(server, named);
    }
    stage.lead(leader);
    client.ask({ kind: "append", key: "x", value: `${i}` }, WITHIN);
    client.ask({ kind: "get", key: "x" }, WITHIN);
  }
});

// Servers that have been cut off from the leader believe what they heard last.
scene("two servers name each other", { ...ALONE, servers: 3, puppets: [0, 1, 2] }, (c) => {
  const stage = new Stage(c);
  const client = c.client();
  for (const leader of c.servers) {
    const [one = 0, two = 0] = c.others(leader);
    stage.refuse(one, two);
    stage.refuse(two, one);
    stage.lead(leader);
    client.ask({ kind: "append", key: "x", value: `${leader}` }, WITHIN);
    client.ask({ kind: "get", key: "x" }, WITHIN);
    stage.refuse(one, one); // and each itself
    stage.refuse(two, two);
    client.ask({ kind: "append", key: "x", value: `${leader} again` }, WITHIN);
  }
});

// A client that knows two servers of three.
scene("a leader that a client does not know", { ...ALONE, servers: 3, puppets: [0, 1, 2] }, (c) => {
  const stage = new Stage(c);
  const client = c.client(0, 1);
  client.ask({ kind: "append", key: "x", value: "1" }, WITHIN);
  stage.refuse(0, 2);
  stage.refuse(1, 2);
  const write = client.start({ kind: "append", key: "x", value: "2" });
  c.watch(2000);
  c.expect(
    c.pending(write),
    "Only whoever leads answers a write (§8)",
    "nobody did, but the client has an answer",
    client.id,
  );
  stage.lead(1);
  c.answer(write, WITHIN);
});
