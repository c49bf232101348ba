import { Kind, NONE, type Columns } from "./columns";
import { Makers } from "./makers";

/**
 * Which change comes directly behind which, where that is known, and who saw which. The number of a change is its place
 * in the columns; `start`, one more, stands for what the cell holds at first.
 */
export class Links {
  readonly start: number;
  /** For each change, the one that must come directly behind it, or NONE; and the other way round. */
  readonly next: Int32Array;
  readonly previous: Int32Array;
  /** Whether a change is part of the order: it was answered, or somebody saw it. */
  readonly used: Uint8Array;
  /** For each read, the change that it saw. */
  readonly saw: Int32Array;
  /** Operations that contradict each other, if there are such. */
  clash: readonly number[] | undefined;
  /** For each change, the operation by which it is known to have happened, and where, or NONE. */
  private readonly evidence: Int32Array;

  /** The links of a part, or undefined if an answer can mean more than one change. */
  static of(columns: Columns): Links | undefined {
    const makers = Makers.of(columns);
    return makers && new Links(columns, makers);
  }

  private constructor(
    private readonly columns: Columns,
    private readonly makers: Makers,
  ) {
    const { size } = columns;
    const none = (): Int32Array => new Int32Array(size + 1).fill(NONE);
    this.start = size;
    this.next = none();
    this.previous = none();
    this.saw = none();
    this.evidence = none();
    this.used = new Uint8Array(size + 1);
    this.used[this.start] = 1;
    const todo: number[] = [];
    for (let i = 0; i < size && this.clash === undefined; i++) {
      if (columns.isOpen(i)) continue;
      if (columns.isChange(i)) this.used[i] = 1;
      this.look(i, todo);
    }
    // An unknown compare-and-set that was seen has met what it expected.
    for (let i = todo.pop(); i !== undefined && this.clash === undefined; i = todo.pop()) this.look(i, todo);
  }

  /** These operations, and those without which they would not have to have happened there. */
  withEvidence(operations: readonly number[]): number[] {
    const all = new Set<number>();
    const add = (i: number): void => {
      if (i === NONE || i === this.start || all.has(i)) return;
      all.add(i);
      if (this.columns.isOpen(i) || this.columns.kind(i) === Kind.append) add(this.evidence[i] as number);
    };
    operations.forEach(add);
    return [...all];
  }

  /** Takes down what an operation met; puts unknown changes that are seen for the first time on the list. */
  private look(observer: number, todo: number[]): void {
    const { columns } = this;
    const kind = columns.kind(observer);
    if (kind !== Kind.read && kind !== Kind.cas) return;
    const chain = this.makers.chain(columns.a(observer));
    if (chain === undefined) {
      this.clash ??= this.withEvidence([observer]);
      return;
    }
    let last: number = NONE;
    for (const change of chain) {
      if (this.used[change] === 0) {
        this.used[change] = 1;
        if (columns.kind(change) === Kind.cas) todo.push(change);
      }
      if (change !== this.start && this.evidence[change] === NONE) this.evidence[change] = observer;
      if (last !== NONE) this.link(last, change, observer);
      last = change;
    }
    if (kind === Kind.read) this.saw[observer] = last;
    else this.link(last, observer, observer);
  }

  private link(before: number, after: number, observer: number): void {
    const [other, another] = [this.next[before] as number, this.previous[after] as number];
    if (other !== NONE && other !== after) this.clash ??= this.withEvidence([other, after, observer]);
    if (another !== NONE && another !== before) this.clash ??= this.withEvidence([after, observer]);
    this.next[before] = after;
    this.previous[after] = before;
  }
}
