import { scene, type ReadMode } from "../../../labs/kit/kv";
import { numbered, Stage } from "./stage";

// One real client, and servers that the scene plays.
const ALONE = { lab: 5, servers: 3, puppets: [0, 1, 2], clients: 1, points: 1 } as const;

const READS: readonly (ReadMode | undefined)[] = [
  "log",
  "readIndex",
  "lease",
  "follower",
  "session",
  undefined,
];

/** A client may lose one before it has used it; a new one for each write is another matter. */
const SESSIONS = 3;

scene("a client counts its writes", { ...ALONE, points: 2 }, (c) => {
  const stage = new Stage(c);
  const client = c.client();
  for (let i = 1; i <= 10; i++) {
    client.put("x", `${i}`);
    client.append("x", `.${i}`);
    client.cas("x", `${i}.${i}`, `done ${i}`);
    const since = stage.heard.length;
    const read = READS[i % READS.length];
    const { value } = client.get("x", read);
    c.expect(
      value === `done ${i}`,
      "A get is answered with what the key holds (§8)",
      `it holds "done ${i}", and the client reports ${JSON.stringify(value)}`,
      client.id,
    );
    const modes = stage.of("clientQuery", since).map(({ request }) => (request as { read?: ReadMode }).read);
    c.expect(
      read === undefined || modes.every((mode) => mode === read),
      "A get says how it is to be answered (contract, KvProtocol)",
      `client ${client.id} is to get in mode ${String(read)}, and sends ${modes.join(", ")}`,
      client.id,
    );
  }
  numbered(c, stage, client.id);
  const sessions = new Set(stage.writes().map(({ session }) => session)).size;
  c.expect(
    sessions <= SESSIONS,
    "A client keeps its session: the next write has the next number in it (thesis, §6.3; handout)",
    `client ${client.id} has written 30 times, in ${sessions} sessions`,
    client.id,
  );
});

// Every second request is executed, and not answered.
scene("a retry has the number of the first try", ALONE, (c) => {
  const stage = new Stage(c);
  const client = c.client();
  client.put("x", "0");
  for (let i = 1; i <= 6; i++) {
    const since = stage.heard.length;
    stage.withhold("clientRequest");
    const append = client.start({ kind: "append", key: "x", value: `${i}` });
    stage.await("clientRequest", 1 + (i % 3), since);
    stage.proceed();
    const { version } = c.answer(append);
    c.expect(
      version === i + 1,
      "A request is executed once, however often it is sent (§8)",
      `the append that made version ${i + 1} is answered with version ${version}`,
      client.id,
    );
  }
  numbered(c, stage, client.id);
});

// Two were opened, as the first answer was late; the write is under way in one of them.
scene("a second session comes late", ALONE, (c) => {
  const stage = new Stage(c);
  stage.withhold("openSession");
  const client = c.client();
  const write = client.start({ kind: "append", key: "x", value: "1" });
  const [first, second] = stage.await("openSession", 2, 0);
  stage.withhold("clientRequest");
  second?.send();
  stage.await("clientRequest", 1, 0);
  first?.send();
  c.watch(10);
  first?.send();
  stage.await("clientRequest", 2, 0);
  stage.proceed();
  c.answer(write);
  numbered(c, stage, client.id);
  client.append("x", "2");
  c.expect(
    client.get("x").value === "12",
    "A request is executed once, however often it is sent (§8)",
    "two appends have not made two changes",
    client.id,
  );
  numbered(c, stage, client.id);
});
