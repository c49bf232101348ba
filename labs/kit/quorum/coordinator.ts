import type { Consistency, ServerId } from "../program";
import type { Entry } from "./journal";
import type { QuorumRequest, QuorumResult, ReadAnswer, WriteAnswer } from "./messages";

/** What a coordinator's verbs need of its cluster. */
export interface Desk {
  /** Hands the coordinator a request; it is open from now on. */
  start(coordinator: ServerId, request: QuorumRequest): Entry;
  /** Waits until the operation has ended, and demands an answer. */
  answered(entry: Entry): ReadAnswer | WriteAnswer;
  /** Waits until the operation has ended, however it ends. */
  ended(entry: Entry): QuorumResult;
}

/**
 * A coordinator as a scene sees it. `write`, `delete` and `read` wait for the answer and end the run if the operation does not
 * succeed; `ask` takes any end.
 */
export class Coordinator {
  constructor(
    readonly id: ServerId,
    /** What it says its reads promise. */
    readonly label: Consistency,
    private readonly desk: Desk,
  ) {}

  write(key: string, value: string): WriteAnswer {
    return this.desk.answered(this.start({ kind: "write", key, value })) as WriteAnswer;
  }

  delete(key: string): WriteAnswer {
    return this.desk.answered(this.start({ kind: "delete", key })) as WriteAnswer;
  }

  read(key: string): ReadAnswer {
    return this.desk.answered(this.start({ kind: "read", key })) as ReadAnswer;
  }

  /** Does an operation, and says how it ended: with an answer, as “failed”, or as “unknown”. */
  ask(request: QuorumRequest): QuorumResult {
    return this.desk.ended(this.start(request));
  }

  /** Begins an operation and does not wait. */
  start(request: QuorumRequest): Entry {
    return this.desk.start(this.id, request);
  }
}
