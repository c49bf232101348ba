import type { History } from "../history";
import type { Model } from "../model";
import { INITIAL, NOTHING, tellKey, type Accesses } from "./accesses";
import type { LevelVerdict } from "./level";
import { sessionsOf } from "./sessions";
import { idsOf, tellInSession } from "./tell";
import { isVersion, knotIn, type Arc } from "./version-graph";
import { accessesOf, withoutVoidReads } from "./who-read";

/** The four session guarantees. */
export type Guarantee = "read your writes" | "monotonic reads" | "monotonic writes" | "writes follow reads";

/**
 * What each says of an earlier and a later operation of one session on one cell: their versions do not go
 * back.
 */
export const GUARANTEES: { readonly [name in Guarantee]: readonly ["read" | "write", "read" | "write"] } = {
  "read your writes": ["write", "read"],
  "monotonic reads": ["read", "read"],
  "monotonic writes": ["write", "write"],
  "writes follow reads": ["read", "write"],
};

/**
 * A session guarantee, in the form for stores where each cell has one order of versions: there is an order of
 * the versions of each cell, the initial one first, by which no session goes back. Where answers name
 * versions, it is the order of their numbers. A compare-and-set reads what it met and writes if it swapped;
 * an append writes.
 *
 * The original form (Terry et al., “Session guarantees for weakly consistent replicated data”, 1994) is
 * weaker: it asks only that the server that answers has the writes in question, not that it has them in the
 * order that all others have.
 */
export function checkSession<S, I, O>(
  guarantee: Guarantee,
  history: History<I, O>,
  model: Model<S, I, O>,
): LevelVerdict {
  const { cells } = model;
  if (cells === undefined) {
    return { verdict: "undecided", sentence: `The model “${model.name}” does not say who reads what.` };
  }
  const accesses = accessesOf(sessionsOf(withoutVoidReads(history, cells)), cells);
  if (accesses.contradiction) return { verdict: "no", ...accesses.contradiction };
  const found = byNumbers(guarantee, accesses, model) ?? byGraph(guarantee, accesses, model);
  if (found) return found;
  if (accesses.blind === undefined) return { verdict: "yes" };
  return { verdict: "undecided", sentence: `No fault can be seen, but ${accesses.blind}.` };
}

/** In numbered cells: one look back for each operation, to the highest version so far. */
function byNumbers(guarantee: Guarantee, accesses: Accesses, model: Model): LevelVerdict | undefined {
  const [earlier, later] = GUARANTEES[guarantee];
  const highest = new Map<string, number>();
  for (let i = 0; i < accesses.of.length; i++) {
    if (!accesses.numbered.has(accesses.key[i] ?? 0)) continue;
    const place = `${accesses.of[i]} ${accesses.key[i]}`;
    const before = highest.get(place);
    const [now, then] = [
      version(accesses, i, later),
      before === undefined ? -1 : version(accesses, before, earlier),
    ];
    if (
      before !== undefined &&
      now >= 0 &&
      (now < then || (guarantee === "monotonic writes" && now === then))
    ) {
      return wentBack(
        guarantee,
        accesses,
        [before, i],
        `version ${now} is not newer than version ${then}`,
        model,
      );
    }
    const own = version(accesses, i, earlier);
    if (own >= 0 && own >= then) highest.set(place, i);
  }
  return undefined;
}

/** The version that an operation read or wrote; -1 if it did not, or nobody knows. */
function version({ cells, met, made }: Accesses, i: number, which: "read" | "write"): number {
  if (which === "write") return made[i] ?? -1;
  return cells[i]?.kind === "append" ? -1 : (met[i] ?? -1);
}

function wentBack(
  guarantee: Guarantee,
  accesses: Accesses,
  pair: readonly [number, number],
  why: string,
  model: Model,
): LevelVerdict {
  const [before, after] = pair.map((i) => accesses.operations[i]);
  return {
    verdict: "no",
    sentence: `“${guarantee}” does not hold: ${tellInSession(before, after, model)}, but ${why}.`,
    core: idsOf(accesses, pair),
  };
}

/**
 * In other cells: an order of the versions exists unless two of them would each have to come before the
 * other.
 */
function byGraph(guarantee: Guarantee, accesses: Accesses, model: Model): LevelVerdict | undefined {
  const [earlier, later] = GUARANTEES[guarantee];
  const arcs = new Map<number, Arc[]>();
  const add = (cell: number, arc: Arc): void => {
    const list = arcs.get(cell);
    if (list) list.push(arc);
    else arcs.set(cell, [arc]);
  };
  // Per session and cell, a post that all earlier versions point to, chained so that arcs stay few.
  const posts = new Map<string, number>();
  let post = NOTHING;
  for (let i = 0; i < accesses.of.length; i++) {
    const cell = accesses.key[i] ?? 0;
    if (accesses.numbered.has(cell)) continue;
    const place = `${accesses.of[i]} ${cell}`;
    const known = posts.get(place);
    const now = name(accesses, i, later);
    if (known !== undefined && now !== NOTHING) add(cell, { from: known, to: now, by: i });
    if (accesses.writes[i] === 1) add(cell, { from: INITIAL, to: i });
    const own = name(accesses, i, earlier);
    if (own === NOTHING) continue;
    post--;
    add(cell, { from: own, to: post, by: i });
    if (known !== undefined) add(cell, { from: known, to: post });
    posts.set(place, post);
  }
  for (const [cell, list] of arcs) {
    const knot = knotIn(list);
    if (knot !== undefined) return tellKnot(guarantee, accesses, cell, knot, model);
  }
  return undefined;
}

/** The change that an operation read or made stands for its version. */
function name({ cells, from, writes }: Accesses, i: number, which: "read" | "write"): number {
  if (which === "write") return writes[i] === 1 ? i : NOTHING;
  return cells[i]?.kind === "append" ? NOTHING : (from[i] ?? NOTHING);
}

function tellKnot(
  guarantee: Guarantee,
  accesses: Accesses,
  cell: number,
  knot: readonly Arc[],
  model: Model,
): LevelVerdict {
  const tell = (one: number, next: number): string =>
    tellInSession(accesses.operations[one], accesses.operations[next], model);
  const facts: string[] = [];
  let first: number | undefined;
  for (const { to, by } of knot) {
    first ??= by;
    if (!isVersion(to)) continue;
    facts.push(first === undefined || by === undefined ? "the initial value comes first" : tell(first, by));
    first = undefined;
  }
  const core = new Set(knot.flatMap(({ from, to, by }) => [from, to, by ?? NOTHING]).filter((i) => i >= 0));
  return {
    verdict: "no",
    sentence:
      `“${guarantee}” does not hold: ${facts.join("; ")}. ` +
      `No order of the versions of ${tellKey(accesses, cell)} suits that.`,
    core: idsOf(accesses, [...core]),
  };
}
