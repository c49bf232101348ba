import { scene, type KvCluster, type ReadMode } from "../../../labs/kit/kv";
import { answered, Caller, type Asked } from "./caller";
import { MESSAGES_LAST } from "./script";

const KNOWS =
  "A new leader does not know what is committed until an entry of its own term is: so it commits a no-op first, and reads wait for it (§8; " +
  "thesis, §6.4, step 1)";

/** The client that the scene plays. */
const CALLER = 5;

const FIVE = { lab: 5, servers: 5, clients: 3, puppets: [CALLER], network: "constant" } as const;

/**
 * The leader answers a write and crashes there and then. Of those that have the entry one is left, and must be elected; the logs of the others
 * are far behind, so that they confirm the new leader long before they hold anything of it.
 *
 * @returns who will lead, and the version of "x" that was acknowledged
 */
function succession(c: KvCluster): { next: number; version: number } {
  const writer = c.client();
  writer.put("x", "0");
  const old = c.leader();
  const [next = 0, third = 0, ...behind] = c.others(old);
  c.isolate(...behind);
  for (let i = 1; i <= 20; i++) writer.append("y", `${i}`);
  const write = writer.start({ kind: "put", key: "x", value: "1" });
  c.crashAt({ server: old, effect: "reply", nth: 1, when: "after" });
  const { version } = c.answer(write);
  c.until(`an answer of server ${old}`, () => !c.isUp(old), 100);
  c.crash(third);
  c.watch(MESSAGES_LAST);
  c.rejoin(...behind);
  return { next, version };
}

for (const mode of ["readIndex", "lease", "follower"] as const satisfies readonly ReadMode[]) {
  const options = mode === "lease" ? { options: { lease: true } } : {};
  scene(`a new leader before its first commit, in mode ${mode}`, { ...FIVE, ...options, points: 2 }, (c) => {
    const { next, version } = succession(c);
    const caller = new Caller(c, CALLER);
    const asked: Asked[] = [];
    const told = (): Asked | undefined => asked.slice(-500).find((read) => answered(read) !== undefined);
    // One of the queries comes just when it is elected.
    for (let i = 0; i < 2500 && told() === undefined; i++) {
      asked.push(caller.sendRead(next, "x", mode));
      c.watch(2);
    }
    const read = told();
    const answer = read === undefined ? undefined : answered(read);
    c.expect(
      answer !== undefined,
      KNOWS,
      `server ${next} has answered no get in mode ${mode} in five seconds`,
    );
    c.expect(
      answer?.version === version,
      KNOWS,
      `server ${next}, newly elected, answers a get in mode ${mode}, sent at ${(read?.at ?? 0).toFixed(0)} ms, with version ` +
        `${String(answer?.version)}; version ${version} had been acknowledged by the leader before`,
      next,
    );
  });
}

// Nobody writes: that a leader may read takes an entry all the same, and that is the service's part.
scene("reads after an election that nothing follows", { lab: 5, servers: 3, clients: 9, points: 3 }, (c) => {
  const anybody = c.client();
  const modes: readonly (ReadMode | undefined)[] = ["readIndex", "lease", "follower", "log", undefined];
  for (const mode of modes) {
    const { version, value } = anybody.get("x", mode);
    c.expect(version === 0 && value === "", "A key that was never written holds nothing", "it does not");
  }
  c.client().put("x", "1");
  for (const mode of modes) {
    const old = c.leader();
    c.crash(old);
    c.leader();
    const { version } = anybody.get("x", mode);
    c.expect(
      version === 1,
      KNOWS,
      `after the election a get in mode ${mode ?? "of its choice"} sees version ${version}`,
    );
    c.restart(old);
    c.leader();
  }
});
