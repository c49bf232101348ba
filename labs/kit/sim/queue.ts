import TinyQueue from "tinyqueue";
import type { Micros } from "./clock";

/** Something that will happen at `at`; `order` decides among equals: first scheduled, first served. */
export interface Due {
  readonly at: Micros;
  readonly order: number;
}

function earlier(a: Due, b: Due): number {
  return a.at - b.at || a.order - b.order;
}

/** The future of a world: a priority queue of plain records, which can be copied. */
export class EventQueue<T extends Due> {
  private readonly heap: TinyQueue<T>;

  constructor(items: readonly T[] = []) {
    this.heap = new TinyQueue<T>([...items], earlier);
  }

  push(item: T): void {
    this.heap.push(item);
  }

  /** The next one, or undefined if nothing is left. */
  peek(): T | undefined {
    return this.heap.peek();
  }

  pop(): T | undefined {
    return this.heap.pop();
  }

  get length(): number {
    return this.heap.length;
  }

  /** An independent copy; the records themselves are shared. */
  clone(): EventQueue<T> {
    return new EventQueue(this.heap.data);
  }
}
