import { scene, type AppendEntriesRequest, type RaftCluster } from "../../../labs/kit/raft";
import { accepted } from "./mit";
import { applies, entriesOf, Follower, leads, takes } from "./script";

const THREE = { lab: 2, servers: 3, puppets: [1, 2] } as const;
const FIVE = { lab: 2, servers: 5, puppets: [1, 2, 3, 4] } as const;

const end = ({ prevLogIndex, entries }: AppendEntriesRequest): number => prevLogIndex + entries.length;

type Letter = ReturnType<ReturnType<RaftCluster["puppet"]>["expectRequest"]>;

/** The first AppendEntries that puppet `id` got and that is as wanted. */
function letter(c: RaftCluster, id: number, wanted: (request: AppendEntriesRequest) => boolean): Letter {
  const found = c
    .puppet(id)
    .requests("appendEntries")
    .find(({ message }) => wanted(message.request as AppendEntriesRequest));
  if (found !== undefined) return found;
  return c.puppet(id).expectRequest("appendEntries", (request) => wanted(request as AppendEntriesRequest));
}

// While an answer is under way the leader's log grows: matchIndex comes from the request (Figure 2).
scene("an answer tells of its own request, not of what came after", { ...THREE, points: 3 }, (c) => {
  const [slow, dead] = [new Follower(c, 1), new Follower(c, 2)];
  dead.hears = () => false;
  let answered = 0;
  slow.speaks = (request) => end(request) <= answered;
  const term = leads(c);
  accepted(c, 0, "a", 1);
  const first = letter(c, 1, (request) => request.entries.length > 0);
  accepted(c, 0, "b", 2);
  accepted(c, 0, "c", 3);
  c.watch(5);
  c.puppet(1).reply(first, { term, success: true });
  applies(c, 1);
  answered = 3;
  c.until("committing the others, once they are answered,", () => c.lastApplied(0) === 3, 2000);
});

// The log is another now: what was said of the one before counts no more (§5.1; Figure 2, rules for replies).
scene("a success for a call of an earlier term counts for nothing", { ...FIVE, points: 3 }, (c) => {
  const [first, second, ...others] = [1, 2, 3, 4].map((id) => new Follower(c, id));
  if (first === undefined || second === undefined) return;
  for (const other of [second, ...others]) other.hears = () => false;
  first.speaks = (request) => end(request) === 0;
  const term = leads(c);
  for (const index of [1, 2, 3]) accepted(c, 0, c.fresh(), index);
  const old = letter(c, 1, (request) => end(request) === 3);

  takes(c, { id: 2, term: term + 1, log: [term + 1] }, 0, 1);
  first.hears = () => false;
  second.hears = () => true;
  second.log = entriesOf([term + 1]);
  leads(c);
  for (const index of [2, 3]) accepted(c, 0, c.fresh(), index);
  c.until("sending them", () => second.lastIndex === 3, 1000);
  c.puppet(1).reply(old, { term, success: true });
  c.watch(20);
  c.expect(
    c.lastApplied(0) === 0,
    "A reply is about the term of its request: if that is over, drop it (§5.1; Figure 2)",
    `server 0 has applied up to entry ${c.lastApplied(0)}, on server 2's word and server 1's, which is about a call of term ${term}`,
    0,
  );
  first.hears = () => true;
  first.speaks = () => true;
  c.until("committing what three servers hold", () => c.lastApplied(0) === 3, 2000);
});

// nextIndex may go back, matchIndex never does: what was on a disk is there (Figure 2: increases monotonically).
scene("a refusal that comes late takes no success back", { ...FIVE, points: 2 }, (c) => {
  takes(c, { id: 1, term: 1, log: [1, 1, 1] }, 0, 3);
  const [first, second, ...others] = [1, 2, 3, 4].map((id) => new Follower(c, id));
  if (first === undefined || second === undefined) return;
  for (const other of [second, ...others]) other.hears = () => false;
  const term = leads(c);
  accepted(c, 0, "held by two, then by three", 4);
  c.until("sending all four entries", () => first.lastIndex === 4, 2000);
  c.watch(10);
  first.hears = () => false;
  for (const request of first.refused) {
    c.puppet(1).reply(
      letter(c, 1, (one) => one === request),
      { term, success: false },
    );
    c.watch(5);
  }
  second.hears = () => true;
  c.until("committing it, with one more server that holds it,", () => c.lastApplied(0) === 4, 2000);
});
