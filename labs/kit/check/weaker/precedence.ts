import type { Accesses } from "./accesses";
import type { Sessions } from "./sessions";

/** Why one operation comes before another. */
export type Reason =
  /** It is the one before in the same session. */
  | "session"
  /** The other read what it wrote. */
  | "read"
  /**
   * It wrote to the cell, a reader knew of it and read the other's value all the same: so the other is the
   * later one.
   */
  | "overwritten"
  /** It read a value that the other overwrote: so it read before that. */
  | "not yet"
  /** Its version of the cell is the lower one. */
  | "version"
  /** It was answered before the other was called. */
  | "time";

/** That `before` comes before `after`. */
export interface Step {
  readonly before: number;
  readonly after: number;
  readonly why: Reason;
  /** The reader of which the reason speaks. */
  readonly reader?: number;
  /** It was inferred from the first so many steps; absent from what needs no proof. */
  readonly known?: number;
}

/**
 * What must come before what: each session's order, and what is added to it. After {@link settle}, a vector
 * clock an operation (width: the sessions) answers “before?” for any two in one look: O(operations ×
 * sessions) time and memory.
 */
export class Precedence {
  private readonly steps: Step[] = [];
  /** Singly linked lists: the last step out of each operation, and the one before each step. */
  private readonly lastOut: Int32Array;
  private readonly previous: number[] = [];
  /** How many steps lead to each operation, that from the one before it in its session among them. */
  private readonly into: Int32Array;
  private readonly clocks: Int32Array;
  /** How many steps the clocks know. */
  private known = 0;

  constructor(private readonly sessions: Sessions) {
    const { of, first, count } = sessions;
    this.lastOut = new Int32Array(of.length).fill(-1);
    this.into = Int32Array.from(of, (session, i) => (i === first[session] ? 0 : 1));
    this.clocks = new Int32Array(of.length * count);
  }

  /** How many steps were added. */
  get length(): number {
    return this.steps.length;
  }

  add(step: Step): void {
    this.previous.push(this.lastOut[step.before] ?? -1);
    this.lastOut[step.before] = this.steps.push(step) - 1;
    this.into[step.after] = (this.into[step.after] ?? 0) + 1;
  }

  /** Forgets all steps but the first ones. */
  cutBack(length: number): void {
    while (this.steps.length > length) {
      const step = this.steps.pop();
      const previous = this.previous.pop();
      if (step === undefined || previous === undefined) return;
      this.lastOut[step.before] = previous;
      this.into[step.after] = (this.into[step.after] ?? 0) - 1;
    }
  }

  /** Adds what follows, by an inference about a reader, from the steps that the clocks know. */
  infer(before: number, after: number, why: Reason, reader: number): void {
    this.add({ before, after, why, reader, known: this.known });
  }

  /** How many operations there are. */
  get size(): number {
    return this.sessions.of.length;
  }

  /**
   * The steps out of an operation, of the first `limit` that were added; that to the next of its session
   * among them.
   */
  outOf(operation: number, limit = Infinity): Step[] {
    const found: Step[] = [];
    const after = this.nextOf(operation);
    if (after !== undefined) found.push({ before: operation, after, why: "session" });
    for (let at = this.lastOut[operation] ?? -1; at >= 0; at = this.previous[at] ?? -1) {
      const step = this.steps[at];
      if (step !== undefined && at < limit) found.push(step);
    }
    return found;
  }

  private nextOf(operation: number): number | undefined {
    const { of, first } = this.sessions;
    return operation + 1 < (first[(of[operation] ?? 0) + 1] ?? 0) ? operation + 1 : undefined;
  }

  /**
   * Works out all clocks. @returns the operations that could not be put in order: none, unless there is a
   * cycle
   */
  settle(): readonly number[] {
    const { of, first, count } = this.sessions;
    const { clocks, steps, previous, lastOut } = this;
    const waitsFor = this.into.slice();
    const ready: number[] = [];
    for (let i = of.length - 1; i >= 0; i--) if (waitsFor[i] === 0) ready.push(i);
    clocks.fill(0);
    this.known = steps.length;
    const reach = (from: number, to: number): void => {
      for (let s = 0, a = from * count, b = to * count; s < count; s++, a++, b++) {
        const known = clocks[a] ?? 0;
        if (known > (clocks[b] ?? 0)) clocks[b] = known;
      }
      const left = (waitsFor[to] ?? 0) - 1;
      waitsFor[to] = left;
      if (left === 0) ready.push(to);
    };
    let settled = 0;
    for (let i = ready.pop(); i !== undefined; i = ready.pop()) {
      settled++;
      const session = of[i] ?? 0;
      clocks[i * count + session] = i - (first[session] ?? 0) + 1;
      const next = this.nextOf(i);
      if (next !== undefined) reach(i, next);
      for (let at = lastOut[i] ?? -1; at >= 0; at = previous[at] ?? -1) reach(i, steps[at]?.after ?? i);
    }
    if (settled === of.length) return [];
    return Array.from(of, (_, i) => i).filter((i) => (waitsFor[i] ?? 0) > 0);
  }

  /** How many operations of a session come before an operation, itself included. */
  seen(operation: number, session: number): number {
    return this.clocks[operation * this.sessions.count + session] ?? 0;
  }

  /** Whether one operation comes before another. */
  before(a: number, b: number): boolean {
    const session = this.sessions.of[a] ?? 0;
    return a !== b && this.seen(b, session) > a - (this.sessions.first[session] ?? 0);
  }
}

/** Each session's order, and that a read comes after what it read. */
export function causality(accesses: Accesses): Precedence {
  const order = new Precedence(accesses);
  accesses.from.forEach((before, after) => {
    if (before >= 0) order.add({ before, after, why: "read" });
  });
  return order;
}
