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
  }

  /**
   * Four operations of two blocks, each of which would have to come before the other, if there are such. Two are enough
   * to look for: in a longer circle, the block that returns first has to come both before and behind some other one.
   */
  crossed(): readonly number[] | undefined {
    let open: number = NONE; // of the blocks so far that end behind their begin, the last: it ends last of all
    for (const block of this.inOrder()) {
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
    for (const block of this.inOrder()) {
      for (let i = this.roots[block] as number; i !== NONE; i = this.links.next[i] as number) {
        if (i !== this.links.start) order.push(i);
        for (let r = this.reader[i] as number; r !== NONE; r = this.nextReader[r] as number) order.push(r);
      }
    }
    return order;
  }

  /** The blocks by their begin, the earlier of first return and last call: it is an order for all, if there is one. */
  private inOrder(): Int32Array {
    const begins = Float64Array.from(this.roots, (_, x) => Math.min(this.firstReturn(x), this.lastCall(x)));
    const isOpen = Uint8Array.from(this.roots, (_, x) => (this.firstReturn(x) < this.lastCall(x) ? 1 : 0));
    return Int32Array.from(this.roots, (_, x) => x).sort((x, y) => {
      const [a, b] = [begins[x] as number, begins[y] as number];
      return a < b ? -1 : a > b ? 1 : (isOpen[x] as number) - (isOpen[y] as number);
    });
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
