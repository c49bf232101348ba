import { ELECTION_TIMEOUT, scene, type NetworkName, type RaftCluster } from "../../../labs/kit/raft";
import { agree } from "../2-replication/mit";

/** How long a client looks for its command at the index it was told, in virtual ms each time. */
const LOOKS = [10, 20, 50, 100, 200];

/** A client: it yields how long it wants to wait, in virtual ms. */
type Client = Generator<number, never, void>;

/** Proposes to every server there is, and remembers which of its commands it saw committed. */
function* client(c: RaftCluster, id: number, seen: Set<string>): Client {
  for (;;) {
    const command = c.fresh();
    let index: number | undefined;
    for (const server of c.running()) index = c.propose(server, command)?.index ?? index;
    if (index === undefined) {
      yield 79 + 17 * id;
      continue;
    }
    for (const wait of LOOKS) {
      const entry = c.committed(index);
      if (entry !== undefined) {
        if (entry.command === command) seen.add(command);
        break;
      }
      yield wait;
    }
    yield 10;
  }
}

/** Lets clients run for `ms`; afterwards they are where they were. */
function run(c: RaftCluster, clients: readonly { readonly steps: Client; due: number }[], ms: number): void {
  const end = c.now + ms;
  for (;;) {
    const next = clients.reduce((a, b) => (b.due < a.due ? b : a));
    if (next.due >= end) break;
    if (next.due - c.now >= 0.001) c.watch(next.due - c.now);
    next.due = c.now + next.steps.next().value;
  }
  if (end - c.now >= 0.001) c.watch(end - c.now);
}

/** MIT 6.5840, internalChurn: three clients, while servers lose their links, crash and come back. */
export function churnScene(name: string, network: NetworkName): void {
  scene(name, { lab: 3, servers: 5, points: 3, share: 0.5, network }, (c) => {
    const random = c.random("churn");
    const seen = new Set<string>();
    const clients = [0, 1, 2].map((id) => ({ steps: client(c, id, seen), due: c.now }));
    for (let round = 0; round < 20; round++) {
      if (random.chance(0.2)) c.isolate(random.pick(c.servers));
      if (random.chance(0.5)) {
        const back = random.pick(c.servers);
        c.restart(back);
        c.rejoin(back);
      }
      if (random.chance(0.2)) c.crash(random.pick(c.servers));
      run(c, clients, 0.7 * ELECTION_TIMEOUT);
    }
    c.watch(ELECTION_TIMEOUT);
    c.network("reliable");
    c.heal();
    c.restart(...c.servers);
    c.watch(ELECTION_TIMEOUT);

    const last = agree(c, 5);
    const committed = new Set(Array.from({ length: last }, (_, i) => c.committed(i + 1)?.command));
    const lost = [...seen].filter((command) => !committed.has(command));
    c.expect(
      seen.size > 0 && lost.length === 0,
      "What is committed once stays in the log (Leader Completeness, §5.4.3)",
      seen.size === 0
        ? "no client ever saw one of its commands committed"
        : `seen as committed, and not in the log at the end: ${lost.slice(0, 5).join(", ")}`,
    );
  });
}
