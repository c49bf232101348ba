import { scene, type KvCluster, type ReadMode } from "../../../labs/kit/kv";
import { Caller, type Asked } from "./caller";

const CALLER = 3;

const ANSWERED =
  "Nobody waits for ever: whoever has asked is answered, or told to try elsewhere, once the cluster is calm again (handout)";

const MODES: readonly ReadMode[] = ["readIndex", "lease", "follower", "log"];

/** Long enough for every patience of a program; in virtual ms. */
const CALM = 2000;

/** A request, and what it was. */
interface Sent extends Asked {
  readonly server: number;
  readonly what: string;
}

/** Requests of all kinds to every server, every few ms, for so long. */
class Crowd {
  private readonly sent: Sent[] = [];
  private count = 0;

  constructor(
    private readonly c: KvCluster,
    private readonly caller: Caller,
  ) {}

  asks(ms: number): void {
    const { c, caller } = this;
    for (const end = c.now + ms; c.now < end; c.watch(25)) {
      for (const server of c.servers) {
        const mode = MODES[this.count++ % MODES.length] ?? "log";
        this.sent.push({ server, what: `a get in mode ${mode}`, ...caller.sendRead(server, "x", mode) });
        if (this.count % 5 > 0) continue;
        const session = 1; // perhaps there is none of that number: it is answered all the same
        const write = { kind: "append", key: "x", value: "." } as const;
        this.sent.push({ server, what: "a write", ...caller.sendWrite(server, session, 1, write) });
      }
    }
  }

  areAnswered(): void {
    const { c } = this;
    c.leader();
    c.watch(CALM);
    const lost = this.sent.find(({ answers }) => answers().length === 0);
    const message = `server ${lost?.server} has not answered ${lost?.what}, sent at ${(lost?.at ?? 0).toFixed(0)} ms; it has not crashed since`;
    c.expect(lost === undefined, ANSWERED, message, lost?.server);
    this.sent.length = 0;
  }
}

const THREE = { lab: 5, servers: 3, clients: 2, puppets: [CALLER], points: 2 } as const;

for (const lease of [false, true]) {
  const setup = lease ? { ...THREE, drift: 0.05, options: { lease: true } } : THREE;
  scene(`everybody is answered in the end${lease ? ", with leases" : ""}`, setup, (c) => {
    const crowd = new Crowd(c, new Caller(c, CALLER));
    c.client().put("x", "1");
    for (let round = 1; round <= 2; round++) {
      const old = c.leader();
      crowd.asks(50);
      c.isolate(old);
      crowd.asks(1200); // the others elect another, while it hopes
      c.rejoin(old);
      crowd.asks(300);
      crowd.areAnswered();
      const next = c.leader();
      c.freeze(next);
      crowd.asks(1200);
      c.thaw(next);
      crowd.asks(300);
      crowd.areAnswered();
    }
  });
}

const TOLD =
  "Raft answers without an index if it cannot find out in a while, say 300 ms; nobody waits for ever (handout, raft.readIndex)";

// Nobody deposes it, and nobody confirms it. From the second round on, others come who must not put off those that wait.
scene("a leader without followers keeps no reader waiting", THREE, (c) => {
  const caller = new Caller(c, CALLER);
  c.client().put("x", "1");
  const leader = c.leader();
  c.crash(...c.followers());
  const modes = ["readIndex", "lease", "follower"] as const;
  for (const others of [false, true, true]) {
    const asked = modes.map((mode) => ({ mode, read: caller.sendRead(leader, "x", mode) }));
    for (const end = c.now + CALM; c.now < end; c.watch(20)) {
      for (const mode of modes) if (others) caller.sendRead(leader, "x", mode);
    }
    for (const { mode, read } of asked) {
      const message =
        `server ${leader} has not answered a get in mode ${mode} that was sent at ${read.at.toFixed(0)} ms; its followers are down` +
        (others ? ", and others have asked it every 20 ms since" : "");
      c.expect(read.answers().length > 0, TOLD, message, leader);
    }
  }
});
