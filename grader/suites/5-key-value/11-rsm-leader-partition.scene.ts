import { scene, type Client, type KvCluster } from "../../../labs/kit/kv";
import { Caller, type Asked } from "./caller";
import { MAX_STATE_BYTES, reads } from "./script";

const REQUESTS = 100;

/** The handout's limit for a deposed leader that hears of the new one, in virtual ms (MIT: 1 s). */
const SOON = 1000;

const NEVER =
  "Only what a majority holds is executed: a leader without one answers no request as done (§8; MIT 6.5840, TestLeaderPartition)";
const TOLD =
  "A deposed leader tells those who wait that it does not lead: their commands may never be committed (§8; MIT 6.5840, TestLeaderPartition)";

/**
 * A leader in the minority gets a hundred writes, each in a session of its own; others lead, and do `meanwhile`. No write is ever
 * answered as done, none takes effect, and soon after all is healed each is answered.
 */
function deposed(c: KvCluster, meanwhile: (outside: Client) => void): void {
  const client = c.client();
  client.put("x", "0");
  const old = c.leader();
  const caller = new Caller(c, 3);
  const sessions = Array.from({ length: REQUESTS }, () => caller.open(old));
  c.expect(
    c.leader() === old,
    "While its heartbeats arrive, a leader is not deposed (§5.2)",
    "the leader has changed",
    old,
  );
  c.partition([old], c.others(old));
  const asked = sessions.map((session) =>
    caller.sendWrite(old, session, 1, { kind: "append", key: "x", value: "-" }),
  );
  c.watch(10);
  const outside = c.client(...c.others(old));
  outside.append("x", "1");
  c.watch(1000);
  none(c, old, asked);
  meanwhile(outside);

  c.heal();
  const answered = (): boolean => asked.every(({ answers }) => answers().length > 0);
  c.until(`telling all ${REQUESTS} who wait at server ${old} that it is deposed`, answered, SOON, TOLD);
  none(c, old, asked);
  reads(c, client, "x", "01", NEVER);
}

function none(c: KvCluster, server: number, asked: readonly Asked[]): void {
  const done = asked.filter(({ answers }) => answers().some(({ status }) => status === "ok")).length;
  c.expect(done === 0, NEVER, `server ${server} was alone, and has answered ${done} writes as done`, server);
}

const SETUP = { lab: 5, servers: 3, clients: 3, puppets: [3], points: 2 } as const;

scene("RSM leader partition", SETUP, (c) => {
  deposed(c, () => undefined);
});

// What the old leader waits for disappears in a snapshot: it never gets to apply another entry in that place.
scene(
  "a snapshot takes the place of what a deposed leader waits for",
  { ...SETUP, maxStateBytes: MAX_STATE_BYTES },
  (c) => {
    deposed(c, (outside) => {
      for (let i = 0; i < 150; i++) outside.put("y", `${i}`);
    });
  },
);
