import type { History, Operation } from "../history";
import type { Model } from "../model";
import { sameValue } from "../same";
import { free } from "./shrink";
import type { Oracle, Wall } from "./wall";

/** A core with what it takes to tell it as a story of its own. */
export interface Context<S, I, O> {
  /** What came before the story, in an order that fits; empty if the story starts at the beginning. */
  readonly before: readonly Operation<I, O>[];
  /** The state after that. */
  readonly from: S;
  /** The core, and those other operations without which its answers would not make sense; by call. */
  readonly story: History<I, O>;
}

/** The most operations of a story that starts at the beginning. */
const STORY = 8;

/** The longest order of which each operation is asked whether the story needs it. */
const ORDER = 400;

/**
 * Where to begin, so that of the core only the stuck operation sounds wrong. The writes whose values the others saw join
 * in; if that makes the story long, it begins in the middle, in the state that an order of the past leads to.
 *
 * @param sources - operations that would be good to have in the story, if it starts at the beginning
 */
export function setUp<S, I, O>(
  { cut, stuck, prefix }: Wall<I, O>,
  core: readonly number[],
  sources: readonly number[],
  model: Model<S, I, O>,
): Context<S, I, O> {
  const order = inOrder(prefix, cut);
  const told = (
    past: readonly Operation<I, O>[],
    from: S,
    some: readonly Operation<I, O>[],
    more: readonly number[] = [],
  ): Context<S, I, O> => {
    const ids = new Set([...core, ...more, ...some.map(({ id }) => id)]);
    return { before: past, from, story: cut.filter(({ id }) => ids.has(id)) };
  };

  for (const more of sources.length > 0 ? [sources, []] : [[]]) {
    const some = support(order, new Set([...core, ...more]), model.initial, stuck.id, model);
    if (some && some.length <= STORY) return told([], model.initial, some, more);
  }
  const needed = new Set(core);
  const start = order.findIndex(({ id }) => needed.has(id));
  const past = order.slice(0, start === -1 ? order.length : start);
  const from = past.reduce((state, { input }) => model.apply(state, input).state, model.initial);
  return told(past, from, support(order.slice(past.length), needed, from, stuck.id, model) ?? []);
}

/**
 * The writes that the stuck operation's answer would need: those of an order that there would be if another operation of
 * the core were set free.
 */
export function sourcesOf<S, I, O>(
  { cut, stuck }: Wall<I, O>,
  core: readonly number[],
  oracle: Oracle<I, O>,
  readsOnly: (operation: Operation<I, O>) => boolean,
  model: Model<S, I, O>,
): readonly number[] {
  const other = core.find((id) => id !== stuck.id);
  if (other === undefined) return [];
  const kept = new Set(core.filter((id) => id !== other));
  const decision = oracle(free(cut, kept, readsOnly));
  if (decision.verdict !== "linearizable") return [];
  const some = support(inOrder(decision.order, cut), kept, model.initial, other, model) ?? [];
  return some.map(({ id }) => id).filter((id) => !kept.has(id));
}

/**
 * What is left of an order when whatever some of its operations can do without is dropped, the largest runs first.
 *
 * @param doubtful - the operation that need not be told the truth
 * @returns undefined if the order is too long to go into, and does not make sense without all others
 */
function support<S, I, O>(
  order: readonly Operation<I, O>[],
  needed: ReadonlySet<number>,
  from: S,
  doubtful: number,
  model: Model<S, I, O>,
): readonly Operation<I, O>[] | undefined {
  const alone = order.filter(({ id }) => needed.has(id));
  if (makesSense(alone, from, doubtful, model)) return alone;
  if (order.length > ORDER) return undefined;
  let kept = order;
  for (let size = kept.length >> 1; size > 0; size = Math.min(size, kept.length) >> 1) {
    for (let end = kept.length; end > 0; end -= size) {
      const less = kept.filter(({ id }, i) => i < end - size || i >= end || needed.has(id));
      if (less.length < kept.length && makesSense(less, from, doubtful, model)) kept = less;
    }
  }
  return kept;
}

/** Whether the answers of these operations, in this order, are those of the model. */
function makesSense<S, I, O>(
  order: readonly Operation<I, O>[],
  from: S,
  doubtful: number,
  model: Model<S, I, O>,
): boolean {
  let state = from;
  for (const operation of order) {
    const next = model.apply(state, operation.input);
    if (operation.outcome === "ok" && operation.id !== doubtful) {
      const told = operation.output as O;
      if (!(model.agrees?.(next.output, told) ?? sameValue(next.output, told))) return false;
    }
    state = next.state;
  }
  return true;
}

function inOrder<I, O>(order: readonly number[], cut: History<I, O>): readonly Operation<I, O>[] {
  const operations = new Map(cut.map((operation) => [operation.id, operation]));
  return order.flatMap((id) => operations.get(id) ?? []);
}
