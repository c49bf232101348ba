import { sizeOfPlain, type ServerId } from "../program";
import { Logs, type LogEyes } from "../raft/logs";
import { asRaftState } from "../raft/state";
import { at, Clients, type Measurement, type Work as WorkOf } from "../scene";
import type { NetworkName, World } from "../sim";
import { Client, type Desk } from "./client";
import { medianVisit, type Cost, type VisitMonitor } from "./cost";
import type { Entry, Journal } from "./journal";
import { judge } from "./judge";
import type { KvAnswer, KvRequest, KvResult, ReadMode, SyncAnswer } from "./messages";
import { tellRequest } from "./words";

/** How long one operation may take on a good network, an election included; in virtual ms. */
const OPERATION_LIMIT = 5000;

/** The same where messages are lost and late. */
const LOSSY_OPERATION_LIMIT = 15_000;

const ANSWERED =
  "An operation is answered once a majority can talk to each other and to its client (§8; MIT 6.5840, Lab 4)";
const NOT_UNKNOWN = `"unknown" is for a write whose session has expired (handout); anything else is tried until it is answered`;

/** The monitors that a scene about the service may question. */
export interface KvEyes extends LogEyes {
  readonly journal: Journal;
  readonly visits: VisitMonitor;
}

/** What clients do under load; see {@link Clients}. */
export type Work = WorkOf<Client, KvRequest, KvResult>;

/**
 * A cluster of servers with the key/value service on top of Raft, and its clients, as a scene sees it. To the verbs about
 * leaders, faults and logs that the labs before have, it adds **clients** (`client`, `connect`, `start`, `answer`, `pending`, `underLoad`) and
 * **costs** (`cost`, `claim`). Cuts concern servers only: a client reaches all servers that it knows of.
 */
export class KvCluster extends Logs implements Desk {
  /** What was measured, for the table at the end. */
  readonly measured: Measurement[] = [];
  private readonly crowd: Clients<Client, KvRequest, KvResult>;

  constructor(
    world: World,
    protected override readonly eyes: KvEyes,
    network?: NetworkName,
    limit?: number,
    private readonly mayExpire = false,
  ) {
    super(world, eyes, network, limit);
    this.crowd = new Clients(world, eyes.journal, "client");
  }

  // ---------------------------------------------------------------- clients

  /**
   * Another client.
   *
   * @param only - the servers that it knows of, for ever; absent: all. So it asks one of these, and no other
   */
  client(...only: readonly ServerId[]): Client {
    const id = this.crowd.next();
    this.world.boot(id, only.length === 0 ? this.servers : only);
    return new Client(id, this);
  }

  /** So many clients that reach all servers. */
  clients(count: number): Client[] {
    return Array.from({ length: count }, () => this.client());
  }

  /** Cuts a client off from all servers but these; without any: mends all its links. MIT's ConnectClient. */
  connect(client: Client, ...servers: readonly ServerId[]): void {
    this.reachOnly(client.id, servers);
  }

  /** Hands a client a request and lets nothing else happen. */
  start(client: ServerId, request: KvRequest): Entry {
    return this.crowd.start(client, request);
  }

  /** True until the operation has ended. */
  pending(entry: Entry): boolean {
    return entry.result === undefined;
  }

  /**
   * Waits for the answer to an operation on a key.
   *
   * @param within - virtual ms from now; 5 s on a good network, 15 s on any other
   * @throws SceneFailure “stalled” if there is none by then
   */
  answer(entry: Entry, within?: number): KvAnswer {
    return this.ended(entry, within) as KvAnswer;
  }

  /** The same for any operation, a sync too. */
  ended(entry: Entry, within = this.operationLimit): KvAnswer | SyncAnswer {
    if (!this.run(within, () => !this.pending(entry))) throw this.unanswered(entry, within);
    if (entry.result !== undefined && entry.result !== "unknown") return entry.result;
    const message = `${tale(entry)} ended as "unknown" at ${at(entry.returnedAt ?? this.now)}`;
    throw this.failure("wrong", NOT_UNKNOWN, message, entry.client);
  }

  /** Waits until all these have ended, “unknown” or not. */
  settle(entries: readonly Entry[], within = this.operationLimit): void {
    if (this.run(within, () => entries.every((entry) => !this.pending(entry)))) return;
    const open = entries.find((entry) => this.pending(entry));
    if (open !== undefined) throw this.unanswered(open, within);
  }

  /**
   * Lets clients work while `body` happens: each begins its next operation as soon as the last one has ended. At the end of `body`
   * no more are begun, and those that are open are waited for.
   *
   * @param work - what the clients do
   * @returns how many operations were answered
   */
  underLoad(
    clients: readonly Client[],
    work: Work,
    body: () => void,
    within = 2 * LOSSY_OPERATION_LIMIT,
  ): number {
    const begun = this.crowd.underLoad(clients, work, body);
    this.settle(begun, within);
    return begun.filter(({ result }) => result !== undefined && result !== "unknown").length;
  }

  /** Operations for {@link KvCluster.underLoad}: appends and puts of values that no other is equal to, gets, compare-and-sets. */
  mixed(keys: readonly string[], ...reads: readonly ReadMode[]): (client: Client, n: number) => KvRequest {
    const random = this.random("operations");
    const known = new Map<string, string>();
    return ({ id }, n) => {
      const key = random.pick(keys);
      const value = `(${id}.${n})`;
      const kind = random.int(10);
      if (kind < 4) {
        const read = reads.length === 0 ? {} : { read: random.pick(reads) };
        return { kind: "get", key, ...read };
      }
      if (kind < 7) return { kind: "append", key, value };
      const expected = known.get(key) ?? "";
      known.set(key, value);
      return kind < 9 ? { kind: "put", key, value } : { kind: "cas", key, expected, value };
    };
  }

  // ---------------------------------------------------------------- disks

  /** Bytes of the snapshot on `server`'s disk: what the service keeps; MIT's snapshot size. */
  snapshotBytes(server: ServerId): number {
    const snapshot = asRaftState(this.world.saved(server))?.snapshot ?? null;
    return snapshot === null ? 0 : sizeOfPlain(snapshot.data);
  }

  // ---------------------------------------------------------------- leaders

  /** True if `server` leads, or led at some time. */
  hasLed(server: ServerId): boolean {
    return [...this.eyes.leadership.leaders.values()].some((one) => one.server === server);
  }

  // ---------------------------------------------------------------- costs

  /** What a read costs at `server`: the median of `count` reads, far from each other, by a client of its own. */
  cost(read: ReadMode, server: ServerId, count = 15): Cost {
    const client = this.client(server);
    client.get("cost", read);
    const before = this.eyes.visits.finished.length;
    for (let i = 0; i < count; i++) {
      this.watch(137);
      client.get("cost", read);
    }
    return medianVisit(this.eyes.visits.finished.slice(before));
  }

  /** Notes a measurement for the table, and demands that it keeps what is claimed. */
  claim(measurement: Measurement, rule: string, message: string, server?: ServerId): void {
    this.measured.push(measurement);
    this.expect(measurement.met, rule, message, server);
  }

  // ---------------------------------------------------------------- the end

  /**
   * Judges all that clients were told. The harness calls it when a scene is over.
   *
   * @param effort - how many times the usual budget the checker may take
   * @throws SceneFailure if it cannot be put in order
   */
  judge(effort?: number): void {
    if (!this.mayExpire) {
      const entry = this.eyes.journal.entries.find(({ result }) => result === "unknown");
      if (entry !== undefined)
        throw this.failure("wrong", NOT_UNKNOWN, `${tale(entry)} ended as "unknown"`, entry.client);
    }
    judge(this.eyes.journal, effort);
  }

  // ---------------------------------------------------------------- helpers

  protected override serve(): void {
    super.serve();
    this.crowd.serve();
  }

  private get operationLimit(): number {
    return ["reliable", "regional", "constant"].includes(this.quality)
      ? OPERATION_LIMIT
      : LOSSY_OPERATION_LIMIT;
  }

  private unanswered(entry: Entry, within: number): Error {
    const { client } = entry;
    const asked = this.eyes.visits.lastOf(client);
    const message = `${tale(entry)} has no answer within ${within} ms; ${asked}; ${this.leaders.whoLeads()}${this.leaders.whoRefuses()}`;
    return this.failure("stalled", ANSWERED, message, client);
  }
}

function tale({ client, request, calledAt }: Entry): string {
  return `client ${client}'s ${tellRequest(request)}, called at ${at(calledAt)},`;
}
