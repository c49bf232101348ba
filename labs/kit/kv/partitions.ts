import type { KvCluster } from "./cluster";

/**
 * MIT's partitioner: for `ms`, every 1.0-1.2 s, each server goes to one of two sides at random; within a side all links work, between
 * them none. In the end all is healed.
 */
export function partitions(c: KvCluster, ms: number): void {
  const random = c.random("partitions");
  const end = c.now + ms;
  while (end - c.now >= 0.001) {
    const left = c.servers.filter(() => random.chance(0.5));
    c.partition(left, c.others(...left));
    c.watch(Math.min(random.between(1000, 1200), end - c.now));
  }
  c.heal();
}
