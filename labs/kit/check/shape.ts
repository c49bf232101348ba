import type { History, Operation } from "./history";
import { Ids } from "./ids";

/** A history that cannot have happened as it is written down: its recorder is wrong, not the system. */
export class HistoryError extends Error {
  override readonly name = "HistoryError";
}

/**
 * Looks whether a history has the shape that its type promises, before anybody judges it.
 *
 * @throws HistoryError at the first operation that is written down wrongly
 */
export function checkShape(history: History): void {
  for (const operation of history) {
    const wrong = wrongWith(operation);
    if (wrong !== undefined) throw new HistoryError(`operation ${operation.id} ${wrong}`);
  }
  const { twice } = new Ids(history);
  if (twice !== undefined) throw new HistoryError(`two operations have the id ${twice}`);
  checkSessions(history);
}

function wrongWith({ call, return: end, outcome, output }: Operation): string | undefined {
  if (!Number.isFinite(call)) return `has no time of call, but ${call}`;
  if (!(end >= call)) return `returns at ${end}, before its call at ${call}`;
  if (outcome === "unknown" && end !== Infinity)
    return `is unknown, yet returns at ${end} and not at Infinity`;
  if (outcome === "ok" && end === Infinity) return "is ok, yet never returns";
  if (outcome === "ok" && output === undefined) return "is ok, yet has no output";
  return undefined;
}

/** A session has one operation open at a time. */
function checkSessions(history: History): void {
  const latest = new Map<number, Operation>();
  for (const operation of inOrder(history)) {
    const before = latest.get(operation.session);
    if (before !== undefined && before.return > operation.call) {
      const { id, session } = operation;
      throw new HistoryError(`operations ${before.id} and ${id} of session ${session} are open at once`);
    }
    latest.set(operation.session, operation);
  }
}

/** The operations by time of call, as in most histories they are. */
export function inOrder(history: History): History {
  const sorted = history.every(({ call }, i) => i === 0 || (history[i - 1]?.call ?? 0) < call);
  return sorted ? history : history.toSorted((a, b) => a.call - b.call || a.return - b.return);
}
