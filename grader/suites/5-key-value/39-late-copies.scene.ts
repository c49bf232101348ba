import { scene, type KvCluster, type KvWrite } from "../../../labs/kit/kv";
import { answered, Caller, type Asked } from "./caller";
import { crown } from "./crown";

const ONCE =
  "A request of a session is executed once: a copy is answered with what was answered before (§8; thesis, §6.3)";
const LATE =
  "A copy of a request whose session has gone on is not executed: its client has its answer (§8; thesis, §6.3)";

const CALLER = 3;

const THREE = { lab: 5, servers: 3, clients: 2, puppets: [CALLER] } as const;

function append(value: string): KvWrite {
  return { kind: "append", key: "x", value };
}

/** What x holds, as the leader says. */
function holds(c: KvCluster, caller: Caller, value: string, rule: string): void {
  const leader = c.leader();
  const seen = caller.reads(leader, "x").value;
  c.expect(
    seen === value,
    rule,
    `x holds ${JSON.stringify(seen)}; expected ${JSON.stringify(value)}`,
    leader,
  );
}

/** A copy of a request that was answered. */
function again(
  c: KvCluster,
  caller: Caller,
  session: number,
  sequence: number,
  value: string,
  version: number,
): void {
  const leader = c.leader();
  const seen = caller.writes(leader, session, sequence, append(value)).version;
  c.expect(
    seen === version,
    ONCE,
    `server ${leader} answers version ${seen} to a copy of what made version ${version}`,
    leader,
  );
}

scene("the same request, to the same leader and to the next one", { ...THREE, points: 2 }, (c) => {
  const caller = new Caller(c, CALLER);
  const session = caller.open(c.leader());
  again(c, caller, session, 1, "a", 1);
  again(c, caller, session, 1, "a", 1);
  holds(c, caller, "a", ONCE);
  const old = c.leader();
  c.crash(old);
  again(c, caller, session, 1, "a", 1);
  again(c, caller, session, 2, "b", 2);
  c.restart(old);
  again(c, caller, session, 2, "b", 2);
  c.crash(...c.servers);
  c.restart(...c.servers);
  again(c, caller, session, 2, "b", 2);
  holds(c, caller, "ab", ONCE);
});

// Both may be in the log before either is executed.
scene("copies of a request at one instant", { ...THREE, points: 2 }, (c) => {
  const caller = new Caller(c, CALLER);
  const session = caller.open(c.leader());
  let value = "";
  for (let sequence = 1; sequence <= 6; sequence++) {
    value += `${sequence}`;
    const leader = c.leader();
    c.hold({ from: CALLER });
    const copies = Array.from({ length: 4 }, () =>
      caller.sendWrite(leader, session, sequence, append(`${sequence}`)),
    );
    c.watch(5);
    c.release();
    c.watch(300);
    const versions = copies.flatMap((copy) => answered(copy)?.version ?? []);
    c.expect(
      versions.every((version) => version === sequence),
      ONCE,
      `server ${leader} answers the copies of request ${sequence} with the versions ${versions.join(", ")}`,
      leader,
    );
    again(c, caller, session, sequence, `${sequence}`, sequence);
    holds(c, caller, value, ONCE);
  }
});

/** Copies of all that was sent before, in the order of a bad network. */
function lateCopies(c: KvCluster, caller: Caller, session: number, upTo: number): Asked[] {
  const leader = c.leader();
  const order = c.random("copies").shuffle(Array.from({ length: upTo }, (_, i) => i + 1));
  const copies = order.map((sequence) => caller.sendWrite(leader, session, sequence, append(`${sequence}`)));
  c.watch(300);
  return copies;
}

scene("a late copy of an old request", { ...THREE, clients: 3, maxStateBytes: 1500, points: 3 }, (c) => {
  const caller = new Caller(c, CALLER);
  const session = caller.open(c.leader());
  const other = c.client();
  let value = "";
  for (let sequence = 1; sequence <= 8; sequence++) {
    caller.writes(c.leader(), session, sequence, append(`${sequence}`));
    value += `${sequence}`;
    lateCopies(c, caller, session, sequence - 1);
    holds(c, caller, value, LATE);
    if (sequence === 3) crown(c, c.followers()[0] ?? 0, other);
    if (sequence === 5) for (let i = 0; i < 20; i++) other.put("y", `${i}`);
    if (sequence === 6) {
      c.crash(...c.servers);
      c.restart(...c.servers);
    }
  }
});

// Requests are numbered by session: equal numbers of two clients are two requests.
scene("two sessions with the same numbers", { ...THREE, clients: 1, points: 1 }, (c) => {
  const caller = new Caller(c, CALLER);
  const sessions = [caller.open(c.leader()), caller.open(c.leader()), caller.open(c.leader())];
  c.expect(
    new Set(sessions).size === 3,
    "Each session has a number of its own (contract)",
    `sessions ${sessions.join(", ")}`,
  );
  let version = 0;
  for (let sequence = 1; sequence <= 3; sequence++) {
    for (const session of sessions) {
      version += 1;
      again(c, caller, session, sequence, "a", version);
      again(c, caller, session, sequence, "a", version);
    }
    const old = c.leader();
    c.crash(old);
    c.leader();
    c.restart(old);
  }
  holds(c, caller, "a".repeat(9), ONCE);
});
