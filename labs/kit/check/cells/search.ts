import { tellCount } from "../budget";
import type { Decision } from "../decision";
import type { Budget } from "../verdict";
import { Seen } from "../wgl-seen";
import type { Columns } from "./columns";
import { NONE } from "./columns";
import { Field } from "./field";
import { REFUSED } from "./states";

/**
 * The search for a cell: that of the plain engine, which tries what may come next and goes back where there is no way
 * on, but with what is known of cells. None of it changes the verdict:
 *
 * - What changes nothing and is right now (a read that saw what the cell holds) is placed at once: nothing is lost.
 * - An unknown change is tried last, and only if what comes next can tell that it took effect.
 * - Of operations that do the same, one is tried: of answered ones that which returns first.
 * - States that no answer can tell apart are one state (see {@link Values}).
 * - Where something waits to meet a value that nothing left can write, there is no way on.
 */
export function decideBySearch(columns: Columns, budget: Budget): Decision {
  return new Search(new Field(columns)).run(budget);
}

/** A place where the search has a choice: what to come back to, and which choices are left. */
interface Fork {
  readonly depth: number;
  readonly state: number;
  readonly low: number;
  readonly choices: number[];
}

class Search {
  private readonly seen: Seen;
  /** What was placed, in order. */
  private readonly placed: number[] = [];
  private requiredLeft: number;
  private state: number;
  /** Required operations in front of this one are all placed. */
  private low = 0;
  /** An unknown change was placed last, and nothing has seen it yet. */
  private unseen = false;
  private steps = 0;
  /** The latest time up to which it was ever looked. */
  private horizon = -Infinity;
  /** The latest answer that nothing got past, if it is certain: not if it was given up earlier for lack of hope. */
  private stuck: number | undefined;

  constructor(private readonly field: Field) {
    this.seen = new Seen(field.required, field.size - field.required);
    this.requiredLeft = field.required;
    this.state = field.states.initial;
  }

  run({ steps, bytes }: Budget): Decision {
    const { field } = this;
    const forks: Fork[] = [];
    let best = 0;
    for (;;) {
      const fork = this.goOn();
      best = Math.max(best, this.placed.length);
      if (fork === "done") {
        const order = field.columns.ids(this.placed.map((i) => field.row(i)));
        return { verdict: "linearizable", order, ...this.effort() };
      }
      if (fork !== undefined) forks.push(fork);
      let choice: number | undefined;
      for (let last = forks.at(-1); choice === undefined; last = forks.at(-1)) {
        if (last === undefined) return { verdict: "not linearizable", ...this.failure(), ...this.effort() };
        this.backTo(last);
        choice = last.choices.pop();
        if (choice === undefined) forks.pop();
      }
      this.steps++;
      if (this.steps > steps || (this.steps % 64 === 0 && this.seen.bytes > bytes)) {
        const spent =
          this.steps > steps ? `${tellCount(steps)} configurations` : `${tellCount(bytes / MB)} MB`;
        const sentence = `${spent} spent with ${best} of ${field.size} operations in order at best`;
        return { verdict: "undecided", sentence, ...this.effort() };
      }
      this.unseen = !field.states.counted && choice >= field.required;
      this.place(choice, field.after(this.state, choice));
    }
  }

  /** Places what can be placed at once; the choices then, "done" if nothing is left, undefined if there is no way on. */
  private goOn(): Fork | "done" | undefined {
    const { field } = this;
    const changes: number[] = [];
    const waiting: number[] = [];
    let [wall, first] = [Infinity, NONE];
    while (this.low < field.required && this.seen.has(this.low)) this.low++;
    for (let i = this.low; i < field.required && field.call(i) <= wall; i++) {
      if (this.seen.has(i)) continue;
      if (field.changesNothing(i)) {
        if (field.after(this.state, i) !== REFUSED) {
          this.unseen = false;
          this.place(i, this.state);
          continue;
        }
        waiting.push(i);
      } else {
        changes.push(i);
      }
      if (field.ret(i) < wall) [wall, first] = [field.ret(i), i];
    }
    if (this.requiredLeft === 0) return "done";
    const hopeless = [...waiting, ...changes].find((i) => field.isHopeless(i, this.state));
    if (hopeless !== undefined) {
      // What is called once it has returned cannot help it.
      if (field.ret(hopeless) > this.horizon) this.stuck = undefined;
      this.horizon = Math.max(this.horizon, field.ret(hopeless));
      return undefined;
    }
    if (wall >= this.horizon) [this.horizon, this.stuck] = [wall, first];
    if (!this.seen.add(this.state, NONE)) return undefined;
    const choices = this.choices(changes, wall);
    return { depth: this.placed.length, state: this.state, low: this.low, choices };
  }

  /** What may be placed next, the best last. */
  private choices(changes: readonly number[], wall: number): number[] {
    const { field, state } = this;
    const choices: number[] = [];
    const mustSee = (i: number): boolean => !this.unseen || field.dependsOnHeld(i);
    for (let i = field.required; i < field.size && field.call(i) <= wall; i++) {
      if (this.seen.has(i) || !mustSee(i) || field.isPointless(i, state)) continue;
      const twin = field.twin(i);
      if (twin !== NONE && !this.seen.has(twin)) continue;
      if (field.after(state, i) !== REFUSED) choices.push(i);
    }
    const answered: number[] = [];
    for (const i of changes) {
      if (!mustSee(i) || field.after(state, i) === REFUSED) continue;
      const same = answered.findIndex((other) => field.isSame(i, other));
      if (same === -1) answered.push(i);
      else if (field.ret(i) < field.ret(answered[same] as number)) answered[same] = i;
    }
    // Those that return first are the most urgent.
    answered.sort((i, j) => field.ret(j) - field.ret(i));
    return [
      ...choices.filter((i) => !answered.some((other) => field.isSame(i, other))).reverse(),
      ...answered,
    ];
  }

  private place(operation: number, to: number): void {
    this.seen.place(operation);
    this.field.takeOut(operation);
    this.placed.push(operation);
    this.state = to;
    if (operation < this.field.required) this.requiredLeft--;
  }

  private backTo({ depth, state, low }: Fork): void {
    while (this.placed.length > depth) {
      const operation = this.placed.pop() as number;
      this.seen.takeBack(operation);
      this.field.putBack(operation);
      if (operation < this.field.required) this.requiredLeft++;
    }
    this.state = state;
    this.low = low;
  }

  /** No operation called later than the search ever looked has a part in its failure. */
  private failure(): { core: readonly number[]; stuck?: number } {
    const { field, stuck } = this;
    const idsOf = (list: number[]): number[] => field.columns.ids(list.map((i) => field.row(i)));
    const all = Array.from({ length: field.size }, (_, i) => i);
    const core = idsOf(all.filter((i) => field.call(i) <= this.horizon));
    // Without its answer, a compare-and-set that failed or an operation that named a version could have been otherwise.
    const [last] = stuck === undefined || field.canSeeOthers ? [] : idsOf([stuck]);
    return { core, ...(last !== undefined && { stuck: last }) };
  }

  private effort(): { way: string; steps: number; bytes: number } {
    return { way: "search", steps: this.steps, bytes: this.seen.bytes };
  }
}

const MB = 1024 * 1024;
