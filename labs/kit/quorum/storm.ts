import type { Effect, ServerId } from "../program";
import type { Faults } from "../scene";
import type { World } from "../sim";

/** Random faults for a while. Probabilities are per step; a step is 50-400 virtual ms. */
export interface StormPlan {
  /** How long, in virtual ms. */
  readonly ms: number;
  /** A replica crashes: at once, or before or after some effect of its next handlers. */
  readonly crash?: number;
  /** The same for a coordinator; what it had begun stays half-done. */
  readonly crashCoordinator?: number;
  /** Whoever is down comes back; 0.5 if absent. */
  readonly restart?: number;
  /** All nodes go to one of two sides, and nothing gets across. */
  readonly partition?: number;
  /** One node no longer reaches another one, which still reaches it. */
  readonly oneWay?: number;
  /** A node pauses until the next step. */
  readonly pause?: number;
  /** All links are mended; 0.3 if absent. */
  readonly heal?: number;
}

/** What a storm rages over. */
interface Stormy extends Faults {
  watch(ms: number): void;
}

const EFFECTS: readonly Effect["kind"][] = ["save", "call", "reply"];

/** The world counts whole microseconds; a sum of fractions may lie beyond one by its last bit. */
const INSTANT = 0.001;

/**
 * Plays a {@link StormPlan} over replicas and coordinators; everything is drawn from the seed's own stream for faults. At the end all links
 * work and all are up.
 *
 * @param coordinators - those that were booted
 */
export function storm(
  cluster: Stormy,
  world: World,
  coordinators: readonly ServerId[],
  plan: StormPlan,
): void {
  const faults = world.stream("faults", world.now);
  const replicas = cluster.servers;
  const all = [...replicas, ...coordinators];
  const end = world.now + plan.ms;
  const strike = (node: ServerId): void => {
    const how = faults.int(3);
    const effect = faults.pick(EFFECTS);
    const nth = faults.int(3) + 1;
    if (how === 0) world.crash(node);
    else world.crashAt({ server: node, effect, nth, when: how === 1 ? "before" : "after" });
  };
  while (end - world.now >= INSTANT) {
    cluster.watch(Math.min(faults.between(50, 400), end - world.now));
    for (const node of all) cluster.thaw(node);
    if (faults.chance(plan.heal ?? 0.3)) connect(cluster, all);
    if (faults.chance(plan.partition ?? 0)) {
      connect(cluster, all);
      const left = all.filter(() => faults.chance(0.5));
      for (const a of left) for (const b of all) if (!left.includes(b)) cluster.cut(a, b);
    }
    if (faults.chance(plan.oneWay ?? 0)) {
      const from = faults.pick(all);
      cluster.cutOneWay(from, faults.pick(all.filter((id) => id !== from)));
    }
    if (faults.chance(plan.pause ?? 0)) cluster.freeze(faults.pick(all));
    if (faults.chance(plan.crash ?? 0)) strike(faults.pick(replicas));
    if (coordinators.length > 0 && faults.chance(plan.crashCoordinator ?? 0))
      strike(faults.pick(coordinators));
    const down = all.filter((id) => !world.isUp(id));
    if (down.length > 0 && faults.chance(plan.restart ?? 0.5)) cluster.restart(faults.pick(down));
  }
  world.clearCrashPoints();
  connect(cluster, all);
  for (const node of all) cluster.thaw(node);
  cluster.restart(...all);
}

/** Mends all links. */
function connect(cluster: Stormy, all: readonly ServerId[]): void {
  for (const a of all) for (const b of all) if (a < b) cluster.mend(a, b);
}
