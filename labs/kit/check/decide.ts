import { decideCells } from "./cells";
import type { Decision } from "./decision";
import type { History } from "./history";
import type { Model } from "./model";
import type { Part } from "./parts";
import type { Budget } from "./verdict";
import { searchOrder } from "./wgl";

/**
 * Decides one part: by the ways that know reads and writes, if the model can be read so, else by the plain engine.
 *
 * @param operations - of one part, none of them `failed`
 */
export function decidePart<S, I, O>(
  operations: History<I, O>,
  model: Model<S, I, O>,
  budget: Budget,
): Decision {
  const byCells = model.cells && decideCells(operations, model.cells, budget);
  return byCells ?? searchOrder(operations, model, budget);
}

/** Steps that each part may take in the first round. */
const FIRST = 4096;

/** How many times as many they may take in the next. */
const GROWTH = 16;

/**
 * Decides all parts, with one budget of steps for all. Short parts come first, and none may take long before all had
 * their turn: one that explodes must not hide the plain violation of another.
 *
 * @param every - whether to go on behind the first part that has no order
 * @returns a decision for each part that was looked at, the last one where a part was tried several times; and all steps
 */
export function decideParts<I, O>(
  parts: readonly Part<I, O>[],
  decide: (part: Part<I, O>, budget: Budget) => Decision,
  { steps: all, bytes }: Budget,
  every: boolean,
): { decisions: Map<Part<I, O>, Decision>; steps: number } {
  const decisions = new Map<Part<I, O>, Decision>();
  let open = parts.toSorted((a, b) => a.operations.length - b.operations.length);
  let steps = 0;
  for (let allowed = parts.length === 1 ? all : FIRST; open.length > 0; allowed *= GROWTH) {
    const unfinished: Part<I, O>[] = [];
    for (const part of open) {
      const left = Math.min(allowed, Math.max(0, all - steps));
      const decision = decide(part, { steps: left, bytes });
      decisions.set(part, decision);
      steps += decision.steps;
      if (decision.verdict === "not linearizable" && !every) return { decisions, steps };
      // One that stopped before its steps were spent has spent its memory, and would again.
      if (decision.verdict === "undecided" && decision.steps >= left) unfinished.push(part);
    }
    if (steps >= all) break;
    open = unfinished;
  }
  return { decisions, steps };
}
