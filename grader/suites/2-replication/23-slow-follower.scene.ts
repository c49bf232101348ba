import { scene, type AppendEntriesRequest, type RaftCluster } from "../../../labs/kit/raft";
import { accepted } from "./mit";
import { Follower, leads } from "./script";

const MOST_IN_A_CALL = 256;
const MOST_IN_FLIGHT = 1024;
/** What a heartbeat may carry again, in each tenth of a second. */
const AGAIN = 256;
const EMPTY_A_SECOND = 20;

const THREE = { lab: 2, servers: 3, puppets: [1, 2] } as const;

const end = ({ prevLogIndex, entries }: AppendEntriesRequest): number => prevLogIndex + entries.length;

function calls(c: RaftCluster, id: number): AppendEntriesRequest[] {
  return c
    .puppet(id)
    .requests("appendEntries")
    .map(({ message }) => message.request as AppendEntriesRequest);
}

function bounded(c: RaftCluster, count: number, most: number, what: string): void {
  c.expect(count <= most, `Budget: ${what}, at most ${most} (handout)`, `${what}: ${count}`, 0);
}

/** Commands come in, three hundred at a time, and are committed all the while. */
function load(c: RaftCluster, rounds: number): number {
  let index = c.lastApplied(0);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < 300; i++) accepted(c, 0, c.fresh(), ++index);
    c.until(`committing entry ${index}`, () => c.lastApplied(0) >= index, 2000);
  }
  return index;
}

scene("what goes to a follower that does not answer is bounded", { ...THREE, points: 3 }, (c) => {
  const [, slow] = [new Follower(c, 1), new Follower(c, 2)];
  leads(c);
  accepted(c, 0, c.fresh(), 1);
  c.until("acknowledging the first entry", () => slow.lastIndex === 1, 500);
  c.watch(20);

  slow.hears = () => false;
  const [before, since] = [calls(c, 2).length, c.now];
  load(c, 4);
  c.watch(500);
  const sent = calls(c, 2).slice(before);
  const silence = (c.now - since) / 1000;
  const entries = sent.reduce((sum, call) => sum + call.entries.length, 0);
  const empty = sent.filter((call) => call.entries.length === 0).length;
  const allowed = MOST_IN_FLIGHT + Math.ceil(AGAIN * 10 * silence);
  const during = `in ${silence.toFixed(1)} s in which a follower did not answer`;
  bounded(c, Math.max(...sent.map((call) => call.entries.length)), MOST_IN_A_CALL, "entries in one call");
  bounded(c, Math.max(...sent.map(end)) - 1, MOST_IN_FLIGHT, "entries beyond the last that was acknowledged");
  bounded(c, entries, allowed, `entries sent ${during}`);
  bounded(c, empty, Math.ceil(EMPTY_A_SECOND * silence) + 1, `heartbeats sent ${during}`);

  // Commands go on; whoever comes back must be found.
  const heard = calls(c, 2).length;
  for (let i = 0; i < 25; i++) {
    accepted(c, 0, c.fresh());
    c.watch(20);
  }
  c.expect(
    calls(c, 2).length > heard,
    "A leader sends heartbeats to all, whether it has entries for them or not (§5.2; handout: every 200 ms or sooner)",
    "server 0 sent nothing for half a second to a follower that had not answered for a while",
    0,
  );
});
