import { scene, type KvCluster, type KvProtocol } from "../../../labs/kit/kv";
import { shown } from "../1-election/script";
import { Caller } from "./caller";

const CALLER = 3;

const THREE = { lab: 5, servers: 3, clients: 2, puppets: [CALLER] } as const;

const TELLS = "A server that does not lead says so at once, and may name who does (§8; handout)";

type Reply = KvProtocol["openSession"]["reply"] | KvProtocol["clientRequest"]["reply"];

/** Every server that does not lead refuses a session and a write, and whom it names has led. */
function refusals(c: KvCluster, caller: Caller, session: number): void {
  for (const server of c.followers()) {
    const puppet = c.puppet(CALLER);
    const write = { kind: "append", key: "x", value: `at ${server}` } as const;
    const replies = [puppet.ask(server, "openSession", {}), caller.write(server, session, 1000, write)] as (
      Reply | undefined
    )[];
    for (const reply of replies) {
      c.expect(
        reply?.status === "notLeader",
        TELLS,
        `server ${server} follows, and answers ${shown(reply)}`,
        server,
      );
      if (reply?.status !== "notLeader" || reply.leader === undefined) continue;
      const { leader } = reply;
      c.expect(
        leader !== server && c.hasLed(leader),
        TELLS,
        `server ${server} follows, and says that server ${leader} leads, ` +
          (leader === server ? "which is itself" : "which has never led"),
        server,
      );
    }
  }
}

scene("whoever follows says so", { ...THREE, points: 2 }, (c) => {
  const caller = new Caller(c, CALLER);
  for (let round = 1; round <= 4; round++) {
    const leader = c.leader();
    const session = caller.open(leader);
    caller.writes(leader, session, 1, { kind: "append", key: "x", value: "." });
    refusals(c, caller, session);
    const { value } = caller.reads(c.leader(), "x");
    c.expect(
      value === ".".repeat(round),
      "What was refused everywhere is not executed",
      `x holds ${shown({ value })}`,
    );
    c.crash(leader);
    refusals(c, caller, session);
    c.restart(leader);
  }
});

const UNKNOWN =
  "A write that names a session which is not there is not executed, and told sessionExpired (thesis, §6.3; handout)";

scene("a session that was never opened", { ...THREE, points: 1 }, (c) => {
  const caller = new Caller(c, CALLER);
  let session = caller.open(c.leader());
  for (let round = 1; round <= 3; round++) {
    const leader = c.leader();
    for (const stranger of [0, -1, session + 100_000]) {
      for (const sequence of [1, 2]) {
        const reply = caller.write(leader, stranger, sequence, { kind: "put", key: "x", value: "strange" });
        const message = `server ${leader} answers ${shown(reply)} to a write in session ${stranger}, which was never opened`;
        c.expect(reply?.status === "sessionExpired", UNKNOWN, message, leader);
      }
    }
    const { version } = caller.writes(leader, session, 1, { kind: "put", key: "x", value: `${round}` });
    c.expect(
      version === round,
      UNKNOWN,
      `the ${round}. write that counts has made version ${version}`,
      leader,
    );
    session = caller.open(leader);
    c.crash(leader);
    c.leader();
    c.restart(leader);
  }
});

const KNOWS =
  "Whether a session is there is decided when the request is executed: a new leader may have its opening in the log, and not applied yet (§8; thesis, §6.3)";

// The old leader has opened a session, and told nobody but the client.
scene(
  "a session that the new leader has not seen opened",
  { ...THREE, network: "constant", points: 3 },
  (c) => {
    const caller = new Caller(c, CALLER);
    c.client().put("y", "0");
    for (let round = 1; round <= 3; round++) {
      const old = c.leader();
      c.crashAt({ server: old, effect: "reply", nth: 1, when: "after" });
      const session = caller.open(old);
      const asked = new Map<number, ReturnType<Caller["sendWrite"]>[]>();
      const done = (): boolean =>
        [...asked.values()].some((all) =>
          all.some(({ answers }) => answers().some(({ status }) => status === "ok")),
        );
      for (let i = 0; i < 2500 && !done(); i++) {
        for (const server of c.others(old)) {
          const write = caller.sendWrite(server, session, 1, { kind: "append", key: "x", value: `${round}` });
          asked.set(server, [...(asked.get(server) ?? []).slice(-30), write]);
          const expired = asked
            .get(server)
            ?.some(({ answers }) => answers().some(({ status }) => status === "sessionExpired"));
          c.expect(
            expired !== true,
            KNOWS,
            `server ${server} says that session ${session} has expired, which server ${old} has just opened`,
            server,
          );
        }
        c.watch(2);
      }
      c.expect(done(), KNOWS, `nobody executes a write of session ${session} in five seconds`);
      c.restart(old);
      c.leader();
      const { value } = caller.reads(c.leader(), "x");
      c.expect(
        value === "123".slice(0, round),
        "A request is executed once (§8)",
        `x holds ${shown({ value })}`,
      );
    }
  },
);
