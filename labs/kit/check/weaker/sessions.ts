import type { History, Operation } from "../history";
import { checkShape } from "../shape";

/** The operations that can have happened, session by session. */
export interface Sessions<I = unknown, O = unknown> {
  /** The operations of the first session in its order, those of the second, and so on. */
  readonly operations: readonly Operation<I, O>[];
  /** How many sessions. */
  readonly count: number;
  /** Where each session begins in `operations`; one number more than sessions. */
  readonly first: Int32Array;
  /** The session of each operation, 0, 1, … */
  readonly of: Int32Array;
}

/**
 * Sorts a history by session. Operations that failed did not happen, and are left out.
 *
 * @throws HistoryError if the history is written down wrongly, e.g. a session has two operations open at a
 *   time
 */
export function sessionsOf<I, O>(history: History<I, O>): Sessions<I, O> {
  checkShape(history);
  const bySession = new Map<number, Operation<I, O>[]>();
  for (const operation of history) {
    if (operation.outcome === "failed") continue;
    const session = bySession.get(operation.session);
    if (session) session.push(operation);
    else bySession.set(operation.session, [operation]);
  }
  const lists = [...bySession].sort(([a], [b]) => a - b).map(([, list]) => list);
  const first = new Int32Array(lists.length + 1);
  const of = new Int32Array(lists.reduce((sum, list) => sum + list.length, 0));
  lists.forEach((list, session) => {
    list.sort((a, b) => a.call - b.call || a.return - b.return);
    const begin = first[session] ?? 0;
    first[session + 1] = begin + list.length;
    of.fill(session, begin, begin + list.length);
  });
  return { operations: lists.flat(), count: lists.length, first, of };
}
