import fc from "fast-check";
import type { History, Operation } from "./history";
import type { Model } from "./model";

/** One step of a run, as fast-check draws it. */
interface Step<I> {
  readonly input: I;
  /** How long before and after the instant at which it took effect it was called and returned. */
  readonly before: number;
  readonly after: number;
  /** `lost`: no answer came, though it took effect; `never`: no answer came, and it did not. */
  readonly fate: "ok" | "lost" | "never" | "failed";
  /** If so, the answer is the one that the model gives in another state of the run. */
  readonly lie: boolean;
  readonly stateOfLie: number;
}

/** What kind of histories to draw. */
export interface Shape {
  readonly operations: number;
  /** How far calls and returns are from their instants at most; instants are 10 apart. */
  readonly spread: number;
  readonly lies: boolean;
}

/**
 * Histories of one part. Each comes from a run of the model, one operation after the other at instants 10 apart, with
 * intervals drawn around the instants: without lies there is always an order. Every operation has a session of its own.
 */
export function histories<S, I, O>(
  model: Model<S, I, O>,
  input: fc.Arbitrary<I>,
  { operations, spread, lies }: Shape,
): fc.Arbitrary<History<I, O>> {
  const step: fc.Arbitrary<Step<I>> = fc.record({
    input,
    before: fc.nat(spread),
    after: fc.nat(spread),
    fate: fc.constantFrom("ok", "ok", "ok", "ok", "ok", "lost", "never", "failed"),
    lie: lies ? fc.constantFrom(false, false, true) : fc.constant(false),
    stateOfLie: fc.nat(operations),
  });
  return fc
    .array(step, { minLength: operations - 4, maxLength: operations })
    .map((steps) => play(model, steps));
}

function play<S, I, O>(model: Model<S, I, O>, steps: readonly Step<I>[]): History<I, O> {
  const states = [model.initial];
  const truths = steps.map(({ input, fate }) => {
    const state = states.at(-1) as S;
    const applied = model.apply(state, input);
    states.push(fate === "ok" || fate === "lost" ? applied.state : state);
    return applied.output;
  });
  return steps.map(({ input, before, after, fate, lie, stateOfLie }, i): Operation<I, O> => {
    const call = 10 * i - before;
    const head = { id: 100 + i, session: i, input, call };
    if (fate === "failed") return { ...head, outcome: "failed", return: 10 * i + after };
    if (fate !== "ok") return { ...head, outcome: "unknown", return: Infinity };
    const elsewhere = states[stateOfLie % states.length] as S;
    const output = lie ? model.apply(elsewhere, input).output : (truths[i] as O);
    return { ...head, outcome: "ok", output, return: 10 * i + after };
  });
}
