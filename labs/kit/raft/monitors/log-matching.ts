import {
  equalPlain,
  isRecord,
  ProgramError,
  type Effect,
  type Input,
  type PlainData,
  type ServerId,
} from "../../program";
import { at, Monitor } from "../../scene";
import type { WorldView } from "../../sim";
import type { AppendEntriesRequest, LogEntry, RaftState } from "../messages";
import { asRaftState, baseOf, termOn } from "../state";
import { firstNew, shifted, show } from "./logs";
import { wrong } from "./words";

type How = "sends" | "saves";

/** An entry, as it was first heard of. */
interface Sighting {
  readonly term: number;
  readonly command: PlainData;
  /** Term of the entry before it. */
  readonly prevTerm: number;
  readonly server: ServerId;
  readonly at: number;
  readonly how: How;
  /** A puppet said otherwise: nothing can be held against anybody. */
  disputed: boolean;
}

/** An entry in a message or on a disk. */
interface Seen {
  readonly index: number;
  readonly entry: LogEntry;
  readonly prevTerm: number;
  readonly how: How;
}

interface State {
  /** By index: one sighting a term. */
  readonly known: (Sighting[] | undefined)[];
  readonly disks: Map<ServerId, RaftState | undefined>;
}

const LOG_MATCHING =
  "Log Matching: if two logs contain an entry with the same index and term, they are identical up to that index " +
  "(§5.3, Figure 3)";
const ORDER =
  "An entry has the term of the leader that made it, so terms never fall along a log (§5.3, §5.4.1)";
const OWN_TERM = "No entry of a leader's log is of a later term than its own (§5.3, §5.4.1)";

/** One table of all entries ever sent or saved: index and term say which command it is, and what stands before it. */
export class LogMatchingMonitor extends Monitor<State> {
  override readonly inputs = ["boot", "request"] as const;
  override readonly effects = ["save", "call"] as const;
  protected state: State = { known: [], disks: new Map() };

  onInput(world: WorldView, server: ServerId, input: Input): void {
    if (input.kind === "boot") {
      const disk = asRaftState(world.saved(server));
      const before = this.state.disks.get(server);
      this.state.disks.set(server, disk);
      // A disk that the scene wrote: knowledge, not a deed.
      if (disk !== undefined && disk !== before) this.disk(world, server, before, disk, false);
    } else if (input.kind === "request" && input.method === "appendEntries" && world.isPuppet(input.from)) {
      this.message(world, input.from, input.request as AppendEntriesRequest, false);
    }
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    if (effect.kind === "save") {
      const before = this.state.disks.get(server);
      const after = asRaftState(effect.state);
      this.state.disks.set(server, after);
      if (after !== undefined) this.disk(world, server, before, after, true);
    } else if (effect.kind === "call" && effect.method === "appendEntries") {
      const request = effect.request as AppendEntriesRequest;
      checkForm(server, request);
      this.message(world, server, request, true);
    }
  }

  private message(world: WorldView, server: ServerId, request: AppendEntriesRequest, judged: boolean): void {
    const { term, prevLogIndex, entries } = request;
    let prevTerm = prevLogIndex === 0 ? 0 : request.prevLogTerm;
    if (judged && prevTerm > term) throw ahead(world, server, prevLogIndex, prevTerm, term);
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i];
      if (entry === undefined) continue;
      const index = prevLogIndex + 1 + i;
      if (judged && entry.term > term) throw ahead(world, server, index, entry.term, term);
      const seen: Seen = { index, entry, prevTerm, how: "sends" };
      const known = this.meet(world, server, seen, judged);
      if (known !== undefined) throw this.clash(world, server, seen, known);
      prevTerm = entry.term;
    }
  }

  private disk(
    world: WorldView,
    server: ServerId,
    before: RaftState | undefined,
    after: RaftState,
    judged: boolean,
  ): void {
    const base = baseOf(after);
    const from = firstNew(before, after);
    let prevTerm = termOn(after, from - 1) ?? 0;
    for (let index = from; index <= base + after.log.length; index++) {
      const entry = after.log[index - base - 1];
      if (entry === undefined) continue;
      const seen: Seen = { index, entry, prevTerm, how: "saves" };
      const known = this.meet(world, server, seen, judged);
      if (known !== undefined) {
        throw this.clash(
          world,
          server,
          seen,
          known,
          shifted(before, after) || odd(seen, known, before, after),
        );
      }
      prevTerm = entry.term;
    }
  }

  /** Notes an entry; tells what is known otherwise of it, if a real server is to blame for that. */
  private meet(world: WorldView, server: ServerId, seen: Seen, judged: boolean): Sighting | undefined {
    const { index, entry, prevTerm, how } = seen;
    const terms = (this.state.known[index] ??= []);
    const known = terms.find(({ term }) => term === entry.term);
    if (known === undefined) {
      if (judged && entry.term < Math.max(1, prevTerm)) throw falls(world, server, seen);
      const { term, command } = entry;
      terms.push({ term, command, prevTerm, server, at: world.now, how, disputed: false });
    } else if (known.prevTerm !== prevTerm || !equalPlain(known.command, entry.command)) {
      if (!judged)
        known.disputed = true; // scenes forge
      else if (!known.disputed) return known;
    }
    return undefined;
  }

  private clash(world: WorldView, server: ServerId, seen: Seen, known: Sighting, help = ""): Error {
    const { index, entry, prevTerm, how } = seen;
    const { term, command } = entry;
    const now = at(world.now);
    const who = `server ${server} ${how} entry ${index} of term ${term}`;
    const other = `server ${known.server} ${known.how === "sends" ? "sent" : "saved"} it`;
    if (equalPlain(known.command, command)) {
      const text = `${who} after ${before(prevTerm)} at ${now}, but ${other} after ${before(known.prevTerm)}`;
      return wrong(LOG_MATCHING, `${text} at ${at(known.at)}: the logs differ below it${help}`, server);
    }
    const text = `${who} as ${show(command)} at ${now}, but ${other} as ${show(known.command)} at ${at(known.at)}`;
    return wrong(LOG_MATCHING, text + (help || this.elsewhere(seen)), server);
  }

  /** Where the same entry is known to belong. */
  private elsewhere({ index, entry: { term, command } }: Seen): string {
    const place = this.state.known.findIndex(
      (seen, i) => i !== index && seen?.some((e) => e.term === term && equalPlain(e.command, command)),
    );
    return place < 0
      ? ""
      : `; ${show(command)} of term ${term} is known as entry ${place}: is an index off by ${Math.abs(place - index)}?`;
  }
}

/** What is odd about a disk: an entry that stands there twice, or outlives one that it followed. */
function odd(
  { index, entry }: Seen,
  known: Sighting,
  before: RaftState | undefined,
  disk: RaftState,
): string {
  if (equalPlain(known.command, entry.command)) {
    if (index === baseOf(disk) + 1 && index > 1)
      return "; lastIncludedTerm is the term of the entry before log[0]";
    const kept = termOn(before, index) === entry.term;
    return kept ? "; one of those was replaced, and what follows a conflict has to go with it" : "";
  }
  const first = baseOf(disk) + 1;
  const other = disk.log.findIndex((e, i) => first + i !== index && equalPlain(e, entry));
  return other < 0 ? "" : `; the same entry stands at index ${first + other} of this disk too: pasted twice?`;
}

function before(prevTerm: number): string {
  return prevTerm === 0 ? "nothing" : `an entry of term ${prevTerm}`;
}

function falls(world: WorldView, server: ServerId, { index, entry, prevTerm, how }: Seen): Error {
  const what = `server ${server} ${how} entry ${index} of term ${entry.term} at ${at(world.now)}`;
  const why =
    prevTerm > entry.term
      ? `after an entry of term ${prevTerm}`
      : "but terms of leaders begin at 1 (a dummy entry stays off the disk and the wire)";
  return wrong(ORDER, `${what}, ${why}`, server);
}

function ahead(world: WorldView, server: ServerId, index: number, term: number, own: number): Error {
  return wrong(
    OWN_TERM,
    `server ${server} sends AppendEntries as leader of term ${own} at ${at(world.now)}, ` +
      `but says that its entry ${index} is of term ${term}`,
    server,
  );
}

/** What `MessageForm` leaves open: indices are whole numbers, entries are entries. */
function checkForm(server: ServerId, { prevLogIndex, entries }: AppendEntriesRequest): void {
  if (!Number.isInteger(prevLogIndex) || prevLogIndex < 0) {
    throw new ProgramError(
      `appendEntries on server ${server}: prevLogIndex must be a whole number, 0 or more; it is ${prevLogIndex}`,
      server,
    );
  }
  const bad = (entries as readonly unknown[]).findIndex(
    (entry) => !isRecord(entry) || !Number.isInteger(entry.term) || entry.command === undefined,
  );
  if (bad < 0) return;
  throw new ProgramError(
    `appendEntries on server ${server}: entries[${bad}] must be { term, command } (Figure 2)`,
    server,
  );
}
