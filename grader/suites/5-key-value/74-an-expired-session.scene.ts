import { scene } from "../../../labs/kit/kv";
import { Stage } from "./stage";

/** maxSessions only says that sessions may expire here. */
const ALONE = { lab: 5, servers: 3, puppets: [0, 1, 2], clients: 1, maxSessions: 1, points: 2 } as const;

const EXPIRED =
  'A write whose session has expired after it was sent ends as "unknown": whether it was executed, nobody knows (handout)';

scene("a client learns that its session has expired", ALONE, (c) => {
  const stage = new Stage(c);
  const client = c.client();
  client.put("x", "0");
  for (let i = 1; i <= 5; i++) {
    c.watch(20); // some ask two servers at once: a copy of the last request may be under way
    // Executed, and not answered; when it is sent again, the session is gone.
    const since = stage.heard.length;
    stage.withhold("clientRequest");
    const lost = client.start({ kind: "append", key: "x", value: `(lost ${i})` });
    stage.await("clientRequest", 1, since);
    stage.expire();
    stage.proceed();
    c.settle([lost]);
    c.expect(
      lost.result === "unknown",
      EXPIRED,
      `client ${client.id} reports ${JSON.stringify(lost.result)}`,
      client.id,
    );
    const { version } = client.append("x", `(next ${i})`);
    c.expect(
      version === 2 * i + 1,
      "After that it opens another session, and goes on (handout)",
      `change ${2 * i + 1} of the key is answered with version ${version}`,
      client.id,
    );
    c.expect(
      client.get("x").version === version,
      "A request is executed once (§8)",
      "it was executed twice",
      client.id,
    );
  }
});

// Whether it reports the first write as unknown, or sees that it was refused and sends it again, is its own affair.
scene("a client returns to an expired session", ALONE, (c) => {
  const stage = new Stage(c);
  const client = c.client();
  for (let i = 1; i <= 5; i++) {
    client.append("x", `(${i})`);
    client.append("x", `(${i} again)`);
    stage.expire();
    client.get("x");
    c.settle([client.start({ kind: "append", key: "x", value: `(${i} late)` })]);
    const { value } = client.get("x");
    const count = (value ?? "").split(`(${i} late)`).length - 1;
    c.expect(
      count <= 1,
      "A request is executed once (§8)",
      `"(${i} late)" stands there ${count} times`,
      client.id,
    );
  }
});
