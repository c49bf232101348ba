import { scene, type KvCluster, type ReadMode } from "../../../labs/kit/kv";
import { answered, Caller } from "./caller";

const SEES = "A read sees all that was acknowledged before it was called (Herlihy & Wing 1990; Raft, §8)";

/** The client that the scene plays. */
const CALLER = 5;

const FIVE = { lab: 5, servers: 5, clients: 4, puppets: [CALLER] } as const;

const MODES: readonly (ReadMode | undefined)[] = ["log", "readIndex", "lease", "follower", undefined];

/** The old leader is asked in every mode, again and again for `ms`: nothing older than `version` may come back. */
function askInAllModes(c: KvCluster, old: number, version: number, ms: number): void {
  const caller = new Caller(c, CALLER);
  const end = c.now + ms;
  const asked: { mode: ReadMode | undefined; read: ReturnType<Caller["sendRead"]> }[] = [];
  while (c.now < end) {
    for (const mode of MODES) asked.push({ mode, read: caller.sendRead(old, "x", mode) });
    c.watch(Math.min(100, end - c.now + 0.001));
  }
  c.watch(5);
  for (const { mode, read } of asked) {
    const answer = answered(read);
    c.expect(
      answer === undefined || answer.version >= version,
      SEES,
      `server ${old}, deposed, answers a get in mode ${mode ?? "of its choice"}, sent at ${read.at.toFixed(0)} ms, with version ${String(answer?.version)}; ` +
        `version ${version} had been acknowledged`,
      old,
    );
  }
}

scene("a deposed leader is asked in every mode", { ...FIVE, points: 3 }, (c) => {
  const caller = new Caller(c, CALLER);
  const writer = c.client();
  writer.put("x", "1");
  const old = c.leader();
  for (const mode of MODES) {
    const { version } = caller.reads(old, "x", mode);
    c.expect(version === 1, SEES, `server ${old}, the leader, answers version ${version}`, old);
  }
  c.isolate(old);
  const far = c.client(...c.others(old));
  const { version } = far.put("x", "2");
  askInAllModes(c, old, version, 1500);
  c.rejoin(old);
  c.leader();
  askInAllModes(c, old, version, 500);
  writer.put("x", "3");
});

// With a minority that still follows it.
scene("a minority does not confirm a leader", { ...FIVE, points: 3 }, (c) => {
  const writer = c.client();
  writer.put("x", "1");
  const old = c.leader();
  const [friend = 0, ...rest] = c.others(old);
  new Caller(c, CALLER).reads(friend, "x", "follower");
  c.partition([old, friend], rest);
  const { version } = c.client(...rest).put("x", "2");
  askInAllModes(c, old, version, 800);
  askInAllModes(c, friend, version, 800);
  c.heal();
  c.leader();
  writer.put("x", "3");
});
