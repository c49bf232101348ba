import type { Effect, ServerId } from "../program";
import type { World } from "../sim";
import type { Faults } from "../scene";

/** Random faults for a while. Probabilities are per step; a step is 50-400 virtual ms. */
export interface StormPlan {
  /** How long, in virtual ms. */
  readonly ms: number;
  /** A running server crashes: at once, or before or after some effect of its next handlers. */
  readonly crash?: number;
  /** A crashed server comes back. */
  readonly restart?: number;
  /** A server loses all its links. */
  readonly isolate?: number;
  /** One direction of one link goes. */
  readonly oneWay?: number;
  /** All links are mended. */
  readonly heal?: number;
}

/** What a storm rages over. */
interface Stormy extends Faults {
  watch(ms: number): void;
}

const EFFECTS: readonly Effect["kind"][] = ["save", "call", "reply", "setTimer"];

/** Plays a {@link StormPlan}; everything is drawn from the seed's own stream for faults. */
export function storm(cluster: Stormy, world: World, plan: StormPlan): void {
  const faults = world.stream("faults", world.now);
  const end = world.now + plan.ms;
  // The world counts whole microseconds; a sum of fractions may lie beyond one by its last bit.
  while (end - world.now >= 0.001) {
    cluster.watch(Math.min(faults.between(50, 400), end - world.now));
    const victim = faults.pick(cluster.servers);
    if (faults.chance(plan.crash ?? 0))
      strike(world, victim, faults.int(3), faults.pick(EFFECTS), faults.int(3) + 1);
    const other = faults.pick(cluster.others(victim).length > 0 ? cluster.others(victim) : [victim]);
    if (faults.chance(plan.isolate ?? 0)) cluster.isolate(victim);
    if (faults.chance(plan.oneWay ?? 0) && other !== victim) cluster.cutOneWay(victim, other);
    if (faults.chance(plan.heal ?? 0.3)) cluster.heal();
    const down = cluster.servers.filter((id) => !world.isUp(id));
    if (down.length > 0 && faults.chance(plan.restart ?? 0.5)) cluster.restart(faults.pick(down));
  }
  world.clearCrashPoints();
  cluster.heal();
  cluster.restart(...cluster.servers);
}

function strike(world: World, server: ServerId, how: number, effect: Effect["kind"], nth: number): void {
  if (how === 0) world.crash(server);
  else world.crashAt({ server, effect, nth, when: how === 1 ? "before" : "after" });
}
