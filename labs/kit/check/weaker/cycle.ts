import type { Precedence, Step } from "./precedence";

/** From how many operations a short cycle is looked for; the first few are as good as any. */
const TRIES = 40;

/**
 * A cycle with few steps between sessions. Steps inside a session come in one piece.
 *
 * @param stuck - operations of which at least one is on a cycle
 */
export function cycleAmong(order: Precedence, stuck: readonly number[]): Step[] {
  const among = new Set(onCycles(order, stuck));
  let best: Step[] | undefined;
  let tries = 0;
  for (const start of among) {
    if (best !== undefined && ++tries > TRIES) break;
    const found = wayBack(order, start, among, best?.length ?? Infinity);
    if (found !== undefined && (best === undefined || found.length < best.length)) best = found;
  }
  return best ?? [];
}

/** What is left when operations that lead nowhere are taken away again and again. */
function onCycles(order: Precedence, stuck: readonly number[]): number[] {
  const left = new Set(stuck);
  const into = new Map<number, number[]>();
  const ways = new Map<number, number>();
  for (const i of stuck) {
    const out = successors(order, i).filter(({ after }) => left.has(after));
    ways.set(i, out.length);
    for (const { after } of out) {
      const known = into.get(after);
      if (known) known.push(i);
      else into.set(after, [i]);
    }
  }
  const dead = stuck.filter((i) => ways.get(i) === 0);
  for (let i = dead.pop(); i !== undefined; i = dead.pop()) {
    left.delete(i);
    for (const before of into.get(i) ?? []) {
      const count = (ways.get(before) ?? 0) - 1;
      ways.set(before, count);
      if (count === 0) dead.push(before);
    }
  }
  return [...left];
}

function successors(order: Precedence, i: number): Step[] {
  const next = order.nextOf(i);
  const own: Step[] = next === undefined ? [] : [{ before: i, after: next, why: "session" }];
  return [...own, ...Array.from(order.outOf(i), ([step]) => step)];
}

/** The way from an operation back to itself with the fewest steps between sessions (0-1 breadth-first search). */
function wayBack(
  order: Precedence,
  start: number,
  among: ReadonlySet<number>,
  limit: number,
): Step[] | undefined {
  const by = new Map<number, Step>();
  const done = new Set<number>();
  let here = [start];
  for (let crossings = 0; here.length > 0 && crossings < limit; crossings++) {
    const later: number[] = [];
    for (let i = here.pop(); i !== undefined; i = here.pop()) {
      if (done.has(i)) continue;
      done.add(i);
      for (const step of successors(order, i)) {
        if (!among.has(step.after)) continue;
        if (step.after === start) return joined([...trail(by, start, i), step], true);
        if (done.has(step.after)) continue;
        // A step in the session costs nothing, so it may replace one that was noted for the next round.
        if (step.why === "session") {
          by.set(step.after, step);
          here.push(step.after);
        } else if (!by.has(step.after)) {
          by.set(step.after, step);
          later.push(step.after);
        }
      }
    }
    here = later;
  }
  return undefined;
}

/** A way from one operation to another over the first so many steps that were added; empty if there is none. */
export function wayFrom(order: Precedence, from: number, to: number, limit: number): Step[] {
  const by = new Map<number, Step>();
  const done = new Set<number>();
  for (let here = [from]; here.length > 0;) {
    const later: number[] = [];
    for (let i = here.pop(); i !== undefined; i = here.pop()) {
      if (done.has(i)) continue;
      done.add(i);
      if (i === to) return joined(trail(by, from, to), false);
      const next = order.nextOf(i);
      if (next !== undefined && !done.has(next)) {
        by.set(next, { before: i, after: next, why: "session" });
        here.push(next);
      }
      for (const [step, number] of order.outOf(i)) {
        if (number >= limit || done.has(step.after) || by.has(step.after)) continue;
        by.set(step.after, step);
        later.push(step.after);
      }
    }
    here = later;
  }
  return [];
}

function trail(by: ReadonlyMap<number, Step>, start: number, end: number): Step[] {
  const steps: Step[] = [];
  for (let i = end; i !== start;) {
    const step = by.get(i);
    if (step === undefined) break;
    steps.unshift(step);
    i = step.before;
  }
  return steps;
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
