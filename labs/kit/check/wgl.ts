import { tellCount } from "./budget";
import type { Decision } from "./decision";
import type { History } from "./history";
import type { Model } from "./model";
import type { Budget } from "./verdict";
import { readColumns, type Columns } from "./wgl-columns";
import { Seen } from "./wgl-seen";
import { REFUSED, States } from "./wgl-states";
import { isPointless, twins } from "./wgl-unanswered";

/** No operation: the one that was placed last had an answer, or there is none. */
const NONE = -1;

const MB = 1024 * 1024;

/**
 * The plain engine: looks for an order of one part's operations that respects time and that the model allows, whatever
 * the model. This is the search of Wing & Gong (1993) with the memory of Lowe (2017): place an operation that no free
 * one must precede, if the model gives its answer; go on with the rest; go back where there is no way on.
 *
 * @param operations - of one part, none of them `failed`, in any order
 */
export function searchOrder<S, I, O>(
  operations: History<I, O>,
  model: Model<S, I, O>,
  budget: Budget,
): Decision {
  return new Search(readColumns(operations), model).run(budget);
}

class Search<S, I, O> {
  private readonly states: States<S, I, O>;
  private readonly seen: Seen;
  private readonly twins: Int32Array;

  /** The events of required operations that are not placed: a ring in the order of time that begins and ends at 0. */
  private readonly next: Int32Array;
  private readonly previous: Int32Array;

  /** What was placed, in order, and the state before each. */
  private readonly placed: Int32Array;
  private readonly from: Int32Array;
  private depth = 0;

  private state = 0;
  private steps = 0;
  /** The last return that any order got as far as. */
  private furthest = 0;

  constructor(
    private readonly columns: Columns<I, O>,
    model: Model<S, I, O>,
  ) {
    const { operations, required, unanswered, events } = columns;
    this.states = new States(model, operations);
    this.seen = new Seen(required, unanswered);
    this.twins = twins(columns);
    this.next = new Int32Array(events.length);
    this.previous = new Int32Array(events.length);
    for (let event = 1; event < events.length; event++) {
      this.next[event - 1] = event;
      this.previous[event] = event - 1;
    }
    this.placed = new Int32Array(operations.length);
    this.from = new Int32Array(operations.length);
  }

  run(budget: Budget): Decision {
    let cursor = this.next[0] ?? 0;
    let most = 0;
    while (this.next[0] !== 0) {
      const operation = this.candidate(cursor);
      if (operation === NONE) {
        if (this.depth === 0) return { verdict: "not linearizable", stuck: this.stuck(), ...this.effort() };
        cursor = this.behind(this.takeBack());
      } else if (this.place(operation)) {
        cursor = this.next[0] ?? 0;
        most = Math.max(most, this.depth);
        const spent = this.spent(budget);
        if (spent !== undefined) {
          const sentence = `${spent} spent with ${most} of ${this.placed.length} operations in order at best`;
          return { verdict: "undecided", sentence, ...this.effort() };
        }
      } else {
        cursor = this.behind(operation);
      }
    }
    const { operations } = this.columns;
    const order = Array.from(this.placed.subarray(0, this.depth), (i) => operations[i]?.id ?? NONE);
    return { verdict: "linearizable", order, ...this.effort() };
  }

  /**
   * The first operation from the cursor on that may come next, or NONE: first the required ones that were called before
   * the first return, then the unanswered ones. A cursor is an event or, past the events, an unanswered operation.
   */
  private candidate(cursor: number): number {
    const { events, required, unanswered, before } = this.columns;
    const operation = events[cursor] ?? NONE;
    if (operation >= 0 && cursor < events.length) return operation;
    const wall = this.firstReturn();
    this.furthest = Math.max(this.furthest, wall);
    for (let i = Math.max(0, cursor - events.length); i < unanswered && (before[i] ?? 0) <= wall; i++) {
      const twin = this.twins[i] ?? NONE;
      if (!this.seen.has(required + i) && (twin === NONE || this.seen.has(twin))) return required + i;
    }
    return NONE;
  }

  /** Where to look on, behind an operation that leads nowhere. */
  private behind(operation: number): number {
    const { calls, events, required } = this.columns;
    if (operation >= required) return events.length + operation - required + 1;
    return this.next[calls[operation] ?? 0] ?? 0;
  }

  private firstReturn(): number {
    const { events } = this.columns;
    let event = this.next[0] ?? 0;
    while ((events[event] ?? 0) >= 0) event = this.next[event] ?? 0;
    return event;
  }

  private stuck(): number {
    const { events, operations } = this.columns;
    return operations[~(events[this.furthest] ?? 0)]?.id ?? NONE;
  }

  /** Places an operation next, unless the model refuses it or it leads to where the search has been. */
  private place(operation: number): boolean {
    const { columns, states, seen, state, depth } = this;
    const to = states.after(state, operation);
    if (to === REFUSED) return false;
    const answered = operation < columns.required;
    if (!answered && to === state) return false; // as well without it
    const last = depth > 0 ? (this.placed[depth - 1] ?? NONE) : NONE;
    if (last >= columns.required) {
      const from = this.from[depth - 1] ?? 0;
      if (isPointless(columns, states, from, last, operation, to)) return false;
    }
    this.steps++;
    seen.place(operation);
    // What may follow an unanswered operation depends on the state before it, see isPointless.
    if (!(answered ? seen.add(to, NONE) : seen.add(state, operation))) {
      seen.takeBack(operation);
      return false;
    }
    this.placed[depth] = operation;
    this.from[depth] = state;
    this.depth++;
    this.state = to;
    if (answered) {
      this.unlink(columns.calls[operation] ?? 0);
      this.unlink(columns.returns[operation] ?? 0);
    }
    return true;
  }

  /** Takes the operation that was placed last out again, and gives it. */
  private takeBack(): number {
    const { columns } = this;
    const operation = this.placed[--this.depth] ?? 0;
    this.state = this.from[this.depth] ?? 0;
    this.seen.takeBack(operation);
    if (operation < columns.required) {
      this.relink(columns.returns[operation] ?? 0);
      this.relink(columns.calls[operation] ?? 0);
    }
    return operation;
  }

  private unlink(event: number): void {
    const [before, after] = [this.previous[event] ?? 0, this.next[event] ?? 0];
    this.next[before] = after;
    this.previous[after] = before;
  }

  private relink(event: number): void {
    this.next[this.previous[event] ?? 0] = event;
    this.previous[this.next[event] ?? 0] = event;
  }

  /** Which budget is spent, if one is. */
  private spent({ steps, bytes }: Budget): string | undefined {
    if (this.steps > steps) return `${tellCount(steps)} configurations`;
    // Memory grows by steps: it is enough to look now and then.
    if (this.steps % 64 === 0 && this.bytes() > bytes) return `${(bytes / MB).toFixed(1)} MB of memory`;
    return undefined;
  }

  private bytes(): number {
    return this.seen.bytes + this.states.bytes + 4 * 4 * this.columns.events.length;
  }

  private effort(): { way: string; steps: number; bytes: number } {
    return { way: "plain", steps: this.steps, bytes: this.bytes() };
  }
}
