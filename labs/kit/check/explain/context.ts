import type { History, Operation } from "../history";
import type { Model } from "../model";
import { sameValue } from "../same";
import type { Wall } from "./wall";

/** A core with what it takes to tell it as a story of its own. */
export interface Context<S, I, O> {
  /** What came before the story, in an order that fits; empty if the story starts at the beginning. */
  readonly before: readonly Operation<I, O>[];
  /** The state after that. */
  readonly from: S;
  /** The core, and those other operations without which its earlier answers would not make sense; by call. */
  readonly story: History<I, O>;
}

/** The most operations of a story that starts at the beginning. */
const STORY = 8;

/** The longest order of which each operation is asked whether the story needs it. */
const ORDER = 400;

/**
 * Where to begin, so that of the core only the stuck operation sounds wrong. The writes whose values the others saw join
 * in; if that makes the story long, it begins in the middle, in the state that an order of the past leads to.
 */
export function setUp<S, I, O>(
  { cut, stuck, prefix }: Wall<I, O>,
  core: readonly number[],
  model: Model<S, I, O>,
): Context<S, I, O> {
  const operations = new Map(cut.map((operation) => [operation.id, operation]));
  const order = prefix.flatMap((id) => operations.get(id) ?? []);
  const needed = new Set(core);

  /** Whether these, in this order, are told the truth; the stuck one need not be. */
  const makesSense = (some: readonly Operation<I, O>[], from: S): boolean => {
    let state = from;
    for (const operation of some) {
      const next = model.apply(state, operation.input);
      if (operation.outcome === "ok" && operation.id !== stuck.id) {
        const told = operation.output as O;
        if (!(model.agrees?.(next.output, told) ?? sameValue(next.output, told))) return false;
      }
      state = next.state;
    }
    return true;
  };
  /** What is left of an order when whatever the core can do without is dropped, the largest runs first. */
  const support = (all: readonly Operation<I, O>[], from: S): readonly Operation<I, O>[] => {
    let kept = all;
    for (let size = kept.length; size > 0; size = Math.min(size, kept.length) >> 1) {
      for (let end = kept.length; end > 0; end -= size) {
        const less = kept.filter(({ id }, i) => i < end - size || i >= end || needed.has(id));
        if (less.length < kept.length && makesSense(less, from)) kept = less;
      }
    }
    return kept;
  };
  const told = (before: readonly Operation<I, O>[], from: S, some: readonly Operation<I, O>[]) => {
    const ids = new Set([...core, ...some.map(({ id }) => id)]);
    return { before, from, story: cut.filter(({ id }) => ids.has(id)) };
  };

  const alone = order.filter(({ id }) => needed.has(id));
  if (makesSense(alone, model.initial)) return told([], model.initial, alone);
  if (order.length <= ORDER) {
    const some = support(order, model.initial);
    if (some.length <= STORY) return told([], model.initial, some);
  }
  const start = order.findIndex(({ id }) => needed.has(id));
  const before = order.slice(0, start === -1 ? order.length : start);
  const from = before.reduce((state, { input }) => model.apply(state, input).state, model.initial);
  const rest = order.slice(before.length);
  if (rest.length <= ORDER) return told(before, from, support(rest, from));
  return told(before, from, makesSense(alone, from) ? alone : []);
}
