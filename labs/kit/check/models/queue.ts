import type { Model } from "../model";

/** What a client of a queue can ask for. */
export type QueueOperation =
  | { readonly kind: "enqueue"; readonly value: string }
  /** Takes out what has waited longest. */
  | { readonly kind: "dequeue" };

/** What a queue answers: nothing to an enqueue; to a dequeue the value, or null if there was none. */
export interface QueueAnswer {
  readonly value?: string | null;
}

/** A queue, first in, first out, empty at first. */
export const queue: Model<readonly string[], QueueOperation, QueueAnswer> = {
  name: "queue",
  initial: [],
  apply: (waiting, input) => {
    if (input.kind === "enqueue") return { state: [...waiting, input.value], output: {} };
    const [first = null, ...rest] = waiting;
    return { state: rest, output: { value: first } };
  },
  tellInput: (input) => (input.kind === "enqueue" ? `enqueue(${JSON.stringify(input.value)})` : "dequeue()"),
  tellOutput: ({ value }) =>
    value === undefined ? "done" : value === null ? "nothing, the queue was empty" : JSON.stringify(value),
  tellState: (waiting) =>
    waiting.length === 0
      ? "the queue is empty"
      : `the queue holds ${waiting.map((value) => JSON.stringify(value)).join(", ")}`,
};
