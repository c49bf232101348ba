import type { ServerId } from "../../program";
import { Bench } from "../../sim/fixture";
import { Faults } from "../../scene";
import type { Proposal } from "../messages";
import type { Leadership } from "../monitors/leadership";
import { Field, type Move, type Swarmed } from "./field";

/** A stretch of time in which the cluster was left alone, and whether nothing was broken when it began. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly well: boolean;
}

/** A cluster of scripts: who leads is what a test says, and whoever is asked takes a proposal, and saves. */
export class Ground extends Faults implements Swarmed {
  lastLeadership: Leadership | undefined;
  /** Who was asked to take a command, and when. */
  readonly proposed: { readonly server: ServerId; readonly at: number }[] = [];
  readonly stretches: Stretch[] = [];

  constructor(
    readonly bench: Bench,
    leader?: ServerId,
  ) {
    super(bench.world, "reliable");
    if (leader !== undefined) this.follow(leader);
  }

  /** From now on `leader` leads, and `acknowledger` is whom it heard last. */
  follow(leader: ServerId, acknowledger?: ServerId): void {
    const life = this.world.life(leader);
    const heard = { followers: new Set<ServerId>(), acknowledger, refusals: new Map() };
    this.lastLeadership = { term: 1, server: leader, life, since: 0, ...heard };
  }

  running(): ServerId[] {
    return this.servers.filter((id) => this.world.isUp(id));
  }

  propose(server: ServerId): Proposal | undefined {
    if (!this.world.isUp(server) || this.world.isFrozen(server)) return undefined;
    this.proposed.push({ server, at: this.world.now });
    this.bench.do(server, { kind: "save", state: null });
    return { index: 1, term: 1 };
  }

  watch(ms: number): void {
    const from = this.world.now;
    const { well } = this;
    this.bench.pass(ms);
    this.stretches.push({ from, to: this.world.now, well });
  }

  /** Everybody is there, and everybody hears everybody. */
  get well(): boolean {
    const { servers, world } = this;
    return servers.every(
      (a) => world.isUp(a) && !world.isFrozen(a) && servers.every((b) => a === b || world.reaches(a, b)),
    );
  }

  /** Plays one move from beginning to end, with `between` after each wait. */
  play(move: Move, between?: (step: number) => void): void {
    const field = new Field(this, this.world, this.world.stream("test"));
    let step = 0;
    for (const ms of move.play(field) ?? []) {
      this.watch(ms);
      between?.(++step);
    }
  }
}

/** A ground of `servers` scripts under a seed, of which server 0 leads. */
export function ground(seed = 1, servers = 5): Ground {
  return new Ground(new Bench({ seed, servers }), 0);
}
