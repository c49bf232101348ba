import { scene, type RaftCluster } from "../../../labs/kit/raft";
import { encourage, termOf } from "../1-election/script";
import { entriesOf, holds, takes, type Leader, type Terms } from "./script";

const PUPPET = 5;
const REAL = [0, 1, 2, 3, 4];
const TERMS = 14;

/** How many entries two logs have in common: as terms never fall along a log, the first that differs ends it. */
function common(a: Terms, b: Terms): number {
  const end = a.findIndex((term, i) => term !== b[i]);
  return end < 0 ? a.length : end;
}

/**
 * Leaders of many terms, all played by the puppet: each goes on with the log of some server, adds entries, and reaches one or two
 * servers, too few to commit. The seed draws who and how many.
 */
function prepare(c: RaftCluster): Terms[] {
  const random = c.random("logs");
  const logs: Terms[] = REAL.map(() => []);
  for (let term = 1; term <= TERMS; term++) {
    const base = random.pick(logs);
    const log = [...base, ...Array.from({ length: 1 + random.int(4) }, () => term)];
    const leader: Leader = { id: PUPPET, term, log };
    const reached = random.shuffle(REAL).slice(0, 1 + random.int(2));
    for (const server of REAL) {
      const same = common(logs[server] ?? [], log);
      if (!reached.includes(server)) {
        takes(c, leader, 0, 0, 0, server); // hears that there is a leader
        continue;
      }
      takes(c, leader, same, log.length, 0, server);
      logs[server] = log;
    }
  }
  logs.forEach((log, server) => holds(c, log, server));
  return logs;
}

// Whoever wins, all get its log: back-up must find where any two of them part.
scene(
  "whatever logs past leaders left, they become one",
  { lab: 2, servers: 6, points: 3, puppets: [PUPPET] },
  (c) => {
    const logs = prepare(c);
    encourage(c, [PUPPET]);
    const given = new Map<number, number>();
    c.puppet(PUPPET).answer("requestVote", (request, from) => {
      const term = termOf(request);
      if (!given.has(term)) given.set(term, from);
      return { term, voteGranted: given.get(term) === from };
    });
    c.commit("the first of its term");
    c.agree();
    const disks = REAL.map((id) => JSON.stringify(c.log(id).entries));
    c.expect(
      new Set(disks).size === 1,
      "The leader brings its followers' logs to its own (§5.3)",
      `after the agreement on entry ${c.commitIndex}, the disks hold ${new Set(disks).size} different logs`,
    );
    const starts = (log: Terms): boolean =>
      disks[0]?.startsWith(JSON.stringify(entriesOf(log)).slice(0, -1)) === true;
    c.expect(
      logs.some((log) => log.length > 0 && starts(log)),
      "Leader Append-Only: a leader never overwrites or deletes entries in its log (§5.3, Figure 3)",
      `the log in the end goes on from none of the logs that the servers had before the election`,
    );
  },
);
