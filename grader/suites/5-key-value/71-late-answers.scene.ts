import { scene, type KvRequest } from "../../../labs/kit/kv";
import { Stage } from "./stage";

const ALONE = { lab: 5, servers: 3, puppets: [0, 1, 2], clients: 1, points: 1 } as const;

const ITS_OWN =
  "An operation ends with the answer to one of its own requests; a late answer to an earlier one is none (handout)";

/** What a client asks twice, and what becomes of the key in between. */
const PAIRS: readonly (readonly [name: string, ask: (i: number) => KvRequest])[] = [
  ["get", () => ({ kind: "get", key: "x" })],
  ["get in mode log", () => ({ kind: "get", key: "x", read: "log" })],
  ["append", (i) => ({ kind: "append", key: "x", value: `(${i})` })],
  ["put", (i) => ({ kind: "put", key: "x", value: `put ${i}` })],
  ["cas", (i) => ({ kind: "cas", key: "x", expected: "never", value: `cas ${i}` })],
];

// The first request of an operation is answered when the next operation of the same kind is waiting.
scene("a late answer does not end a later operation", { ...ALONE, points: 2 }, (c) => {
  const stage = new Stage(c);
  const client = c.client();
  client.put("x", "0");
  for (const [round, [name, ask]] of PAIRS.entries()) {
    const method = name.startsWith("get") ? "clientQuery" : "clientRequest";
    const since = stage.heard.length;
    stage.withhold(method);
    const one = client.start(ask(2 * round));
    const [first] = stage.await(method, 1, since);
    stage.proceed();
    c.answer(one);
    client.append("x", "+"); // from here on the answer is an old one
    const now = stage.heard.length;
    stage.withhold(method);
    const two = client.start(ask(2 * round + 1));
    stage.await(method, 1, now);
    first?.send();
    c.watch(5);
    c.expect(
      c.pending(two),
      ITS_OWN,
      `client ${client.id} ends its second ${name} with the answer to the first one`,
      client.id,
    );
    stage.proceed();
    c.answer(two);
  }
});

// Each answer comes three times; and once more, when all is over.
scene("an operation ends once", ALONE, (c) => {
  const stage = new Stage(c);
  stage.repeat(3);
  const client = c.client();
  for (let i = 1; i <= 10; i++) {
    client.append("x", `${i}`);
    c.watch(5);
    client.get("x");
    c.watch(5);
  }
  for (const heard of stage.heard) heard.send();
  c.watch(10);
  const { version } = client.append("x", "end");
  c.expect(
    version === 11,
    "An operation ends once (contract)",
    `the 11th append is answered with version ${version}`,
    client.id,
  );
});

// It was refused somewhere, and the refusal comes when another server has already answered, or is about to.
scene("a late refusal changes nothing", ALONE, (c) => {
  const stage = new Stage(c);
  const client = c.client();
  client.put("x", "0");
  for (let i = 1; i <= 5; i++) {
    const since = stage.heard.length;
    c.hold({ kind: "reply", to: client.id });
    for (const server of c.servers) stage.refuse(server);
    const append = client.start({ kind: "append", key: "x", value: `${i}` });
    stage.await("clientRequest", 1, since);
    stage.lead(...c.servers);
    stage.await("clientRequest", 2, since);
    c.watch(10);
    c.release(); // the refusal first, then the answer
    c.answer(append);
    const again = client.start({ kind: "append", key: "x", value: `and ${i}` });
    for (const heard of stage.of("clientRequest", since).slice(0, 1)) heard.send();
    const { version } = c.answer(again);
    c.expect(
      version === 2 * i + 1,
      ITS_OWN,
      `change ${2 * i + 1} of the key is answered with version ${version}`,
      client.id,
    );
  }
});
