import type { RandomStream, ServerId } from "../../program";
import type { World } from "../../sim";
import type { Faults } from "../../scene";
import type { Proposal } from "../messages";
import type { Leadership } from "../monitors/leadership";

/** What a swarm plays with: a cluster that takes proposals. */
export interface Swarmed extends Faults {
  /** Servers that are up and have a program. */
  running(): ServerId[];
  propose(server: ServerId): Proposal | undefined;
  watch(ms: number): void;
  /** The last term that somebody led, and who. */
  readonly lastLeadership: Leadership | undefined;
}

/** A move as it goes on: it yields how long it waits for its next step, in virtual ms. */
export type Steps = Generator<number, void, void>;

/** A fault with an aim. */
export interface Move {
  readonly name: string;
  /** Virtual ms that it needs to be what it is; what it breaks is mended later, by itself or by the swarm. */
  readonly least: number;
  /** Plays it: at once, or in the steps that it returns. */
  play(field: Field): Steps | undefined;
}

/** Where moves are played: the cluster, the seed's own random stream, and whom a move may aim at. */
export class Field {
  constructor(
    readonly cluster: Swarmed,
    readonly world: World,
    readonly random: RandomStream,
  ) {}

  /** All servers that have a program. */
  get servers(): ServerId[] {
    return this.world.servers.filter((id) => !this.world.isPuppet(id));
  }

  /** Who leads, as far as can be seen from what was sent. */
  get leader(): ServerId | undefined {
    const last = this.cluster.lastLeadership;
    if (last === undefined || !this.world.isUp(last.server) || this.world.isFrozen(last.server))
      return undefined;
    return this.world.life(last.server) === last.life ? last.server : undefined;
  }

  /** Whose success that leader heard last. */
  get acknowledger(): ServerId | undefined {
    return this.cluster.lastLeadership?.acknowledger;
  }

  /** Any server. */
  anyone(): ServerId {
    return this.random.pick(this.servers);
  }

  /** Any server but the leader, if there are others. */
  anyFollower(): ServerId {
    const { leader } = this;
    const followers = this.servers.filter((id) => id !== leader);
    return followers.length === 0 ? this.anyone() : this.random.pick(followers);
  }

  /** How many servers are more than half. */
  get majority(): number {
    return Math.floor(this.world.servers.length / 2) + 1;
  }

  /** Between `min` and `max` virtual ms. */
  between(min: number, max: number): number {
    return this.random.between(min, max);
  }

  /** Proposes to the leader; while nobody seems to lead, to all in turn until one takes it. */
  propose(): void {
    const { leader } = this;
    if (leader !== undefined && this.cluster.propose(leader) !== undefined) return;
    for (const id of this.cluster.running()) if (this.cluster.propose(id) !== undefined) return;
  }
}
