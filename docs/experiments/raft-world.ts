import type { Options, ServerId } from "../../labs/kit/program";
import type { Campaign, Leadership, RaftStatus } from "../../labs/kit/raft";
import { CampaignMonitor } from "../../labs/kit/raft/monitors/campaigns";
import { LeadershipMonitor } from "../../labs/kit/raft/monitors/leadership";
import { TermMonitor } from "../../labs/kit/raft/monitors/terms";
import { VoteMonitor } from "../../labs/kit/raft/monitors/votes";
import { play, Puppet, type Outcome } from "../../labs/kit/scene";
import { RELIABLE, type Observer, type Quality, type World } from "../../labs/kit/sim";
import type { Subject } from "../../labs/kit/subject";

/** What a run of an experiment on Raft is made of. */
export interface RaftSetup {
  readonly subject: Subject;
  /** A uint32; everything random comes from it. */
  readonly seed: number;
  readonly servers: number;
  /** Servers that the story plays itself. */
  readonly puppets?: readonly ServerId[];
  readonly options?: Options;
  /** True: the monitors do not end the run when a rule is broken. */
  readonly unwatched?: boolean;
  /** Who else looks on. */
  readonly observers?: readonly Observer[];
  /** How well messages travel; absent: reliable, 0.5-2 ms each way. */
  readonly quality?: Quality;
}

interface Eyes {
  readonly leadership: LeadershipMonitor;
  readonly campaigns: CampaignMonitor;
}

/** A cluster of Raft servers in a simulated world; the monitors of the lab watch it. */
export class RaftWorld {
  constructor(
    readonly world: World,
    private readonly eyes: Eyes,
  ) {}

  /** Starts all servers that are no puppets. */
  bootAll(): void {
    for (const id of this.world.servers) if (!this.world.isPuppet(id)) this.world.boot(id);
  }

  /** Lets virtual ms pass. */
  watch(ms: number): void {
    this.world.runUntil(this.world.now + ms);
  }

  /** Waits, at most `within` virtual ms, until somebody sends AppendEntries in a term later than `after`. */
  leader(after = 0, within = 5000): Leadership | undefined {
    const { leaders } = this.eyes.leadership;
    let found: Leadership | undefined;
    let known = -1;
    this.world.runUntil(this.world.now + within, () => {
      if (leaders.size === known) return false;
      known = leaders.size;
      found = [...leaders.values()].find(({ term }) => term > after);
      return found !== undefined;
    });
    return found;
  }

  /** What a server says of itself. */
  status(server: ServerId): RaftStatus {
    return this.world.ask(server, "status") as RaftStatus;
  }

  /** The highest term of any server that is up. */
  highestTerm(): number {
    return Math.max(...this.running().map((id) => this.status(id).term));
  }

  /** Campaigns since virtual time `since`, in ms. */
  campaigns(since: number): readonly Campaign[] {
    return this.eyes.campaigns.campaigns.filter(({ at }) => at >= since);
  }

  /** A server that the story plays. */
  puppet(id: ServerId): Puppet {
    return new Puppet(id, this.world, (ms, done) => this.world.runUntil(this.world.now + ms, done));
  }

  private running(): ServerId[] {
    return this.world.servers.filter((id) => this.world.isUp(id) && !this.world.isPuppet(id));
  }
}

/** Plays a story. A broken rule ends it, and is part of the outcome. */
export function playRaft(setup: RaftSetup, story: (raft: RaftWorld) => void): Outcome {
  const { subject, seed, servers, puppets = [], options = {}, quality = RELIABLE } = setup;
  const eyes = { leadership: new LeadershipMonitor(), campaigns: new CampaignMonitor() };
  const all = [new TermMonitor(), new VoteMonitor(), eyes.leadership, eyes.campaigns];
  const monitors = [...(setup.unwatched === true ? [] : all), ...(setup.observers ?? [])];
  const needs = { file: "raft/raft.ts", exportName: "Raft", methods: [] };
  const world = { servers, puppets, options };
  return play(
    { scene: "experiment", subject, cast: () => needs, seed, options: {}, world, monitors },
    (built) => {
      built.setNetwork(quality, "the experiment's");
      story(new RaftWorld(built, eyes));
    },
  );
}
