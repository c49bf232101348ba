import { scene, type KvCluster } from "../../../labs/kit/kv";
import { answered, Caller } from "./caller";

const APPLIED =
  "A follower answers once it has applied the index that it got from the leader after the read had come (thesis, §6.4)";

// It may ask its leader, but what it has not heard yet, it cannot have applied.
scene("a follower whose log is late", { lab: 5, servers: 3, clients: 2, points: 3 }, (c) => {
  const writer = c.client();
  writer.put("x", "0");
  c.leader();
  const [follower = 0] = c.followers();
  const reader = c.client(follower);
  reader.get("x", "follower");
  for (let round = 1; round <= 8; round++) {
    for (const method of ["appendEntries", "installSnapshot"])
      c.hold({ kind: "request", method, to: follower });
    for (let i = 0; i < round % 3; i++) writer.append("y", ".");
    const { version } = writer.put("x", `${round}`);
    const read = reader.start({ kind: "get", key: "x", read: "follower" });
    c.watch(60);
    c.expect(
      c.pending(read),
      APPLIED,
      `server ${follower} answers, but has not heard of version ${version} yet`,
      follower,
    );
    c.release();
    c.expect(
      c.answer(read).version === version,
      APPLIED,
      `server ${follower} is behind version ${version}`,
      follower,
    );
    c.watch(200);
    c.leader();
  }
});

// With what a snapshot brings, too.
scene(
  "a follower that comes back",
  { lab: 5, servers: 3, clients: 3, maxStateBytes: 1000, points: 2 },
  (c) => {
    const writer = c.client();
    writer.put("x", "0");
    const [away = 0] = c.followers();
    const reader = c.client(away);
    reader.get("x", "follower");
    for (let round = 1; round <= 4; round++) {
      c.isolate(away);
      for (let i = 0; i < 15 * round; i++) writer.put(`key ${i}`, `${round}`);
      const { version } = writer.put("x", `${round}`);
      const read = reader.start({ kind: "get", key: "x", read: "follower" });
      c.watch(300);
      c.expect(c.pending(read), APPLIED, `server ${away} answers, but has nobody to ask`, away);
      if (round % 2 === 0) c.crash(away);
      c.restart(away);
      c.rejoin(away);
      c.expect(
        c.answer(read).version === version,
        APPLIED,
        `server ${away} is behind version ${version}`,
        away,
      );
    }
  },
);

// Nothing but the snapshot says how far it is.
scene(
  "a follower that boots from a snapshot",
  { lab: 5, servers: 3, clients: 3, maxStateBytes: 600, points: 2 },
  (c) => {
    const writer = c.client();
    writer.put("x", "0");
    const [follower = 0] = c.followers();
    const reader = c.client(follower);
    for (let round = 1; round <= 3; round++) {
      // Until its snapshot covers all there is, if its policy is such that this happens.
      for (let i = 0; i < 30; i++) {
        writer.append("x", ".");
        c.awaitApplied(c.commitIndex);
        if (i > 5 && c.log(follower).entries.length === 0) break;
      }
      const { version } = writer.get("x");
      c.crash(follower);
      c.restart(follower);
      const seen = reader.get("x", "follower").version;
      c.expect(
        seen === version,
        APPLIED,
        `server ${follower}, restarted, is at version ${seen} instead of ${version}`,
        follower,
      );
    }
  },
);

const LEADER = 1;
const READER = 3;

/** What server 0, a follower, has asked its leader. */
function questions(c: KvCluster): number {
  return c.puppet(LEADER).requests("requestReadIndex").length;
}

/** Its leader goes on to lead for so long, or until something holds. */
function leads(c: KvCluster, ms: number, until: () => boolean = () => false): void {
  const heartbeat = {
    term: 5,
    leaderId: LEADER,
    prevLogIndex: 0,
    prevLogTerm: 0,
    entries: [],
    leaderCommit: 0,
  };
  for (const end = c.now + ms; c.now < end && !until();) {
    c.puppet(LEADER).send(0, "appendEntries", heartbeat);
    c.watch(Math.min(50, end - c.now));
  }
}

// Between the two reads anything may have been committed.
scene(
  "an index that was asked for an earlier read",
  { lab: 5, servers: 3, puppets: [LEADER, 2, READER], points: 3 },
  (c) => {
    const caller = new Caller(c, READER);
    leads(c, 100);
    const first = caller.sendRead(0, "x", "follower");
    leads(c, 1000, () => questions(c) > 0);
    const [letter] = c.puppet(LEADER).requests("requestReadIndex");
    c.expect(letter !== undefined, APPLIED, "server 0 asks its leader nothing within a second", 0);
    if (letter === undefined) return;
    const second = caller.sendRead(0, "x", "follower");
    leads(c, 20);
    c.puppet(LEADER).reply(letter, { term: 5, index: 0 });
    leads(c, 150);
    c.expect(
      answered(first) !== undefined,
      APPLIED,
      "server 0 knows the index for a get, and does not answer it",
      0,
    );
    c.expect(
      answered(second) === undefined,
      APPLIED,
      `server 0 answers a get that came at ${second.at.toFixed(0)} ms, but has the index that it asked for before, at ${letter.at.toFixed(0)} ms`,
      0,
    );
    c.puppet(LEADER).answer("requestReadIndex", () => ({ term: 5, index: 0 }));
    const third = caller.sendRead(0, "x", "follower");
    leads(c, 1000, () => answered(third) !== undefined);
    c.expect(
      answered(third) !== undefined,
      APPLIED,
      "server 0 does not answer a get, though its leader answers",
      0,
    );
  },
);
