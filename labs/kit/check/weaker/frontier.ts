import type { Model } from "../model";
import type { Budget } from "../verdict";
import { REFUSED, States } from "../wgl-states";
import type { Outlook } from "./outlook";
import type { Precedence } from "./precedence";
import type { Sessions } from "./sessions";

/** What is known beforehand of an order that is sought. */
export interface Hints {
  /** What must come before what; each session's own order apart. */
  readonly order?: Precedence;
  /** Whether an operation is certain to have happened. */
  required(operation: number): boolean;
  /** Whether an operation changes nothing wherever it may stand. */
  pure(operation: number): boolean;
  /** By when an operation took effect if all went as real time suggests: what is tried first. */
  deadline(operation: number): number;
  /** Sees wrong turns where they are taken. */
  readonly outlook?: Outlook;
}

/** How a search for an order ended. */
export type Found = { readonly steps: number } & (
  | { readonly verdict: "yes"; readonly order: readonly number[] }
  /** The longest order that was found. */
  | { readonly verdict: "no" | "undecided"; readonly furthest: readonly number[] }
);

/**
 * Seeks one order of all operations that keeps each session's own and that the model allows.
 *
 * What was placed of each session (the frontier) and the states of the parts are all that matters for how to
 * go on, so no such pair is entered twice. With n operations of k sessions there are (n / k)^k frontiers at
 * worst.
 */
export function searchFrontiers(sessions: Sessions, model: Model, hints: Hints, budget: Budget): Found {
  return new Search(sessions, model, hints, budget).run();
}

/** A place where the search can choose. */
interface Choice {
  /** How many operations were placed. */
  readonly placed: number;
  readonly options: readonly number[];
  next: number;
}

class Search {
  private readonly states: States<unknown, unknown, unknown>;
  private readonly part: Int32Array;
  /** Of each part, the number of its state. */
  private readonly now: Int32Array;
  /** The next operation of each session. */
  private readonly head: Int32Array;
  /** How many steps into each operation come from operations that are not placed. */
  private readonly waitsFor: Int32Array;
  /** Those that wait for each operation. */
  private readonly after: readonly (readonly number[])[];
  private readonly order: number[] = [];
  /** The state that each operation of the order found. */
  private readonly before: number[] = [];
  private readonly choices: Choice[] = [];
  private readonly entered = new Set<string>();
  private bytes = 0;
  private steps = 0;
  private left = 0;
  private furthest: readonly number[] = [];

  constructor(
    private readonly sessions: Sessions,
    model: Model,
    private readonly hints: Hints,
    private readonly budget: Budget,
  ) {
    const { operations, first, count } = sessions;
    this.states = new States(model, operations);
    const parts = new Map<string, number>();
    this.part = Int32Array.from(operations, ({ input }) => {
      const name = model.part?.(input) ?? "";
      if (!parts.has(name)) parts.set(name, parts.size);
      return parts.get(name) ?? 0;
    });
    this.now = new Int32Array(parts.size);
    this.head = first.slice(0, count);
    this.waitsFor = new Int32Array(operations.length);
    this.after = operations.map((_, i) =>
      (hints.order?.outOf(i) ?? []).flatMap(({ after, why }) => (why === "session" ? [] : after)),
    );
    operations.forEach((_, i) => {
      if (hints.required(i)) this.left++;
      for (const after of this.following(i)) this.waitsFor[after] = (this.waitsFor[after] ?? 0) + 1;
    });
  }

  run(): Found {
    for (;;) {
      this.placePure();
      if (this.left === 0) return { verdict: "yes", order: this.order, steps: this.steps };
      const options = this.options();
      if (options.length === 0 || (options.length > 1 && !this.enter())) {
        if (!this.goBack()) return { verdict: "no", furthest: this.furthest, steps: this.steps };
      } else {
        this.choices.push({ placed: this.order.length, options, next: 0 });
        this.goOn();
      }
      if (this.steps > this.budget.steps || this.bytes > this.budget.bytes) {
        this.remember();
        return { verdict: "undecided", furthest: this.furthest, steps: this.steps };
      }
    }
  }

  /** What changes nothing and is right now can only be in the way later. */
  private placePure(): void {
    for (let session = 0; session < this.head.length;) {
      const i = this.candidate(session);
      if (i !== undefined && this.hints.pure(i)) {
        this.place(i);
        session = 0;
      } else session++;
    }
  }

  /** What may come next: first what has the earliest deadline, last what need not have happened. */
  private options(): number[] {
    const found: number[] = [];
    for (let session = 0; session < this.head.length; session++) {
      const i = this.candidate(session);
      if (i !== undefined) found.push(i);
    }
    const { operations } = this.sessions;
    const rank = (i: number): number => (this.hints.required(i) ? this.hints.deadline(i) : Infinity);
    const called = (i: number): number => operations[i]?.call ?? 0;
    return found.sort((a, b) => (rank(a) === rank(b) ? called(a) - called(b) : rank(a) - rank(b)));
  }

  /** The next operation of a session, if it may come now. */
  private candidate(session: number): number | undefined {
    const i = this.head[session] ?? 0;
    if (i >= (this.sessions.first[session + 1] ?? 0) || (this.waitsFor[i] ?? 0) > 0) return undefined;
    this.steps++;
    const now = this.now[this.part[i] ?? 0] ?? 0;
    const after = this.states.after(now, i);
    // What need not have happened, and would change nothing, did not happen.
    const idle = after === now && !this.hints.required(i);
    return after === REFUSED || idle || this.hints.outlook?.open(i) === false ? undefined : i;
  }

  /** Tries the next option of the last choice. */
  private goOn(): void {
    const choice = this.choices.at(-1);
    const option = choice?.options[choice.next];
    if (choice === undefined || option === undefined) return;
    choice.next++;
    this.place(option);
  }

  /**
   * Takes back to the last choice that has another option, and tries that. @returns false if there is none
   */
  private goBack(): boolean {
    this.remember();
    for (let choice = this.choices.at(-1); choice !== undefined; choice = this.choices.at(-1)) {
      while (this.order.length > choice.placed) this.takeBack();
      if (choice.next < choice.options.length) {
        this.goOn();
        return true;
      }
      this.choices.pop();
    }
    return false;
  }

  private remember(): void {
    if (this.order.length > this.furthest.length) this.furthest = [...this.order];
  }

  private place(i: number): void {
    const part = this.part[i] ?? 0;
    const state = this.now[part] ?? 0;
    this.hints.outlook?.place(i);
    this.order.push(i);
    this.before.push(state);
    this.now[part] = this.states.after(state, i);
    this.head[this.sessions.of[i] ?? 0] = i + 1;
    if (this.hints.required(i)) this.left--;
    for (const after of this.following(i)) this.waitsFor[after] = (this.waitsFor[after] ?? 0) - 1;
  }

  private takeBack(): void {
    const i = this.order.pop();
    const state = this.before.pop();
    if (i === undefined || state === undefined) return;
    this.hints.outlook?.takeBack(i);
    this.now[this.part[i] ?? 0] = state;
    this.head[this.sessions.of[i] ?? 0] = i;
    if (this.hints.required(i)) this.left++;
    for (const after of this.following(i)) this.waitsFor[after] = (this.waitsFor[after] ?? 0) + 1;
  }

  /** What must come after an operation, the next of its session apart. */
  private following(i: number): readonly number[] {
    return this.after[i] ?? [];
  }

  /** Notes the frontier and the states. @returns false if they were there before */
  private enter(): boolean {
    const name = `${this.head.join()} ${this.now.join()}`;
    if (this.entered.has(name)) return false;
    this.entered.add(name);
    this.bytes += 2 * name.length + 64;
    return true;
  }
}
