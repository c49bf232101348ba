import type { ServerId } from "../program";
import type { NetworkName, World } from "../sim";
import { SceneFailure } from "./failure";
import { Faults } from "./faults";
import type { Used, Verdict } from "./outcome";
import { Puppet } from "./puppet";

/** How long one scene may take, in virtual ms (MIT: 120 s a test), unless it says otherwise. */
const SCENE_LIMIT = 120_000;

/** How long a scene waits for what it waits for, unless it says otherwise; in virtual ms. */
const UNTIL_LIMIT = 5000;

/** The verbs that all harnesses with a cluster share: time, puppets, costs, demands; {@link Faults} are those that do harm. */
export class Stage extends Faults {
  private readonly puppets = new Map<ServerId, Puppet>();

  constructor(
    world: World,
    network: NetworkName = "reliable",
    private readonly limit: number = SCENE_LIMIT,
  ) {
    super(world, network);
    for (const id of [...this.servers, ...world.clients]) {
      if (world.isPuppet(id)) this.puppets.set(id, new Puppet(id, world, (ms, done) => this.run(ms, done)));
    }
  }

  // ---------------------------------------------------------------- wait and see

  /** Lets `ms` pass under the eyes of the monitors. */
  watch(ms: number): void {
    this.run(ms);
  }

  /**
   * Waits until something holds.
   *
   * @param what - completes the sentence “… did not happen within …”
   * @param rule - what is quoted then
   * @throws SceneFailure “stalled” if it does not hold within `within` virtual ms
   */
  until(
    what: string,
    holds: () => boolean,
    within = UNTIL_LIMIT,
    rule = "Things happen when the network lets them (liveness)",
  ): void {
    if (this.run(within, holds)) return;
    throw this.failure("stalled", rule, `${what} did not happen within ${within} ms`);
  }

  /** A server, or a client, without a program, which the scene plays. */
  puppet(id: ServerId): Puppet {
    const puppet = this.puppets.get(id);
    if (puppet === undefined) throw new Error(`server ${id} is not a puppet of this scene`);
    return puppet;
  }

  // ---------------------------------------------------------------- look

  /** Virtual time in ms. */
  get now(): number {
    return this.world.now;
  }

  /** Servers that are up, puppets not counted. */
  running(): ServerId[] {
    return this.servers.filter((id) => this.world.isUp(id) && !this.world.isPuppet(id));
  }

  isUp(server: ServerId): boolean {
    return this.world.isUp(server);
  }

  /** What `body` costs in calls, bytes and saves: all servers together, or what reaches, leaves and is saved by server `at`. */
  used(body: () => void, at?: ServerId): Used {
    const before = this.bill(at);
    body();
    const after = this.bill(at);
    return {
      calls: after.calls - before.calls,
      bytes: after.bytes - before.bytes,
      writes: after.writes - before.writes,
    };
  }

  /** Messages and timers so far. */
  get events(): number {
    return this.world.inputCount;
  }

  /** Saves so far, on all disks together. */
  get writes(): number {
    return this.bill().writes;
  }

  /** Demands something of the scene's own; `rule` is quoted when it does not hold. */
  expect(holds: boolean, rule: string, message: string, server?: ServerId): void {
    if (!holds) throw this.failure("wrong", rule, message, server);
  }

  /** Demands that `count` is at most `budget`; both stand in the handout. */
  budget(what: "messages" | "bytes" | "writes", count: number, budget: number, during: string): void {
    if (count <= budget) return;
    throw this.failure(
      `too-many-${what}`,
      `Budget: at most ${budget} ${what} ${during} (handout)`,
      `${count} ${what} ${during}; the budget is ${budget}`,
    );
  }

  // ---------------------------------------------------------------- helpers

  /** A random stream of this scene's own, e.g. for whom to crash. */
  random(purpose: string): ReturnType<World["stream"]> {
    return this.world.stream(purpose);
  }

  /** Cuts a client off from all servers but these; if there are none, mends all its links. */
  protected reachOnly(client: ServerId, servers: readonly ServerId[]): void {
    for (const server of this.servers) {
      if (servers.length === 0 || servers.includes(server)) this.mend(client, server);
      else this.cut(client, server);
    }
  }

  protected run(ms: number, done?: () => boolean): boolean {
    const end = Math.min(this.world.now + ms, this.limit);
    if (this.world.now >= this.limit) {
      throw this.failure(
        "stalled",
        "A scene ends (handout)",
        `the scene has used up its ${this.limit} ms of virtual time`,
      );
    }
    return this.world.runUntil(end, () => {
      this.serve();
      return done?.() ?? false;
    });
  }

  /** What the harness itself does after each event. */
  protected serve(): void {
    for (const puppet of this.puppets.values()) puppet.serve();
  }

  private bill(at?: ServerId): Used {
    const { traffic } = this.world;
    const { received, bytes } = at === undefined ? traffic.total : traffic.server(at);
    const of = at === undefined ? this.servers : [at];
    const writes = of.reduce((sum, id) => sum + this.world.disk(id).writes, 0);
    return { calls: received, bytes, writes };
  }

  protected failure(verdict: Verdict, rule: string, message: string, server?: ServerId): SceneFailure {
    return new SceneFailure(verdict, rule, message, server);
  }
}
