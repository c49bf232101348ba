import { scene } from "../../../labs/kit/kv";
import { numbered, Stage } from "./stage";

const ALONE = { lab: 5, servers: 5, puppets: [0, 1, 2, 3, 4], clients: 1, points: 1 } as const;

/** With a second of patience for each server; in virtual ms. */
const WITHIN = 10_000;

/** Seconds in which nobody answers as it should. */
const SECONDS = 5;

/** Of the handout: requests a second, when nobody answers, and when all refuse. */
const SILENT = 10;
const REFUSED = 200;

scene("nobody answers", ALONE, (c) => {
  const stage = new Stage(c);
  const client = c.client();
  client.put("x", "0");
  for (const [i, kind] of (["append", "get", "append"] as const).entries()) {
    stage.silence(...c.servers);
    const since = stage.heard.length;
    const open = client.start(kind === "get" ? { kind, key: "x" } : { kind, key: "x", value: `${i}` });
    c.watch(1000 * SECONDS);
    c.expect(c.pending(open), "What nobody answers has no answer", `client ${client.id} ends it`, client.id);
    c.budget(
      "messages",
      stage.heard.length - since,
      SILENT * SECONDS,
      `of client ${client.id}, in ${SECONDS} seconds in which nobody answers`,
    );
    stage.lead(...c.servers);
    c.answer(open, WITHIN);
  }
  numbered(c, stage, client.id);
});

scene("everybody refuses", { ...ALONE, points: 2 }, (c) => {
  const stage = new Stage(c);
  const client = c.client();
  client.put("x", "0");
  const refusals: readonly ((server: number) => number | undefined)[] = [
    () => undefined,
    (server) => (server + 1) % c.servers.length, // in a circle
    (server) => server,
    () => 3,
  ];
  for (const [i, leaderOf] of refusals.entries()) {
    for (const server of c.servers) stage.refuse(server, leaderOf(server));
    const since = stage.heard.length;
    const open = client.start(
      i === 0 ? { kind: "get", key: "x" } : { kind: "append", key: "x", value: `${i}` },
    );
    c.watch(1000 * SECONDS);
    c.expect(
      c.pending(open),
      "A refusal is no answer (§8)",
      `client ${client.id} ends what all have refused`,
      client.id,
    );
    c.budget(
      "messages",
      stage.heard.length - since,
      REFUSED * SECONDS,
      `of client ${client.id}, in ${SECONDS} seconds in which all refuse`,
    );
    stage.lead(i);
    c.answer(open, WITHIN);
  }
  numbered(c, stage, client.id);
});
