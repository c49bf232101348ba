import type { Precedence, Step } from "./precedence";

/** From how many operations a short cycle is looked for; the first few are as good as any. */
const TRIES = 12;

/**
 * A cycle with few steps between sessions. Steps inside a session come in one piece.
 *
 * @param stuck - operations of which at least one is on a cycle
 */
export function cycleAmong(order: Precedence, stuck: readonly number[]): Step[] {
  const among = new Uint8Array(order.size);
  const core = onCycles(order, stuck);
  for (const i of core) among[i] = 1;
  const search = new Ways(order, among);
  let best: Step[] = [];
  let tries = 0;
  for (const start of core) {
    if (best.length > 0 && ++tries > TRIES) break;
    const found = search.way(start, start, Infinity, best.length === 0 ? Infinity : best.length - 1);
    if (found.length > 0) best = found;
  }
  return joined(best, true);
}

/**
 * A way from one operation to another over the first `limit` steps that were added; empty if there is none.
 */
export function wayFrom(order: Precedence, from: number, to: number, limit: number): Step[] {
  return joined(new Ways(order).way(from, to, limit, Infinity), false);
}

/** What is left when operations that lead nowhere are taken away again and again. */
function onCycles(order: Precedence, stuck: readonly number[]): number[] {
  const left = new Uint8Array(order.size);
  for (const i of stuck) left[i] = 1;
  const ways = new Int32Array(order.size);
  const into = new Map<number, number[]>();
  for (const i of stuck) {
    for (const { after } of order.outOf(i)) {
      if (left[after] !== 1) continue;
      ways[i] = (ways[i] ?? 0) + 1;
      const known = into.get(after);
      if (known) known.push(i);
      else into.set(after, [i]);
    }
  }
  const dead = stuck.filter((i) => ways[i] === 0);
  for (let i = dead.pop(); i !== undefined; i = dead.pop()) {
    left[i] = 0;
    for (const before of into.get(i) ?? []) {
      ways[before] = (ways[before] ?? 0) - 1;
      if (ways[before] === 0) dead.push(before);
    }
  }
  return stuck.filter((i) => left[i] === 1);
}

/**
 * Ways with the fewest steps between sessions: a search in breadth, in which steps inside a session cost
 * nothing.
 */
class Ways {
  /**
   * The step by which each operation was reached, the search in which it was, and the one in which it was
   * left.
   */
  private readonly by: Step[] = [];
  private readonly reached: Int32Array;
  private readonly left: Int32Array;
  private round = 0;

  constructor(
    private readonly order: Precedence,
    private readonly among?: Uint8Array,
  ) {
    this.reached = new Int32Array(order.size);
    this.left = new Int32Array(order.size);
  }

  /** The way; empty if there is none with so few crossings. A way from an operation to itself goes round. */
  way(from: number, to: number, limit: number, most: number): Step[] {
    this.round++;
    let here = [from];
    for (let crossings = 0; here.length > 0 && crossings <= most; crossings++) {
      const later: number[] = [];
      for (let i = here.pop(); i !== undefined; i = here.pop()) {
        if (this.left[i] === this.round) continue;
        this.left[i] = this.round;
        for (const step of this.order.outOf(i, limit)) {
          const { after, why } = step;
          const inside = why === "session";
          if (this.among !== undefined && this.among[after] !== 1) continue;
          if (after === to && (inside || crossings < most)) return this.trail(from, step);
          // A step inside a session may replace one that was noted for the next round.
          if (this.left[after] === this.round || (!inside && this.reached[after] === this.round)) continue;
          this.by[after] = step;
          this.reached[after] = this.round;
          (inside ? here : later).push(after);
        }
      }
      here = later;
    }
    return [];
  }

  private trail(from: number, last: Step): Step[] {
    const steps = [last];
    for (let step: Step | undefined = last; step !== undefined && step.before !== from;) {
      step = this.by[step.before];
      if (step !== undefined) steps.push(step);
    }
    return steps.reverse();
  }
}

/** Puts steps inside a session that follow each other in one; a `round` has no beginning. */
function joined(steps: readonly Step[], round: boolean): Step[] {
  const from = round ? steps.findIndex(({ why }) => why !== "session") : 0;
  const turned = from < 0 ? steps : [...steps.slice(from), ...steps.slice(0, from)];
  const short: Step[] = [];
  for (const step of turned) {
    const last = short.at(-1);
    if (last?.why === "session" && step.why === "session") {
      short[short.length - 1] = { ...last, after: step.after };
    } else short.push(step);
  }
  return short;
}
