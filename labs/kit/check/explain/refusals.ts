import { precedes, type Operation } from "../history";
import type { Model } from "../model";
import { sameValue } from "../same";
import type { Refusal } from "../verdict";
import type { Context } from "./context";
import { brief, list, parting, type Words } from "./words";

/** The most refusals that a violation carries. */
export const REFUSALS = 12;

/** Orders that are looked at for them. */
const ORDERS = 64;

/** Operations of an order that a refusal names. */
const NAMED = 5;

/**
 * Goes through the orders of a story as far as each gets: at its end no operation fits that time allows to come next.
 * Of those that do not, the stuck one is named, or else the one that was answered first. The longest orders come first.
 */
export function refusals<S, I, O>(
  context: Context<S, I, O>,
  stuck: number,
  words: Words<S, I, O>,
): readonly Refusal[] {
  const { model } = words;
  const found: Refusal[] = [];

  const follow = (order: readonly Operation<I, O>[], left: readonly Operation<I, O>[], state: S): void => {
    const candidates = left.filter((operation) => !left.some((other) => precedes(other, operation)));
    let fits = false;
    for (const next of candidates) {
      const applied = model.apply(state, next.input);
      if (!isTold(next, applied.output, model)) continue;
      fits = true;
      const rest = left.filter((operation) => operation !== next);
      if (found.length < ORDERS) follow([...order, next], rest, applied.state);
    }
    const refused = candidates.filter(({ outcome }) => outcome === "ok");
    const next = refused.find(({ id }) => id === stuck) ?? refused.sort((a, b) => a.return - b.return)[0];
    if (fits || !next) return;
    found.push({
      order: [...context.before, ...order].map(({ id }) => id),
      next: next.id,
      why: why(context, order, state, next, words),
    });
  };
  follow([], context.story, context.from);
  return found.sort((a, b) => b.order.length - a.order.length).slice(0, REFUSALS);
}

/** Whether an operation was told what the model says, or nothing at all. */
function isTold<S, I, O>(operation: Operation<I, O>, output: O, model: Model<S, I, O>): boolean {
  if (operation.outcome !== "ok") return true;
  const told = operation.output as O;
  return model.agrees?.(output, told) ?? sameValue(output, told);
}

/** `after put("x", "1") of client 0 the key holds "1": get("x") of client 2 would answer "1", but it answered "0"` */
function why<S, I, O>(
  { before }: Context<S, I, O>,
  order: readonly Operation<I, O>[],
  state: S,
  next: Operation<I, O>,
  words: Words<S, I, O>,
): string {
  const { model } = words;
  const past =
    before.length === 0 ? [] : [before.length === 1 ? "1 earlier one" : `${before.length} earlier ones`];
  const hidden = order.length - NAMED;
  const named = order.slice(hidden > 1 ? hidden : 0).map(({ id }) => words.who(id));
  const steps = [...past, ...(hidden > 1 ? [`${hidden} more`] : []), ...named];
  const where = `${steps.length > 0 ? `after ${list(steps)}` : "at first"} ${brief(model.tellState(state))}`;
  const would = model.tellOutput(model.apply(state, next.input).output, next.input);
  const told = model.tellOutput(next.output as O, next.input);
  const but = `would answer ${brief(would)}, but it answered ${brief(told)}${parting(would, told)}`;
  return `${where}: ${words.who(next.id)} ${but}`;
}
