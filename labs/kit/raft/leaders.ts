import type { ServerId } from "../program";
import type { World } from "../sim";
import type { RaftStatus } from "./messages";
import type { CampaignMonitor } from "./monitors/campaigns";
import type { Leadership, LeadershipMonitor } from "./monitors/leadership";
import { asRaftState } from "./state";

/** The monitors that a scene may question. */
export interface Eyes {
  readonly leadership: LeadershipMonitor;
  readonly campaigns: CampaignMonitor;
}

/** Who leads, judged by what is sent and acknowledged, with `status()` only to confirm it. */
export class Leaders {
  constructor(
    private readonly world: World,
    private readonly eyes: Eyes,
  ) {}

  /** What a server says of itself, or undefined if it cannot be asked. */
  status(server: ServerId): RaftStatus | undefined {
    if (!this.world.isUp(server) || this.world.isFrozen(server) || this.world.isPuppet(server))
      return undefined;
    return this.world.ask(server, "status") as RaftStatus | undefined;
  }

  /** The last term that somebody led, and who. */
  get last(): Leadership | undefined {
    let last: Leadership | undefined;
    for (const one of this.eyes.leadership.leaders.values()) if (one.term > (last?.term ?? 0)) last = one;
    return last;
  }

  /** The leader at this moment, if there is one that a majority follows and that says so itself. */
  now(): ServerId | undefined {
    const leader = this.world.servers.length === 1 ? this.world.servers[0] : this.followed();
    if (leader === undefined) return undefined;
    const status = this.status(leader);
    const led = this.world.servers.length === 1 ? undefined : this.lastOf(leader)?.term;
    return status?.isLeader === true && (led === undefined || status.term === led) ? leader : undefined;
  }

  /**
   * The latest leader, if a majority is behind it and every running server that it can talk to has acknowledged it. (With anything
   * less, somebody's timeout might run out before the first heartbeat reaches it, and depose the leader rightly.) A
   * leader of an earlier term does not count, whatever it believes: a majority has moved on.
   */
  private followed(): ServerId | undefined {
    const { last } = this;
    if (last === undefined || !this.isCurrent(last)) return undefined;
    const near = this.world.servers.filter((id) => id !== last.server && this.canTalk(last.server, id));
    const behind = near.filter((id) => this.follows(id, last));
    const deaf = near.filter((id) => !this.follows(id, last) && !this.world.isPuppet(id));
    const need = Math.floor(this.world.servers.length / 2) + 1;
    return behind.length + 1 >= need && deaf.length === 0 ? last.server : undefined;
  }

  /** It has acknowledged this leader, and its disk knows of no later term. */
  private follows(server: ServerId, { term, followers }: Leadership): boolean {
    return followers.has(server) && (asRaftState(this.world.saved(server))?.currentTerm ?? 0) <= term;
  }

  private canTalk(a: ServerId, b: ServerId): boolean {
    return this.world.reaches(a, b) && this.world.reaches(b, a) && !this.world.isFrozen(b);
  }

  private isCurrent({ server, life }: Leadership): boolean {
    return this.world.isUp(server) && !this.world.isFrozen(server) && this.world.life(server) === life;
  }

  private lastOf(server: ServerId): Leadership | undefined {
    let last: Leadership | undefined;
    for (const one of this.eyes.leadership.leaders.values()) {
      if (one.server === server && one.term > (last?.term ?? 0)) last = one;
    }
    return last;
  }

  /** The term that `leader` led last. */
  term(leader: ServerId): number {
    return this.lastOf(leader)?.term ?? this.status(leader)?.term ?? 0;
  }

  /** Who leads, or why nobody does. */
  whoLeads(): string {
    const leader = this.now();
    return leader === undefined ? this.whoWaits() : `server ${leader} leads term ${this.term(leader)}`;
  }

  /** Who refuses what the latest leader sends: a clause for a sentence about a stall, or nothing. */
  whoRefuses(): string {
    const refusals = [...(this.last?.refusals ?? [])].map(
      ([id, { count, prevLogIndex }]) =>
        `; server ${id} refused its last ${count} calls that were answered, the last one with prevLogIndex ${prevLogIndex}`,
    );
    return refusals.join("");
  }

  /** One clause a server: what it says of itself, and how its last campaign went. */
  whoWaits(): string {
    return this.world.servers
      .map((id) => {
        if (!this.world.isUp(id)) return `server ${id} is down`;
        if (this.world.isPuppet(id)) return `server ${id} is a puppet`;
        const status = this.status(id);
        const campaigns = this.eyes.campaigns.campaigns.filter(({ server }) => server === id);
        const last = campaigns.at(-1);
        const tale =
          last === undefined
            ? "never campaigned"
            : `campaigned ${campaigns.length} times, last for term ${last.term} at ${last.at.toFixed(0)} ms with ` +
              `${this.eyes.leadership.votesFor(id, last.term)} of ${this.world.servers.length} votes`;
        return `server ${id} (${status?.isLeader === true ? "leader" : "no leader"}, term ${String(status?.term)}) ${tale}`;
      })
      .join("; ");
  }
}
