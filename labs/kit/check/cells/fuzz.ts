import type { CellOperation, Scalar } from "../cell";
import type { Decision } from "../decision";
import type { Columns } from "./columns";
import { Draw } from "./draw";
import { bruteForce, columnsOf, faultOf, randomParts, type CellPart, type Flavour } from "./fixture";

/** How often each answer was given; `none` where the way handed over. */
export type Tally = { linearizable: number; "not linearizable": number; undecided: number; none: number };

/** Runs one way over small random histories against brute force, and throws at the first disagreement. */
export function fuzz(
  decide: (columns: Columns) => Decision | undefined,
  flavour: Flavour,
  histories: number,
  seed = 1,
): Tally {
  const draw = new Draw(seed);
  const tally: Tally = { linearizable: 0, "not linearizable": 0, undecided: 0, none: 0 };
  for (let i = 0; i < histories; i++) {
    const parts = randomParts(draw, flavour);
    const columns = columnsOf(parts, flavour.initial);
    const decision = columns && decide(columns);
    tally[decision?.verdict ?? "none"]++;
    const fault = decision && disagreement(decision, parts, flavour);
    if (fault !== undefined)
      throw new Error(`history ${i}: ${fault}: ${tell(parts)} ${JSON.stringify(decision)}`);
  }
  return tally;
}

function disagreement(decision: Decision, parts: CellPart[], { initial }: Flavour): string | undefined {
  if (decision.verdict === "undecided") return undefined;
  const possible = bruteForce(parts, initial);
  if (possible !== (decision.verdict === "linearizable"))
    return `it is ${possible ? "" : "not "}linearizable`;
  if (decision.verdict === "linearizable") return faultOf(decision.order, parts, initial);
  if (decision.stuck !== undefined && !isStuckAt(decision.stuck, parts, initial))
    return "it is not stuck there";
  if (decision.core === undefined) return undefined;
  const core = new Set(decision.core);
  return bruteForce(
    parts.flatMap((part) => (core.has(part.operation.id) ? [part] : freed(part))),
    initial,
  )
    ? "its core has an order, if all else may happen or not"
    : undefined;
}

/** Whether all answers before this one can be passed, and this one not. */
function isStuckAt(stuck: number, parts: CellPart[], initial: Scalar): boolean {
  const wall = parts.find(({ operation }) => operation.id === stuck)?.operation.return ?? NaN;
  const cut = (isPassed: (part: CellPart) => boolean): CellPart[] =>
    parts.flatMap((part) => (isPassed(part) ? [part] : freed(part)));
  return (
    bruteForce(
      cut(({ operation }) => operation.outcome === "ok" && operation.return < wall),
      initial,
    ) &&
    !bruteForce(
      cut(({ operation }) => operation.outcome === "ok" && operation.return <= wall),
      initial,
    )
  );
}

/** The same operation, if nobody had been told anything about it. */
function freed({ operation, cell }: CellPart): CellPart[] {
  if (cell.kind === "read") return [];
  const { version: _, ...wish } = cell;
  const asked: CellOperation =
    wish.kind === "cas" ? { key: wish.key, kind: "cas", expected: wish.expected, value: wish.value } : wish;
  return [{ operation: { ...operation, outcome: "unknown", return: Infinity }, cell: asked }];
}

function tell(parts: CellPart[]): string {
  return parts
    .map(({ operation: { id, outcome, call, return: ret }, cell }) =>
      JSON.stringify({ id, outcome, call, ret, ...cell }),
    )
    .join("\n");
}
