import { scene, type Entry, type KvCluster, type KvWrite } from "../../../labs/kit/kv";
import { shown } from "../1-election/script";
import { Caller } from "./caller";
import { crown } from "./crown";

const EXPIRED =
  "The service keeps maxSessions sessions; whoever comes with another one is told that it has expired, and nothing is executed (thesis, §6.3)";
const RECOVERS = "A client whose session has expired opens a new one for its next operation (contract)";
const TWICE =
  "A write of an expired session may have been executed, so it is not tried in another one (contract)";
const SAME =
  "Sessions are opened and given up in the order of the log, so on every server alike (thesis, §6.3)";

// One session after the other is pushed out before its client comes again.
scene(
  "a client that returns after its session has expired",
  { lab: 5, servers: 3, clients: 6, maxSessions: 3, points: 3 },
  (c) => {
    const clients = c.clients(6);
    const entries: Entry[] = [];
    for (let round = 0; round < 4; round++) {
      const answers = clients.map((client) => {
        const entry = client.start({ kind: "append", key: "x", value: `(${client.id}.${round})` });
        c.settle([entry]);
        entries.push(entry);
        return entry.result !== "unknown";
      });
      if (round === 0)
        c.expect(answers.every(Boolean), RECOVERS, "a client's very first write ends as unknown");
      if (round === 1) c.crash(c.leader());
      if (round === 2) c.restart(...c.servers);
    }
    for (const client of clients) {
      const own = entries.filter((entry) => entry.client === client.id);
      const inARow = own.some(
        (entry, i) => i > 0 && entry.result === "unknown" && own[i - 1]?.result === "unknown",
      );
      c.expect(
        !inARow,
        RECOVERS,
        `client ${client.id}'s writes end as unknown one after the other`,
        client.id,
      );
    }
    const value = clients[0]?.get("x").value ?? "";
    for (const { client, request, result } of entries) {
      const token = (request as { value: string }).value;
      const count = value.split(token).length - 1;
      const fits = count === 1 || (count === 0 && result === "unknown");
      c.expect(
        fits,
        TWICE,
        `client ${client}'s append of ${token} ended with ${JSON.stringify(result)}, and stands there ${count} times`,
      );
    }
  },
);

// Executed, not answered, and given up: nobody can tell it from a request that never came.
scene(
  "a session that expires while its client waits",
  { lab: 5, servers: 3, clients: 6, maxSessions: 3, points: 2 },
  (c) => {
    const [client, ...others] = c.clients(6);
    if (client === undefined) return;
    for (let round = 1; round <= 3; round++) {
      client.put("y", "1");
      for (const server of c.servers) c.cutOneWay(server, client.id);
      const { commitIndex } = c;
      const entry = client.start({ kind: "append", key: "x", value: `(${round})` });
      c.until("the commitment of an append", () => c.commitIndex > commitIndex);
      for (const other of others) c.settle([other.start({ kind: "append", key: "z", value: "." })]);
      c.connect(client);
      c.settle([entry]);
      const { value = "" } = client.get("x");
      const count = value.split(`(${round})`).length - 1;
      c.expect(
        count === 1,
        TWICE,
        `append("(${round})") was executed once, its session expired, and now it stands there ${count} times`,
      );
      c.settle([client.start({ kind: "append", key: "y", value: "2" })]);
    }
  },
);

const CALLER = 3;

const LIMITED = {
  lab: 5,
  servers: 3,
  clients: 2,
  puppets: [CALLER],
  maxSessions: 3,
  maxStateBytes: 1000,
} as const;

function append(value: string): KvWrite {
  return { kind: "append", key: "x", value };
}

scene("more sessions than the service keeps", { ...LIMITED, points: 2 }, (c) => {
  const caller = new Caller(c, CALLER);
  const leader = c.leader();
  const sessions: number[] = [];
  for (let i = 0; i < 3; i++) sessions.push(caller.open(leader));
  for (const session of sessions) caller.writes(leader, session, 1, append("a"));
  const late = Array.from({ length: 3 }, () => caller.open(leader));
  for (const session of late) caller.writes(leader, session, 1, append("b"));
  for (const session of sessions) {
    for (const sequence of [1, 2]) {
      const reply = caller.write(leader, session, sequence, append("c"));
      c.expect(
        reply?.status === "sessionExpired",
        EXPIRED,
        `server ${leader} answers ${shown(reply)} to a request of session ${session}, after three newer ones were opened and used`,
        leader,
      );
    }
  }
  for (const session of late) caller.writes(leader, session, 2, append("d"));
  const { value } = caller.reads(leader, "x");
  c.expect(value === "aaabbbddd", EXPIRED, `x holds ${JSON.stringify(value)}`, leader);
});

/** What a session was told, of which nobody knows how long the service keeps it. */
interface Told {
  readonly session: number;
  /** Requests so far. */
  sequence: number;
  /** What all appends have made that were acknowledged. */
  value: string;
}

/** Each session appends to a key of its own. @returns how many sessions there still were */
function appendAll(c: KvCluster, caller: Caller, sessions: readonly Told[]): number {
  const leader = c.leader();
  const kept = sessions.filter((told) => {
    const { session } = told;
    const value = `${++told.sequence}`;
    const reply = caller.write(leader, session, told.sequence, {
      kind: "append",
      key: `of ${session}`,
      value,
    });
    c.expect(
      reply?.status === "ok" || reply?.status === "sessionExpired",
      EXPIRED,
      `server ${leader}, the leader, answers ${shown(reply)} to a write`,
      leader,
    );
    if (reply?.status === "ok") told.value += value;
    return reply?.status === "ok";
  });
  return kept.length;
}

// Used in another order than opened; some servers come from a snapshot, some have seen it all.
scene("all servers give up the same sessions", { ...LIMITED, maxSessions: 5, points: 3 }, (c) => {
  const caller = new Caller(c, CALLER);
  const other = c.client();
  other.put("y", "1");
  const random = c.random("sessions");
  const sessions: Told[] = [];
  for (let round = 1; round <= 6; round++) {
    const old = c.leader();
    for (let i = 0; i < (round === 1 ? 4 : 1); i++) {
      sessions.push({ session: caller.open(old), sequence: 0, value: "" });
    }
    const kept = appendAll(c, caller, random.shuffle(sessions));
    c.expect(kept <= 5, EXPIRED, `server ${old} keeps ${kept} sessions`, old);
    const [restarted = 0] = c.followers();
    for (let i = 0; i < 15; i++) c.settle([other.start({ kind: "put", key: "y", value: `${i}` })]);
    c.crash(restarted);
    c.restart(restarted);
    crown(c, restarted, other);
    for (const { session, value } of sessions) {
      const seen = caller.reads(restarted, `of ${session}`).value;
      c.expect(
        seen === value,
        SAME,
        `session ${session} has had its appends of ${JSON.stringify(value)} acknowledged; server ${restarted}, which was restarted, has executed ${JSON.stringify(seen)}`,
        restarted,
      );
    }
  }
});
