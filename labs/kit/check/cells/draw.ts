import { mersenne } from "pure-rand/generator/mersenne";

/** Seeded draws for made-up histories: same seed, same history. */
export class Draw {
  private readonly generator;

  constructor(seed: number) {
    this.generator = mersenne(seed);
  }

  /** A whole number in 0 .. n-1. */
  int(n: number): number {
    return (this.generator.next() >>> 0) % n;
  }

  /** True in this share of cases. */
  chance(share: number): boolean {
    return this.int(1_000_000) < share * 1_000_000;
  }

  /** One of the items, each as likely. */
  pick<T>(items: readonly T[]): T {
    return items[this.int(items.length)] as T;
  }
}
