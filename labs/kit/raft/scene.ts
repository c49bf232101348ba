import type { Options, ServerId } from "../program";
import { play, register, type Needs } from "../scene";
import { type LocalClock, type NetworkName } from "../sim";
import { deriveStream } from "../sim";
import { RaftCluster } from "./cluster";
import { MessageForm } from "./form";
import { CampaignMonitor } from "./monitors/campaigns";
import { LeadershipMonitor } from "./monitors/leadership";
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
}

const METHODS = ["requestVote", "requestVoteReply", "appendEntries", "appendEntriesReply", "timer", "status"];

const NEEDS: Needs = { file: "raft/raft.ts", exportName: "Raft", methods: METHODS };

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
  register({
    lab: setup.lab,
    name,
    points: setup.points ?? 0,
    challenge: setup.challenge ?? false,
    needs: NEEDS,
    play: (subject, seed, options = {}) => {
      const eyes = { leadership: new LeadershipMonitor(), campaigns: new CampaignMonitor() };
      // The form of a message is checked before anybody reads it.
      const monitors = [
        new MessageForm(),
        new TermMonitor(),
        new VoteMonitor(),
        eyes.leadership,
        eyes.campaigns,
      ];
      const world = {
        servers: setup.servers,
        checkSave: checkRaftState,
        options: optionsOf(setup),
        clocks: clocksOf(setup, seed),
        ...(setup.puppets === undefined ? {} : { puppets: setup.puppets }),
      };
      return play({ scene: name, subject, needs: NEEDS, seed, options, world, monitors }, (built) => {
        const cluster = new RaftCluster(built, eyes, setup.network, setup.limit);
        for (const id of built.servers) if (!built.isPuppet(id)) built.boot(id);
        body(cluster);
      });
    },
  });
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
