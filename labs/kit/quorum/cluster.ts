import type { History } from "../check/history";
import type { KvOperation, KvSeen } from "../check/models/kv";
import type { Consistency, ServerId } from "../program";
import { at, Clients, Stage, type Measurement, type Work as WorkOf } from "../scene";
import type { NetworkName, World } from "../sim";
import { Coordinator, type Desk } from "./coordinator";
import { tellEntry, type Entry, type Journal } from "./journal";
import { historyOf, judgeAtomic } from "./judge";
import type { QuorumRequest, QuorumResult, ReadAnswer, Versioned, WriteAnswer } from "./messages";
import type { AnswerMonitor, Quorum } from "./monitors/answers";
import type { EvidenceMonitor } from "./monitors/evidence";
import type { Ledger } from "./monitors/ledger";
import { asReplicaState, heldOn } from "./state";
import { storm, type StormPlan } from "./storm";
import { compareVersions, tellVersion } from "./versions";

/** How much later than its timeout an operation may end: a coordinator may look at its clock in ticks. In virtual ms. */
const GRACE = 100;

/** How long replicas that can talk may take to agree, in rounds of their anti-entropy. */
const CONVERGENCE_ROUNDS = 20;

const ENDS =
  "A coordinator ends each operation within its timeout: with an answer, as “failed” or as “unknown” (handout)";
const AVAILABLE =
  "An operation succeeds while the replicas that it needs can be reached: W and R of N for a write, R for a read (notes 000; handout)";
const LABEL =
  "W + R > N, or a read may miss the last write: what is not promised may not be labelled so (Gifford 1979; handout)";
const CONVERGES =
  "Once writes stop and messages arrive, all replicas come to hold the newest version of every key (eventual; handout)";

/** The monitors that a scene may question. */
export interface QuorumEyes {
  readonly journal: Journal;
  readonly ledger: Ledger;
  readonly evidence: EvidenceMonitor;
  readonly answers: AnswerMonitor;
}

/** What coordinators do under load; see {@link Clients}. */
export type Work = WorkOf<Coordinator, QuorumRequest, QuorumResult>;

/**
 * N replicas and their coordinators, as a scene sees them. To the verbs that do harm and those of {@link Stage} it adds **coordinators**
 * (`coordinator`, `reach`, `start`, `answered`, `ended`, `settle`, `underLoad`, `mixed`) and **replicas** (`disk`, `changes`, `values`, `converge`).
 * Cuts by `partition` and `isolate` concern replicas only: which of them a coordinator reaches is said by `reach`. A `storm` spares nobody.
 */
export class QuorumCluster extends Stage implements Desk {
  /** What was measured, for the table at the end. */
  readonly measured: Measurement[] = [];
  private readonly crowd: Clients<Coordinator, QuorumRequest, QuorumResult>;

  constructor(
    world: World,
    readonly quorum: Quorum,
    private readonly eyes: QuorumEyes,
    private readonly times: { readonly timeout: number; readonly repairEvery: number },
    network?: NetworkName,
    limit?: number,
  ) {
    super(world, network, limit);
    this.crowd = new Clients(world, eyes.journal, "coordinator");
  }

  // ---------------------------------------------------------------- coordinators

  /**
   * Another coordinator.
   *
   * @param reached - the replicas that it reaches for the time being; absent: all
   */
  coordinator(...reached: readonly ServerId[]): Coordinator {
    const id = this.crowd.next();
    this.world.boot(id, this.servers);
    // One that saves while it boots may meet a crash point, and come back.
    if (!this.isUp(id)) this.until(`C${id} has come up`, () => this.isUp(id));
    const coordinator = new Coordinator(id, this.labelOf(id), this);
    this.reach(coordinator, ...reached);
    return coordinator;
  }

  /** So many coordinators that reach all replicas. */
  coordinators(count: number): Coordinator[] {
    return Array.from({ length: count }, () => this.coordinator());
  }

  /** Cuts a coordinator off from all replicas but these; without any: mends all its links. */
  reach({ id }: Coordinator, ...replicas: readonly ServerId[]): void {
    this.reachOnly(id, replicas);
  }

  /** Hands a coordinator a request and lets nothing else happen. */
  start(coordinator: ServerId, request: QuorumRequest): Entry {
    return this.crowd.start(coordinator, request);
  }

  /** True until the operation has ended, or its coordinator has crashed. */
  pending(entry: Entry): boolean {
    return !this.eyes.journal.isOver(entry);
  }

  /** True once a version has left for this write. */
  issued(entry: Entry): boolean {
    return this.eyes.ledger.issuedBy(entry) !== undefined;
  }

  /** What replicas have shown to the last operation of a coordinator, up to its end. */
  shown({ client, request }: Entry): { readonly replica: ServerId; readonly value: string | null }[] {
    return [...this.eyes.evidence.answers(client)].map(([replica, version]) => {
      const issue = version === null ? undefined : this.eyes.ledger.issue(request.key, version);
      return { replica, value: issue?.value ?? null };
    });
  }

  /** What clients have seen so far. */
  history(): History<KvOperation, KvSeen> {
    return historyOf(this.eyes.journal, this.eyes.ledger);
  }

  /**
   * Waits for the answer to an operation.
   *
   * @throws SceneFailure “stalled” if it does not end in time, or ends as “failed” or “unknown”
   */
  answered(entry: Entry): ReadAnswer | WriteAnswer {
    const result = this.ended(entry);
    if (result !== "failed" && result !== "unknown") return result;
    const reached = this.servers.filter((id) => this.world.isUp(id) && this.world.reaches(entry.client, id));
    const message =
      `${tellEntry(entry)}, called at ${at(entry.calledAt)}, ended as "${result}" at ${at(entry.returnedAt ?? this.now)}; ` +
      `it reaches ${reached.length} of ${this.quorum.N} replicas, and ${this.tellQuorum()}`;
    throw this.failure("stalled", AVAILABLE, message, entry.client);
  }

  /**
   * Waits until an operation has ended, however it ends.
   *
   * @throws SceneFailure “stalled” if it has not ended soon after its timeout
   */
  ended(entry: Entry): QuorumResult {
    this.settle([entry]);
    return entry.result ?? "unknown";
  }

  /** Waits until all these have ended, or their coordinators have crashed. */
  settle(entries: readonly Entry[]): void {
    const within = this.times.timeout + GRACE;
    if (this.run(within, () => entries.every((entry) => !this.pending(entry)))) return;
    const open = entries.find((entry) => this.pending(entry));
    if (open === undefined) return;
    const message = `${tellEntry(open)}, called at ${at(open.calledAt)}, has not ended at ${at(this.now)}; the timeout is ${this.times.timeout} ms`;
    throw this.failure("stalled", ENDS, message, open.client);
  }

  /**
   * Lets coordinators work while `body` happens: each begins its next operation as soon as the last one has ended. At the end of `body` no
   * more are begun, and those that are open are waited for.
   *
   * @returns the operations, in the order in which they were called
   */
  underLoad(coordinators: readonly Coordinator[], work: Work, body: () => void): readonly Entry[] {
    const begun = this.crowd.underLoad(coordinators, work, body);
    this.settle(begun);
    return begun;
  }

  /** Operations for {@link QuorumCluster.underLoad}: writes of values that no other is equal to, reads, and now and then a delete. */
  mixed(keys: readonly string[]): Work {
    const random = this.random("operations");
    return ({ id }, n) => {
      const key = random.pick(keys);
      const kind = random.int(10);
      if (kind < 5) return { kind: "read", key };
      return kind < 9 ? { kind: "write", key, value: `${id}.${n}` } : { kind: "delete", key };
    };
  }

  // ---------------------------------------------------------------- faults

  /** Random faults of replicas and of all coordinators so far. In the end all are up and reach each other. */
  storm(plan: StormPlan): void {
    storm(this, this.world, this.crowd.present, plan);
  }

  // ---------------------------------------------------------------- replicas

  /** What a replica's disk holds of a key; null if nothing. */
  disk(replica: ServerId, key: string): Versioned | null {
    return heldOn(this.world.saved(replica), key);
  }

  /** Saves so far that have changed what is on a disk: of these nodes together, or of all replicas and coordinators. */
  changes(nodes: readonly ServerId[] = [...this.world.servers, ...this.world.clients]): number {
    return nodes.reduce((sum, id) => sum + this.world.disk(id).changes, 0);
  }

  /** Saves so far, on all disks, those of coordinators too. */
  get saves(): number {
    const { servers, clients } = this.world;
    return [...servers, ...clients].reduce((sum, id) => sum + this.world.disk(id).writes, 0);
  }

  /** The values of a key on all disks, by replica: the notes' (V2 V2 V2 V1 V1). */
  values(key: string): (string | null)[] {
    return this.servers.map((id) => this.disk(id, key)?.value ?? null);
  }

  /**
   * Waits until all replicas that are up hold the same versions, none of which is older than one that was acknowledged.
   *
   * @param within - virtual ms; twenty rounds of anti-entropy unless the scene says otherwise
   */
  converge(within = CONVERGENCE_ROUNDS * this.times.repairEvery): void {
    if (this.run(within, () => this.difference() === undefined)) return;
    const message = `${this.difference() ?? ""}, ${within} ms after the faults have stopped`;
    throw this.failure("wrong", CONVERGES, message);
  }

  // ---------------------------------------------------------------- the end

  /** Judges all that coordinators were told, where reads are atomic. The harness calls it when a scene is over. */
  judge(effort?: number): void {
    if (this.quorum.promise === "atomic") judgeAtomic(this.eyes.journal, this.eyes.ledger, effort);
  }

  // ---------------------------------------------------------------- helpers

  protected override serve(): void {
    super.serve();
    this.crowd.serve();
  }

  /** What a new coordinator says of itself: what was asked for, if W + R > N. */
  private labelOf(id: ServerId): Consistency {
    const said = this.world.invoke(id, "label");
    const { promise } = this.quorum;
    this.expect(
      said === promise,
      LABEL,
      `C${id} labels its reads ${JSON.stringify(said)}; with ${this.tellQuorum()} they are “${promise}”`,
      id,
    );
    return promise;
  }

  private tellQuorum(): string {
    const { N, W, R } = this.quorum;
    return `N=${N} W=${W} R=${R}`;
  }

  /** What keeps the replicas from agreement, in words. */
  private difference(): string | undefined {
    const up = this.running();
    const keys = new Set(
      up.flatMap((id) => Object.keys(asReplicaState(this.world.saved(id))?.entries ?? {})),
    );
    for (const { request } of this.eyes.journal.entries) keys.add(request.key);
    for (const key of keys) {
      const acknowledged = this.eyes.answers.acknowledged(key);
      const versions = up.map((id) => this.disk(id, key)?.version ?? null);
      const same = versions.every((version) => compareVersions(version, versions[0] ?? null) === 0);
      if (same && compareVersions(versions[0] ?? null, acknowledged) >= 0) continue;
      const each = up.map((id, i) => `server ${id} holds ${tellVersion(versions[i] ?? null)}`);
      return `of ${JSON.stringify(key)} ${each.join(", ")}; acknowledged was ${tellVersion(acknowledged)}`;
    }
    return undefined;
  }
}
