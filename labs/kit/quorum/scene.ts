import { writeNdjson } from "../check/readers";
import type { Consistency, Options, ServerId } from "../program";
import {
  play,
  registerScene,
  type Needs,
  type Once,
  type Outcome,
  type PlayOptions,
  type SceneSetup,
} from "../scene";
import { deriveStream, type LocalClock, type NetworkName, type ServiceTimes } from "../sim";
import type { Subject } from "../subject";
import { QuorumCluster } from "./cluster";
import { QuorumForm } from "./form";
import { Journal } from "./journal";
import { historyOf } from "./judge";
import { AnswerMonitor, type Quorum } from "./monitors/answers";
import { QuorumCoverage } from "./monitors/coverage";
import { EvidenceMonitor } from "./monitors/evidence";
import { Ledger } from "./monitors/ledger";
import { ReplicaMonitor } from "./monitors/replicas";
import { checkReplicaState } from "./state";

/** What a scene is played with. */
export interface QuorumSetup extends SceneSetup {
  readonly lab: 6;
  /** N: replicas 0 .. servers-1. */
  readonly servers: number;
  /** How many coordinators the scene may have, numbered from `servers` on; 1 unless it says otherwise. */
  readonly coordinators?: number;
  /** A majority unless the scene says otherwise. */
  readonly W?: number;
  /** A majority unless the scene says otherwise. */
  readonly R?: number;
  /** What coordinators are asked to promise; `atomic` unless the scene says otherwise. If W + R <= N they can promise no more than `eventual`. */
  readonly promise?: Consistency;
  /** Ms of its own clock within which a coordinator ends an operation; 1,000 unless the scene says otherwise. */
  readonly timeout?: number;
  /** Ms between two rounds of a replica's anti-entropy; 0, never, unless the scene says otherwise. */
  readonly repairEvery?: number;
  readonly network?: NetworkName;
  /** Replicas and coordinators that the scene plays itself. */
  readonly puppets?: readonly ServerId[];
  /** How much faster or slower than real time clocks may run, e.g. 0.05; they also show different times. */
  readonly drift?: number;
  /** How long nodes are busy; not at all unless throughput is measured. */
  readonly service?: ServiceTimes;
  /** Virtual ms the scene may take; 120 s unless it says otherwise. */
  readonly limit?: number;
}

const REPLICA: Needs = {
  file: "quorum/replica.ts",
  exportName: "Replica",
  methods: ["fetch", "store", "timer"],
  verbs: ["now", "random", "call", "reply", "setTimer", "cancelTimer", "save", "note"],
};

const COORDINATOR: Needs = {
  file: "quorum/coordinator.ts",
  exportName: "Coordinator",
  methods: ["invoke", "label", "fetchReply", "storeReply", "timer"],
  verbs: ["now", "random", "call", "setTimer", "cancelTimer", "save", "note", "done"],
};

/**
 * Declares a scene for replicas and their coordinators: a story in the verbs of {@link QuorumCluster}. All replicas are booted before it
 * begins; coordinators boot when the scene asks for them. When it is over, the whole history is judged if reads are atomic.
 *
 * ```ts
 * scene("three of five show what three of five hold", { lab: 6, servers: 5, W: 3, R: 3 }, (c) => {
 *   c.coordinator(0, 1, 2).write("x", "V2");
 *   c.expect(c.coordinator(2, 3, 4).read("x").value === "V2", "…", "…");
 * });
 * ```
 */
export function scene(name: string, setup: QuorumSetup, body: (c: QuorumCluster) => void): void {
  registerQuorum(name, setup, (subject, seed, options) => {
    return playQuorum(setup, { scene: name, subject, seed, options }, body);
  });
}

/** Enters a scene about replicas and coordinators into the registry, however it is played. */
export function registerQuorum(
  name: string,
  setup: SceneSetup,
  playIt: (subject: Subject, seed: number, options: PlayOptions) => Outcome,
): void {
  registerScene(name, setup, COORDINATOR, playIt);
}

/** Plays a story once, watched and judged as in {@link scene}; whatever ends it is in the outcome. */
export function playQuorum(setup: QuorumSetup, once: Once, body: (c: QuorumCluster) => void): Outcome {
  const { servers, coordinators = 1, timeout = 1000, repairEvery = 0 } = setup;
  const quorum = quorumOf(setup);
  const journal = new Journal();
  const ledger = new Ledger(journal);
  const evidence = new EvidenceMonitor(journal);
  const answers = new AnswerMonitor(quorum, journal, ledger, evidence);
  const coverage = new QuorumCoverage(quorum, journal, ledger);
  const world = {
    servers,
    clients: coordinators,
    options: optionsOf(setup, quorum),
    clocks: clocksOf(setup, once.seed),
    checkSave: (
      state: Parameters<typeof checkReplicaState>[0],
      previous: Parameters<typeof checkReplicaState>[1],
      id: ServerId,
    ) => (id < servers ? checkReplicaState(state, previous) : undefined),
    ...(setup.puppets === undefined ? {} : { puppets: setup.puppets }),
    ...(setup.service === undefined ? {} : { service: setup.service }),
  };
  let cluster: QuorumCluster | undefined;
  const run = {
    ...once,
    cast: (id: ServerId) => (id < servers ? REPLICA : COORDINATOR),
    world,
    monitors: [new QuorumForm(), journal, ledger, new ReplicaMonitor(), evidence, answers, coverage],
    rules: () => coverage.exercised,
    history: () => writeNdjson({ model: "kv", history: historyOf(journal, ledger) }),
    measured: () => cluster?.measured ?? [],
  };
  return play(run, (built) => {
    const eyes = { journal, ledger, evidence, answers };
    cluster = new QuorumCluster(built, quorum, eyes, { timeout, repairEvery }, setup.network, setup.limit);
    for (const id of built.servers) if (!built.isPuppet(id)) built.boot(id);
    body(cluster);
    if (once.options.rehearsal !== true) cluster.judge(once.options.effort);
  });
}

/** What the configuration can promise: of what was asked, as much as W + R allows. */
function quorumOf({ servers: N, W = majority(N), R = majority(N), promise = "atomic" }: QuorumSetup): Quorum {
  return { N, W, R, promise: W + R > N ? promise : "eventual" };
}

function majority(N: number): number {
  return Math.floor(N / 2) + 1;
}

function optionsOf(
  { promise = "atomic", timeout = 1000, repairEvery = 0 }: QuorumSetup,
  { W, R }: Quorum,
): Options {
  return { W, R, promise, timeout, repairEvery };
}

function clocksOf({ servers, coordinators = 1, drift = 0 }: QuorumSetup, seed: number): LocalClock[] {
  if (drift === 0) return [];
  const stream = deriveStream(seed, "clocks");
  return Array.from({ length: servers + coordinators }, () => ({
    offset: Math.round(stream.between(0, 100_000)),
    rate: Math.round(stream.between(1 - drift, 1 + drift) * 1e6) / 1e6,
  }));
}
