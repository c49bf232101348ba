import { NONE, type Columns } from "./columns";
import type { Links } from "./links";

/**
 * The blocks of a part: changes that must follow each other directly, each with those who saw it. Block X must come
 * before block Y if an operation of X returned before one of Y was called: if the first return of X is earlier than the
 * last call of Y.
 */
export class Blocks {
  /** Operations that contradict each other within a block, if there are such; empty if it takes many. */
  clash: readonly number[] | undefined;
  /** For each block: its first change, its operation that returns first, and the one that is called last. */
  private readonly roots: number[] = [];
  private readonly firsts: number[] = [];
  private readonly lasts: number[] = [];
  /** The reads that saw a change, in the order of their calls: its first one, and for each the next one. */
  private readonly reader: Int32Array;
  private readonly nextReader: Int32Array;
  /** The blocks in an order that satisfies all, if there is one. */
  private readonly sorted: Int32Array;

  constructor(
    private readonly columns: Columns,
    private readonly links: Links,
  ) {
    const { size } = columns;
    const { start, used, previous, saw } = links;
    this.reader = new Int32Array(size + 1).fill(NONE);
    this.nextReader = new Int32Array(size).fill(NONE);
    for (let i = size - 1; i >= 0; i--) {
      const change = saw[i] as number;
      if (change === NONE) continue;
      this.nextReader[i] = this.reader[change] as number;
      this.reader[change] = i;
    }
    // First the block of what the cell holds at first, then the others in the order of their calls.
    let left = used.reduce((sum, one) => sum + one, 0) - this.walk(start);
    for (let i = 0; i < size; i++) {
      if (used[i] === 1 && previous[i] === NONE) left -= this.walk(i);
    }
    // The rest go round in circles: each met what only one behind it can have made.
    if (left > 0) this.clash ??= [];
    this.sorted = this.inOrder();
  }

  /**
   * Four operations of two blocks, each of which would have to come before the other, if there are such. Two are enough
   * to look for: in a longer circle, the block that returns first has to come both before and behind some other one.
   */
  crossed(): readonly number[] | undefined {
    let open: number = NONE; // of the blocks so far that end behind their begin, the last: it ends last of all
    for (const block of this.sorted) {
      if (open !== NONE && this.firstReturn(block) < this.lastCall(open)) {
        return [open, block].flatMap((one) => [this.firsts[one] as number, this.lasts[one] as number]);
      }
      if (this.firstReturn(block) < this.lastCall(block)) open = block;
    }
    return undefined;
  }

  /** The whole order, by place in the columns. */
  order(): number[] {
    const order: number[] = [];
    for (const block of this.sorted) {
      for (let i = this.roots[block] as number; i !== NONE; i = this.links.next[i] as number) {
        if (i !== this.links.start) order.push(i);
        for (let r = this.reader[i] as number; r !== NONE; r = this.nextReader[r] as number) order.push(r);
      }
    }
    return order;
  }

  /** The blocks by their begin, the earlier of first return and last call: it is an order for all, if there is one. */
  private inOrder(): Int32Array {
    const begin = (block: number): number => Math.min(this.firstReturn(block), this.lastCall(block));
    const isOpen = (block: number): boolean => this.firstReturn(block) < this.lastCall(block);
    // Without a function that compares, numbers are sorted many times as fast; then each block finds its place.
    const begins = Float64Array.from(this.roots, (_, block) => begin(block)).sort();
    const sorted = new Int32Array(begins.length);
    const taken = new Int32Array(begins.length); // how many with the same begin have found theirs
    for (const open of [false, true]) {
      for (let block = 0; block < sorted.length; block++) {
        if (isOpen(block) !== open) continue;
        const place = firstPlace(begins, begin(block));
        const before = taken[place] as number;
        sorted[place + before] = block;
        taken[place] = before + 1;
      }
    }
    return sorted;
  }

  /** Takes down the block that begins with this change, and says how many changes it has. */
  private walk(root: number): number {
    const { next } = this.links;
    let [first, count] = [root, 0];
    let latest: number = NONE; // of the operations so far, the one called last
    for (let change = root; change !== NONE; change = next[change] as number) {
      count++;
      this.compare(change, latest);
      latest = this.later(latest, change);
      let seen = latest;
      for (let r = this.reader[change] as number; r !== NONE; r = this.nextReader[r] as number) {
        this.compare(r, latest);
        if (this.ret(r) < this.ret(first)) first = r;
        seen = this.later(seen, r);
      }
      if (this.ret(change) < this.ret(first)) first = change;
      latest = seen;
    }
    this.roots.push(root);
    this.firsts.push(first);
    this.lasts.push(latest);
    return count;
  }

  /** Within a block the order is fixed: an operation must not return before one in front of it is called. */
  private compare(operation: number, latest: number): void {
    if (latest !== NONE && this.ret(operation) < this.call(latest)) this.clash ??= [operation, latest];
  }

  private later(a: number, b: number): number {
    return a === NONE || this.call(a) < this.call(b) ? b : a;
  }

  private firstReturn(block: number): number {
    return this.ret(this.firsts[block] as number);
  }

  private lastCall(block: number): number {
    return this.call(this.lasts[block] as number);
  }

  private call(i: number): number {
    return i === this.links.start ? -Infinity : this.columns.call(i);
  }

  private ret(i: number): number {
    return i === this.links.start ? -Infinity : this.columns.ret(i);
  }
}

/** Where a number stands first in a sorted list that contains it. */
function firstPlace(sorted: Float64Array, wanted: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
