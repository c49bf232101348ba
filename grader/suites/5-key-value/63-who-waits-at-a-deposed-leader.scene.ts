import { scene, type KvCluster } from "../../../labs/kit/kv";
import { Caller, type Asked } from "./caller";

const CALLER = 5;

const FIVE = { lab: 5, servers: 5, clients: 3, puppets: [CALLER] } as const;

const COMMITTED = "A client is answered once its command is committed and executed, by itself (§8)";
const RELEASED =
  "A deposed leader tells those who wait to try elsewhere, within a second after it has heard of its successor (§8; handout)";

/** The handout's: who waited is answered within so many ms. */
const SOON = 1000;

/** What is asked of a leader that has lost its followers. */
interface Waiting {
  /** They must not be done, now or later. */
  readonly changes: readonly Asked[];
  /** They may be answered later, by what is true then. */
  readonly reads: readonly Asked[];
}

function ask(c: KvCluster, caller: Caller, old: number, session: number): Waiting {
  const puppet = c.puppet(CALLER);
  const changes: Asked[] = [];
  const reads: Asked[] = [];
  for (let sequence = 2; sequence <= 4; sequence++) {
    changes.push(
      caller.sendWrite(old, session, sequence, { kind: "append", key: "x", value: `lost ${sequence}` }),
    );
    const opening = puppet.send(old, "openSession", {});
    changes.push({ at: c.now, answers: () => puppet.replies(opening) as ReturnType<Asked["answers"]> });
    reads.push(caller.sendRead(old, "x", "log"));
    reads.push(caller.sendRead(old, "x", "readIndex"));
  }
  return { changes, reads };
}

/** Nobody of these was told that it is done. */
function undone(c: KvCluster, old: number, asked: readonly Asked[], when: string): void {
  for (const { at, answers } of asked) {
    const ok = answers().find(({ status }) => status === "ok");
    const message = `server ${old} answers ${JSON.stringify(ok)} ${when} to what it was asked at ${at.toFixed(0)} ms, when nobody followed it any more`;
    c.expect(ok === undefined, COMMITTED, message, old);
  }
}

/** @param much - how many writes the others commit meanwhile */
function depose(c: KvCluster, much: number): void {
  const caller = new Caller(c, CALLER);
  for (let round = 1; round <= 2; round++) {
    const old = c.leader();
    const session = caller.open(old);
    caller.writes(old, session, 1, { kind: "append", key: "x", value: "." });
    c.isolate(old);
    const { changes, reads } = ask(c, caller, old, session);
    const far = c.client(...c.others(old));
    for (let i = 0; i < much; i++) far.put("y", `${i}`);
    undone(c, old, [...changes, ...reads], "in the minority");
    c.rejoin(old);
    c.leader();
    c.watch(SOON);
    undone(c, old, changes, "once it follows again");
    for (const { at, answers } of [...changes, ...reads]) {
      const message = `server ${old} has not answered what it was asked at ${at.toFixed(0)} ms; server ${c.leader()} leads by now`;
      c.expect(answers().length > 0, RELEASED, message, old);
    }
    const { version } = caller.reads(c.leader(), "x");
    c.expect(
      version === round,
      COMMITTED,
      `x is at version ${version}; only ${round} appends could be committed`,
    );
  }
}

// The entries of others take the places of those that are lost.
scene("who waits at a deposed leader is told", { ...FIVE, points: 3 }, (c) => depose(c, 20));

// It gets a snapshot, which ends behind them.
scene(
  "who waits at a deposed leader that gets a snapshot",
  { ...FIVE, maxStateBytes: 1000, points: 2 },
  (c) => {
    depose(c, 60);
  },
);

// Fewer entries than are lost: for a while nothing turns up where the last ones stand.
scene("who waits behind the end of the log", { ...FIVE, points: 2 }, (c) => depose(c, 1));
