import type { PlainData } from "../../../program";
import type { WorldView } from "../../../trace";
import type { ReadIndexReply, RequestVoteReply, RequestVoteRequest } from "../../messages";
import type { Open, ServerMemory, State } from "./memory";

/** The service asks how far a read must be. */
export function asks(world: WorldView, memory: ServerMemory, [token, lease]: readonly PlainData[]): void {
  if (typeof token !== "number") return;
  const { leads, appliedTerm } = memory;
  const early = leads > 0 && appliedTerm < leads;
  memory.reads.set(token, { at: world.now, lease: lease === true && memory.leases, leads, early });
}

/** Its question is answered, or given up if there is no index. */
export function readReady(
  { marks }: State,
  world: WorldView,
  memory: ServerMemory,
  [token, index]: readonly PlainData[],
): void {
  const read = memory.reads.get(token as number);
  if (read === undefined || world.servers.length === 1) return;
  memory.reads.delete(token as number);
  const atOnce = read.at === world.now;
  if (read.lease && read.leads > 0 && !read.early && !atOnce) marks.add("lease-run-out");
  if (index === undefined) {
    if (read.leads > 0) memory.gaveUp = true;
    else if (atOnce) marks.add("read-without-leader");
    if (read.leads > 0 && memory.leads === 0) marks.add("deposed-with-reads");
  } else if (memory.leads > 0) {
    if (read.early) marks.add("read-waits-own-term");
    if (atOnce) return void marks.add("read-on-lease");
    marks.add("read-confirmed");
    memory.answered += 1;
    if (memory.answered > 1) marks.add("read-round-shared");
  } else if (read.leads === 0) {
    marks.add("read-forwarded");
    if (typeof index === "number" && index > memory.applied) marks.add("read-ahead");
  }
}

/** A server answers a follower that asks for a read index. */
export function answersRead({ marks }: State, { index }: ReadIndexReply): void {
  if (index === null) marks.add("read-asked-in-vain");
}

/** A server has made room for another leader: was somebody waiting? */
export function deposed({ marks }: State, memory: ServerMemory): void {
  if (memory.gaveUp) marks.add("deposed-with-reads");
}

/** A server answers a candidate, which it would follow into a new term if it had not promised to wait. */
export function promised(
  { marks }: State,
  memory: ServerMemory,
  { request }: Open,
  { voteGranted, term }: RequestVoteReply,
): void {
  if (!memory.leases || voteGranted || term >= (request as RequestVoteRequest).term) return;
  if (memory.leads > 0) return; // it leads itself
  marks.add(memory.heardLeader ? "lease-promise" : "lease-boot");
}
