import type { Model } from "../model";

/** What somebody can ask of a lock. Nobody waits: who does not get it is told so at once. */
export interface LockOperation {
  readonly kind: "acquire" | "release";
  readonly owner: string;
}

/** What a lock answers. */
export interface LockAnswer {
  /** Of an acquire: whether the lock was free, and is the owner's now. Of a release: whether it was the owner's. */
  readonly done: boolean;
}

/** A lock, free at first; its state is the owner. Who holds it cannot acquire it again. */
export const lock: Model<string | null, LockOperation, LockAnswer> = {
  name: "lock",
  initial: null,
  apply: (holder, { kind, owner }) => {
    const done = holder === (kind === "acquire" ? null : owner);
    return { state: done ? (kind === "acquire" ? owner : null) : holder, output: { done } };
  },
  tellInput: ({ kind, owner }) => `${kind}(${JSON.stringify(owner)})`,
  tellOutput: ({ done }, { kind }) =>
    kind === "acquire" ? (done ? "acquired" : "not acquired") : done ? "released" : "not released",
  tellState: (holder) => (holder === null ? "the lock is free" : `${JSON.stringify(holder)} holds the lock`),
};
