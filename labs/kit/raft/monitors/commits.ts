import { isRecord, type Effect, type Input, type PlainData, type ServerId } from "../../program";
import { at, Monitor, SceneFailure } from "../../scene";
import type { WorldView } from "../../sim";
import type {
  AppendEntriesReply,
  AppendEntriesRequest,
  InstallSnapshotReply,
  InstallSnapshotRequest,
  LogEntry,
} from "../messages";
import { asRaftState, entryOn, lastEntry, termOn, type Logged } from "../state";
import { Committed, serviceState } from "./committed";
import { BY_COUNTING, doubt, type Doubt } from "./doubt";
import { endOf, Holders } from "./holders";
import { PuppetWord } from "./puppet-word";

interface State {
  readonly holders: Holders;
  readonly committed: Committed;
  readonly word: PuppetWord;
}

const NOTHING: Logged = { log: [], snapshot: null };

const MAJORITY =
  "If there exists an N such that a majority of matchIndex[i] ≥ N, and log[N].term == currentTerm: " +
  "set commitIndex = N (Figure 2, leaders; §5.3, §5.4)";

/**
 * What is committed: one fact for the whole cluster, judged by the disks. An entry of term T is committed once a majority of all
 * servers each held it durably while in term T, and with it all before it (§5.3, §5.4.2).
 */
export class CommitMonitor extends Monitor<State> {
  override readonly inputs = ["boot", "request", "reply"] as const;
  override readonly effects = ["save", "call"] as const;
  protected state: State = { holders: new Holders(), committed: new Committed(), word: new PuppetWord() };
  private readonly padding: string;

  /** @param padding - bytes of ballast in each state of the service, for scenes with large snapshots */
  constructor({ padding = 0 }: { readonly padding?: number } = {}) {
    super();
    this.padding = "x".repeat(padding);
  }

  /** The last index that is committed; it never goes back. */
  get commitIndex(): number {
    return this.state.committed.length;
  }

  /** The last index that may be applied: all that is committed, and what a puppet that leads calls so. */
  get limit(): number {
    return Math.max(this.commitIndex, this.state.word.limit);
  }

  /** Grows with {@link CommitMonitor.commitIndex}. */
  get changes(): number {
    return this.commitIndex;
  }

  /** The committed entry; undefined if `index` is not committed, or only a puppet's snapshot covers it. */
  entry(index: number): LogEntry | undefined {
    return this.state.committed.entry(index);
  }

  /** The term in which entry `index` became committed: its own or a later one. */
  committedIn(index: number): number | undefined {
    return this.state.committed.termOf(index);
  }

  /** When entry `index` became committed, virtual ms. */
  committedAt(index: number): number | undefined {
    return this.state.committed.since(index);
  }

  /** Whose disks hold entry `index` of `term` now, or a snapshot instead; puppets by their word. */
  holdersOf(index: number, term: number): ServerId[] {
    return this.state.holders.holding(index, term);
  }

  /** The state of the harness as a service after entry `index`; undefined if an entry before is not known. */
  stateAt(index: number): PlainData | undefined {
    const digest = this.state.committed.digest(index);
    return digest === undefined ? undefined : serviceState(index, digest, this.padding);
  }

  /** What a puppet sent as entry `index` to those who follow it in `term`. */
  puppetEntry(index: number, term: number): LogEntry | undefined {
    return this.state.word.entry(index, term);
  }

  /** True if a puppet sent this snapshot: then it is as good as the service's own. */
  puppetState(index: number, term: number, data: PlainData): boolean {
    return this.state.word.gave(index, term, data);
  }

  onInput(world: WorldView, server: ServerId, input: Input): void {
    const { holders, word } = this.state;
    if (input.kind === "boot") {
      holders.boots(server);
    } else if (input.kind === "request") {
      if (input.method === "appendEntries") {
        const request = input.request as AppendEntriesRequest;
        holders.hears(server, request);
        if (this.believes(world, server, input.from, request.term)) word.hears(request);
      } else if (input.method === "installSnapshot") {
        const request = input.request as InstallSnapshotRequest;
        if (this.believes(world, server, input.from, request.term)) word.hearsState(request);
      }
    } else if (input.kind === "reply" && world.isPuppet(input.from)) {
      this.answered(world, input);
    }
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    if (effect.kind === "save") {
      const state = asRaftState(effect.state);
      if (state === undefined) return;
      const term = this.state.holders.saves(server, state);
      if (term !== undefined) this.advance(world, term, state);
    } else if (effect.kind === "call" && effect.method === "appendEntries") {
      const request = effect.request as AppendEntriesRequest;
      if (request.leaderCommit > this.limit) throw this.tooEarly(world, server, request);
    }
  }

  /**
   * A real server has rightly applied an entry: what a puppet called committed is a fact now, and an entry that was
   * unknown is known.
   */
  applied(world: WorldView, index: number, entry: LogEntry): void {
    this.reach(world, index);
    this.state.committed.fill(index, entry);
  }

  /**
   * A real server has rightly restored the state after entry `index`. Where entries before are unknown, the digest in
   * the harness's own state, if a puppet sent that, says how to go on.
   */
  restored(world: WorldView, index: number, data: PlainData): void {
    this.reach(world, index);
    const digest = isRecord(data) ? data.digest : undefined;
    if (typeof digest === "string" && /^[0-9a-f]{8}$/.test(digest)) this.state.committed.adopt(index, digest);
  }

  /** Why entry `index` of `term` is not committed, though a server in term `own` thinks so. */
  doubt(world: WorldView, index: number, term: number, own: number): Doubt {
    return doubt(this.state.holders, world.servers.length, { index, term }, own);
  }

  /** A server refuses a leader of a term that is over; what such a one says binds nobody. */
  private believes(world: WorldView, server: ServerId, from: ServerId, term: number): boolean {
    return world.isPuppet(from) && term >= (this.state.holders.disk(server)?.currentTerm ?? 0);
  }

  /** A puppet has no disk: it holds what it says. */
  private answered(world: WorldView, input: Extract<Input, { kind: "reply" }>): void {
    const { holders } = this.state;
    if (input.method === "appendEntries") {
      const request = input.request as AppendEntriesRequest;
      const reply = input.reply as AppendEntriesReply;
      if (!reply.success || reply.term > request.term) return;
      const term = holders.acknowledges(input.from, request.term, endOf(request));
      if (term !== undefined) this.advance(world, term, carried(request));
    } else if (input.method === "installSnapshot") {
      const { term, lastIncludedIndex, lastIncludedTerm } = input.request as InstallSnapshotRequest;
      if ((input.reply as InstallSnapshotReply).term > term) return;
      const end = { index: lastIncludedIndex, term: lastIncludedTerm };
      if (holders.acknowledges(input.from, term, end) !== undefined) this.advance(world, term, NOTHING);
    }
  }

  /** Somebody holds more of the log of `term` than before: is it a majority now? */
  private advance(world: WorldView, term: number, source: Logged): void {
    const { holders, committed } = this.state;
    const index = holders.byMajority(term, world.servers.length);
    if (index <= this.commitIndex) return;
    let others: readonly Logged[] | undefined;
    for (let i = this.commitIndex + 1; i <= index; i++) {
      let entry = entryOn(source, i);
      if (entry === undefined) {
        others ??= holders.statesWith(index, term);
        for (const other of others) entry ??= entryOn(other, i);
      }
      committed.append(entry, term, world.now);
    }
  }

  private reach(world: WorldView, index: number): void {
    const { committed, word } = this.state;
    while (this.commitIndex < index) {
      committed.append(undefined, word.termFor(this.commitIndex + 1) ?? 0, world.now);
    }
  }

  private tooEarly(world: WorldView, server: ServerId, request: AppendEntriesRequest): SceneFailure {
    const { leaderCommit: index, term: own } = request;
    const disk = this.state.holders.disk(server);
    const term = termOn(carried(request), index) ?? termOn(disk, index);
    const says = `server ${server}, leader of term ${own}, sends leaderCommit ${index} at ${at(world.now)}, but `;
    const so = `(committed: up to ${this.commitIndex})`;
    if (term === undefined) {
      const ends = `its own log on disk ends with entry ${lastEntry(disk).index} ${so}`;
      return new SceneFailure("wrong", MAJORITY, says + ends, server);
    }
    const { why, counted } = this.doubt(world, index, term, own);
    return new SceneFailure(
      "wrong",
      counted ? BY_COUNTING : MAJORITY,
      `${says}entry ${index} (term ${term}) is not committed ${so}: ${why}`,
      server,
    );
  }
}

/** The part of the leader's log that an AppendEntries carries. */
function carried({ prevLogIndex, prevLogTerm, entries }: AppendEntriesRequest): Logged {
  const snapshot = { lastIncludedIndex: prevLogIndex, lastIncludedTerm: prevLogTerm, data: null };
  return { log: entries, snapshot };
}
