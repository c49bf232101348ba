import { DEFAULT_BUDGET } from "./budget";
import { decidePart, decideParts } from "./decide";
import type { Decision } from "./decision";
import { explain } from "./explain";
import type { History } from "./history";
import type { Model } from "./model";
import { mergeOrders, splitParts, type Part } from "./parts";
import { checkShape } from "./shape";
import type { Budget, Effort, Verdict, Violation } from "./verdict";

/** Steps for each question that an explanation asks: if they run out, it tells less sharply what is wrong. */
const PROBE = 500_000;

/** How to check. */
export interface CheckOptions {
  /** How much the check may use. To explain a "no" it takes more, of which each question has a bound. */
  readonly budget?: Budget;
  /** Whether to find what is wrong with every part; otherwise the first one found is enough. */
  readonly every?: boolean;
}

/**
 * Whether a history is linearizable (Herlihy & Wing, 1990): whether all operations can be put in one order in which
 * each takes effect between its call and its return, and gets the answer that the model gives.
 *
 * A part without an order makes the whole "not linearizable", whatever became of the others. "Undecided" means that
 * the budget was spent before anything could be said, and is never a pass.
 *
 * @throws HistoryError if the history is written down wrongly
 */
export function checkLinearizable<S, I, O>(
  history: History<I, O>,
  model: Model<S, I, O>,
  { budget = DEFAULT_BUDGET, every = false }: CheckOptions = {},
): Verdict {
  checkShape(history);
  const parts = splitParts(history, model);
  const decide = ({ operations }: Part<I, O>, share: Budget): Decision =>
    decidePart(operations, model, share);
  const { decisions, steps } = decideParts(parts, decide, budget, every);
  const effort = effortOf([...decisions.values()], steps);
  const violations = parts.flatMap((part) => {
    const decision = decisions.get(part);
    return decision?.verdict === "not linearizable" ? [violationOf(part, decision, model, budget)] : [];
  });
  if (violations.length > 0) return { verdict: "not linearizable", violations, effort };
  const name = (part: Part<I, O>): string => part.name || model.name;
  const orders: (readonly number[])[] = [];
  const open: string[] = [];
  const reasons: string[] = [];
  for (const part of parts) {
    const decision = decisions.get(part);
    if (decision?.verdict === "linearizable") orders.push(decision.order);
    else open.push(name(part));
    if (decision?.verdict === "undecided")
      reasons.push(`${JSON.stringify(name(part))}: ${decision.sentence}.`);
  }
  return open.length === 0
    ? { verdict: "linearizable", order: mergeOrders(history, orders), effort }
    : { verdict: "undecided", parts: open, sentence: reasons.join(" "), effort };
}

function violationOf<S, I, O>(
  { name, operations }: Part<I, O>,
  decision: Decision & { readonly verdict: "not linearizable" },
  model: Model<S, I, O>,
  budget: Budget,
): Violation {
  const { core, stuck } = decision;
  const share = { ...budget, steps: Math.min(budget.steps, PROBE) };
  return explain(operations, model, (cut) => decidePart(cut, model, share), {
    ...(name === "" ? {} : { part: name }),
    ...(core === undefined ? {} : { core }),
    ...(stuck === undefined ? {} : { stuck }),
  });
}

function effortOf(decisions: readonly Decision[], steps: number): Effort {
  const ways: Record<string, number> = {};
  for (const { way } of decisions) ways[way] = (ways[way] ?? 0) + 1;
  return { steps, bytes: Math.max(0, ...decisions.map(({ bytes }) => bytes)), ways };
}
