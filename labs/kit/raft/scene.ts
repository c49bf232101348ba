import type { Options, ServerId } from "../program";
import { play, register, type Needs } from "../scene";
import type { LocalClock, NetworkName, Observer } from "../sim";
import { deriveStream } from "../sim";
import { RaftCluster, type LogEyes } from "./cluster";
import { MessageForm } from "./form";
import { ApplyMonitor } from "./monitors/applies";
import { CampaignMonitor } from "./monitors/campaigns";
import { CommitMonitor } from "./monitors/commits";
import { CoverageMonitor } from "./monitors/coverage";
import { LeaderCompletenessMonitor } from "./monitors/completeness";
import { ForgottenMonitor } from "./monitors/forgotten";
import { LeaderAppendOnlyMonitor } from "./monitors/leader-log";
import { LeadershipMonitor } from "./monitors/leadership";
import { LogMatchingMonitor } from "./monitors/log-matching";
import { PromiseMonitor } from "./monitors/promises";
import { rulesOf } from "./monitors/marks/list";
import { ProposalMonitor } from "./monitors/proposals";
import { TermMonitor } from "./monitors/terms";
import { VoteMonitor } from "./monitors/votes";
import { checkRaftState } from "./state";

/** What a scene is played with. */
export interface RaftSetup {
  readonly lab: number;
  readonly servers: number;
  /** What it is worth when graded; public scenes are worth nothing. */
  readonly points?: number;
  readonly challenge?: boolean;
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
  const needs = needsOf(setup);
  register({
    lab: setup.lab,
    name,
    points: setup.points ?? 0,
    challenge: setup.challenge ?? false,
    needs,
    play: (subject, seed, options = {}) => {
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
      return play({ scene: name, subject, needs, seed, options, world, monitors, rules }, (built) => {
        const cluster = new RaftCluster(built, eyes, setup.network, setup.limit);
        for (const id of built.servers) if (!built.isPuppet(id)) built.boot(id);
        body(cluster);
      });
    },
  });
}

function needsOf({ lab, snapshotEvery }: RaftSetup): Needs {
  const upTo = snapshotEvery === undefined ? lab : Math.max(lab, 4);
  const methods = METHODS.flatMap(([from, names]) => (from <= upTo ? names : []));
  return { file: "raft/raft.ts", exportName: "Raft", methods };
}

/** All that watch, in the order in which they are told: the form of a message is checked before anybody reads it. */
function examiner(setup: RaftSetup): { eyes: LogEyes; monitors: Observer[]; coverage: CoverageMonitor } {
  const commits = new CommitMonitor({ padding: setup.snapshotPadding ?? 0 });
  const applies = new ApplyMonitor(commits, { snapshotEvery: setup.snapshotEvery ?? 0 });
  const leadership = new LeadershipMonitor();
  const campaigns = new CampaignMonitor();
  const coverage = new CoverageMonitor();
  const monitors = [
    new MessageForm(),
    new TermMonitor(),
    new VoteMonitor(),
    leadership,
    campaigns,
    commits,
    new LogMatchingMonitor(),
    new LeaderAppendOnlyMonitor(),
    new LeaderCompletenessMonitor(commits),
    new PromiseMonitor(commits),
    new ForgottenMonitor(commits),
    new ProposalMonitor(leadership, commits),
    applies,
    coverage,
  ];
  return { eyes: { leadership, campaigns, commits, applies }, monitors, coverage };
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
