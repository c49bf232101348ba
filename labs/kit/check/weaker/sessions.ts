import { precedes, type History, type Operation } from "../history";

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
 * @throws RangeError if a session has two operations open at a time: its order would not be known
 */
export function sessionsOf<I, O>(history: History<I, O>): Sessions<I, O> {
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
    inOrder(list);
    const begin = first[session] ?? 0;
    first[session + 1] = begin + list.length;
    of.fill(session, begin, begin + list.length);
  });
  return { operations: lists.flat(), count: lists.length, first, of };
}

function inOrder(list: Operation[]): void {
  list.sort((a, b) => a.call - b.call || a.return - b.return);
  list.forEach((operation, i) => {
    const before = list[i - 1];
    if (before === undefined || (before.outcome === "ok" && precedes(before, operation))) return;
    throw new RangeError(
      `Session ${operation.session} calls operation ${operation.id} before operation ${before.id} has ended; ` +
        `a session has one operation open at a time, and an unknown one is its last.`,
    );
  });
}
