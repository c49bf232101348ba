import { scene, type KvCluster, type ReadMode } from "../../../labs/kit/kv";
import { answered, Caller, type Asked } from "./caller";

const SEES = "A read sees all that was acknowledged before it was called (Herlihy & Wing 1990; Raft, §8)";

const MODES: readonly (ReadMode | undefined)[] = ["log", "readIndex", "lease", "follower", undefined];

/** A get that was sent, and how it is to be answered. */
interface Read extends Asked {
  readonly mode: ReadMode | undefined;
}

/** One server is asked in every mode, again and again for `ms`. */
function ask(c: KvCluster, caller: Caller, server: number, ms: number): Read[] {
  const reads: Read[] = [];
  for (const end = c.now + ms; c.now < end; c.watch(50)) {
    for (const mode of MODES) reads.push({ mode, ...caller.sendRead(server, "x", mode) });
  }
  return reads;
}

/** Nothing older than `version` may have come back. */
function check(c: KvCluster, server: number, reads: readonly Read[], version: number): void {
  for (const { mode, ...read } of reads) {
    const answer = answered(read);
    c.expect(
      answer === undefined || answer.version >= version,
      SEES,
      `server ${server}, which led once, answers a get in mode ${mode ?? "of its choice"}, sent at ${read.at.toFixed(0)} ms, with version ` +
        `${String(answer?.version)}; version ${version} had been acknowledged`,
      server,
    );
  }
}

// It is asked while it is alone, while it hears of the others again, and afterwards.
for (const servers of [3, 5]) {
  const setup = { lab: 5, servers, clients: 4, puppets: [servers], points: 2 };
  scene(`a deposed leader of ${servers} is asked in every mode`, setup, (c) => {
    const caller = new Caller(c, servers);
    const writer = c.client();
    writer.put("x", "1");
    const old = c.leader();
    for (const mode of MODES) {
      const { version } = caller.reads(old, "x", mode);
      c.expect(version === 1, SEES, `server ${old}, the leader, answers version ${version}`, old);
    }
    c.isolate(old);
    const { version } = c.client(...c.others(old)).put("x", "2");
    const reads = ask(c, caller, old, 1000);
    c.rejoin(old);
    reads.push(...ask(c, caller, old, 500));
    c.watch(100);
    check(c, old, reads, version);
    c.leader();
    writer.put("x", "3");
  });
}

// With a follower that is still faithful to it, and is asked as well.
scene(
  "a minority does not confirm a leader",
  { lab: 5, servers: 5, clients: 4, puppets: [5], points: 2 },
  (c) => {
    const caller = new Caller(c, 5);
    const writer = c.client();
    writer.put("x", "1");
    const old = c.leader();
    const [friend = 0, ...rest] = c.others(old);
    caller.reads(friend, "x", "follower");
    c.partition([old, friend], rest);
    const { version } = c.client(...rest).put("x", "2");
    const ofOld = ask(c, caller, old, 600);
    const ofFriend = ask(c, caller, friend, 600);
    c.heal();
    c.watch(500);
    check(c, old, ofOld, version);
    check(c, friend, ofFriend, version);
    c.leader();
    writer.put("x", "3");
  },
);
