import { mersenne } from "pure-rand/generator/mersenne";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

const TWO_POW_32 = 0x1_0000_0000;

/** A seeded stream of random numbers: xoroshiro128+ of the pure-rand library. */
export class RandomStream {
  private constructor(private readonly generator: RandomGenerator) {}

  /** @param seed - a uint32, or the four int32 of a whole state */
  static from(seed: number | readonly number[]): RandomStream {
    return new RandomStream(xoroshiro128plusFromState(typeof seed === "number" ? spread(seed) : seed));
  }

  /** A number in [0, 1), a multiple of 2^-32. */
  next(): number {
    return (this.generator.next() >>> 0) / TWO_POW_32;
  }

  /** A number in [min, max). */
  between(min: number, max: number): number {
    return min + this.next() * (max - min);
  }

  /** A whole number in 0 .. n-1. */
  int(n: number): number {
    return Math.floor(this.next() * n);
  }

  /** One of the items, each as likely. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError("nothing to pick from");
    return items[this.int(items.length)] as T;
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** The items in random order; the given list stays as it is. */
  shuffle<T>(items: readonly T[]): T[] {
    const out = [...items];
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.int(i + 1);
      [out[i], out[j]] = [out[j] as T, out[i] as T];
    }
    return out;
  }

  /** An independent stream at the same position. */
  clone(): RandomStream {
    return new RandomStream(this.generator.clone());
  }
}

/**
 * A whole state from a uint32. Set up with near seeds, xoroshiro gives streams that resemble each other for ever, because
 * all that it does to its state is linear; the Mersenne Twister mixes its seed first.
 */
function spread(seed: number): number[] {
  const twister = mersenne(seed);
  return [twister.next(), twister.next(), twister.next(), twister.next()];
}
