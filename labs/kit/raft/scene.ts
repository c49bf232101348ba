import type { Options, ServerId } from "../program";
import { play, registerScene, type Needs, type Once, type Outcome, type SceneSetup } from "../scene";
import { deriveStream, type LocalClock, type NetworkName, type World } from "../sim";
import { RaftCluster } from "./cluster";
import { examiner } from "./examiner";
import { rulesOf } from "./monitors/marks/list";
import { checkRaftState } from "./state";

/** What a scene is played with. */
export interface RaftSetup extends SceneSetup {
  readonly servers: number;
  readonly network?: NetworkName;
  /** Servers that the scene plays itself. */
  readonly puppets?: readonly ServerId[];
  /** With `checkQuorum` the harness adds `minElectionTimeout: 300`. */
  readonly options?: Options;
  /** How much faster or slower than real time a clock may run, e.g. 0.05; each server draws its own from the seed. */
  readonly drift?: number;
  /** Virtual ms the scene may take; 120 s unless it says otherwise. */
  readonly limit?: number;
  /** The service takes a snapshot after each entry i for which i + 1 is a multiple of this (MIT: 10); never if absent. */
  readonly snapshotEvery?: number;
  /** Bytes that each snapshot is larger than it need be. */
  readonly snapshotPadding?: number;
}

/** The methods that a lab adds to those of the labs before it. */
const METHODS: readonly (readonly [lab: number, methods: readonly string[]])[] = [
  [1, ["requestVote", "requestVoteReply", "appendEntries", "appendEntriesReply", "timer", "status"]],
  [2, ["propose"]],
  [4, ["snapshot", "installSnapshot", "installSnapshotReply"]],
  [5, ["readIndex", "requestReadIndex", "requestReadIndexReply"]],
];

/**
 * Declares a scene for Raft: a story in the verbs of {@link RaftCluster}. All servers are booted before it begins.
 *
 * ```ts
 * scene("a new leader takes over", { lab: 1, servers: 3 }, (c) => {
 *   const old = c.leader();
 *   c.crash(old);
 *   c.leader();
 * });
 * ```
 */
export function scene(name: string, setup: RaftSetup, body: (c: RaftCluster) => void): void {
  registerScene(name, setup, needsOf(setup), (subject, seed, options) => {
    return playRaft(name, setup, { subject, seed, options }, body);
  });
}

/**
 * One run in a new world.
 *
 * @param before - what is prepared before the servers boot
 */
export function playRaft(
  name: string,
  setup: RaftSetup,
  { subject, seed, options }: Omit<Once, "scene">,
  body: (c: RaftCluster) => void,
  before?: (world: World) => void,
): Outcome {
  const { eyes, monitors, coverage } = examiner(setup);
  const world = {
    servers: setup.servers,
    checkSave: checkRaftState,
    options: optionsOf(setup),
    clocks: clocksOf(setup, seed),
    ...(setup.puppets === undefined ? {} : { puppets: setup.puppets }),
  };
  const known = new Set(rulesOf(setup.lab));
  const rules = (): string[] => coverage.exercised.filter((id) => known.has(id));
  const needs = needsOf(setup);
  const run = { scene: name, subject, cast: () => needs, seed, options, world, monitors, rules };
  return play(run, (built) => {
    const cluster = new RaftCluster(built, eyes, setup.network, setup.limit);
    before?.(built);
    for (const id of built.servers) if (!built.isPuppet(id)) built.boot(id);
    body(cluster);
  });
}

/** What the scenes of a lab need of a Raft. */
export function needsOf({ lab, snapshotEvery }: Pick<RaftSetup, "lab" | "snapshotEvery">): Needs {
  const upTo = snapshotEvery === undefined ? lab : Math.max(lab, 4);
  const methods = METHODS.flatMap(([from, names]) => (from <= upTo ? names : []));
  return { file: "raft/raft.ts", exportName: "Raft", methods };
}

function optionsOf({ options = {} }: RaftSetup): Options {
  return options.checkQuorum === true ? { minElectionTimeout: 300, ...options } : options;
}

function clocksOf({ servers, drift = 0 }: RaftSetup, seed: number): LocalClock[] {
  const stream = deriveStream(seed, "clocks");
  return Array.from({ length: servers }, () => ({
    offset: drift === 0 ? 0 : Math.round(stream.between(0, 1000)),
    rate: drift === 0 ? 1 : Math.round(stream.between(1 - drift, 1 + drift) * 1e6) / 1e6,
  }));
}
