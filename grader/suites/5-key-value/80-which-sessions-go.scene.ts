import { scene, type KvCluster, type KvWrite } from "../../../labs/kit/kv";
import { shown } from "../1-election/script";
import { Caller } from "./caller";
import { crown } from "./crown";

const CALLER = 3;

const THREE = { lab: 5, servers: 3, clients: 2, puppets: [CALLER] } as const;

const KEPT =
  "A session goes when one more than maxSessions is opened, and not before; it is the oldest, or the one that was used least recently (contract)";
const SAME =
  "Sessions are given up by the log alone, so all servers keep the same ones (thesis, §6.3; handout)";

const DOT: KvWrite = { kind: "append", key: "x", value: "." };

/** The write must be executed: its session has to be there. */
function isKept(c: KvCluster, caller: Caller, session: number, sequence: number, why: string): void {
  const leader = c.leader();
  const reply = caller.write(leader, session, sequence, DOT);
  const message = `server ${leader} answers ${shown(reply)} to request ${sequence} of session ${session}; ${why}`;
  c.expect(reply?.status === "ok", KEPT, message, leader);
}

scene("elections cost nobody a session", { ...THREE, maxSessions: 3, points: 2 }, (c) => {
  const caller = new Caller(c, CALLER);
  const sessions = [1, 2, 3].map(() => caller.open(c.leader()));
  for (let sequence = 1; sequence <= 5; sequence++) {
    for (const session of sessions) {
      isKept(c, caller, session, sequence, "three sessions were opened in all, and three are to be kept");
    }
    const old = c.leader();
    c.crash(old);
    c.leader();
    c.restart(old);
  }
});

// By both rules: it is the newest, and was used last.
scene("a session that is new and busy stays", { ...THREE, maxSessions: 3, points: 1 }, (c) => {
  const caller = new Caller(c, CALLER);
  const leader = c.leader();
  for (let i = 0; i < 2; i++) caller.writes(leader, caller.open(leader), 1, DOT);
  for (let round = 1; round <= 4; round++) {
    const busy = caller.open(leader);
    for (let sequence = 1; sequence <= 6; sequence++) caller.writes(leader, busy, sequence, DOT);
    const next = caller.open(leader);
    caller.writes(leader, next, 1, DOT);
    isKept(c, caller, busy, 7, `one was opened since, two were there before it, and three are to be kept`);
  }
});

// It has never crashed, and so remembers what all others have given up.
scene(
  "a server that gets a snapshot gives up the sessions that are not in it",
  { ...THREE, maxSessions: 4, maxStateBytes: 600, points: 2 },
  (c) => {
    const caller = new Caller(c, CALLER);
    const other = c.client();
    other.put("y", "1");
    for (let round = 1; round <= 3; round++) {
      const leader = c.leader();
      const old = [1, 2, 3].map(() => caller.open(leader));
      for (const session of old) caller.writes(leader, session, 1, DOT);
      c.awaitApplied(c.commitIndex);
      const [away = 0] = c.followers();
      c.isolate(away);
      for (let i = 0; i < 4; i++) {
        const session = caller.open(leader);
        for (let sequence = 1; sequence <= 6; sequence++) caller.writes(leader, session, sequence, DOT);
      }
      c.settle([other.start({ kind: "put", key: "y", value: "2" })]);
      c.rejoin(away);
      c.awaitApplied(c.commitIndex);
      crown(c, away, other);
      for (const session of old) {
        const reply = caller.write(away, session, 2, DOT);
        const message =
          `server ${away}, which got a snapshot, answers ${shown(reply)} to request 2 of session ${session}; ` +
          "four newer ones were opened and used, and four are to be kept";
        c.expect(reply?.status === "sessionExpired", SAME, message, away);
      }
    }
  },
);

const FIRST =
  "A request is executed once; a copy is answered with what was answered the first time (§8; thesis, §6.3)";

// A compare-and-set that has not swapped was executed all the same: its client has gone on.
scene("a copy of a request that changed nothing", { ...THREE, maxStateBytes: 600, points: 2 }, (c) => {
  const caller = new Caller(c, CALLER);
  const session = caller.open(c.leader());
  const other = caller.open(c.leader());
  for (let round = 1; round <= 4; round++) {
    const leader = c.leader();
    const wanted = `value ${round}`;
    const cas: KvWrite = { kind: "cas", key: "x", expected: wanted, value: "swapped" };
    const first = caller.writes(leader, session, round, cas);
    caller.writes(leader, other, round, { kind: "put", key: "x", value: wanted });
    if (round === 2) {
      c.crash(leader);
      c.restart(leader);
    }
    if (round === 3) for (let i = 0; i < 8; i++) caller.open(leader);
    const now = c.leader();
    const again = caller.writes(now, session, round, cas);
    const { value } = caller.reads(now, "x");
    c.expect(
      again.swapped === false && again.version === first.version && value === wanted,
      FIRST,
      `cas("x", "${wanted}" → "swapped") was answered ${shown(first)} when x held something else; x became "${wanted}", a copy of the request ` +
        `came, server ${now} answered it with ${shown(again)}, and x holds ${shown([value])}`,
      now,
    );
  }
});
