import type {
  Consistency,
  CoordinatorContext,
  CoordinatorProgram,
  PlainData,
  QuorumProtocol,
  QuorumRequest,
  ServerId,
} from "@labs/kit";

/**
 * Your coordinator: a client's side of the protocol. Follow the steps of `labs/6-quorum/README.md`; the comments
 * below carry their numbers.
 *
 * It does one operation at a time: `invoke` begins it, `this.ctx.done(…)` ends it, once. In between it asks
 * replicas, waits for so many answers, hands out a version, waits for so many acknowledgements. It may crash and
 * come back, and has a disk of its own.
 *
 * Change whatever you like, and add fields, methods and files; only the names of the class and of its handlers
 * must stay. A handler runs to its end and waits for nothing.
 */
export class Coordinator implements CoordinatorProgram {
  // Step 2. What is to be done, in which phase it is, who has answered what. An answer may be late, or come
  // twice, or belong to an operation that is over: how do you tell?
  // Step 3. The highest number that you know of. Which part of it must survive a crash?

  /** `ctx.peers` are the N replicas. `saved` is what this coordinator saved last, whatever that is. */
  constructor(
    private readonly ctx: CoordinatorContext,
    saved: PlainData | undefined,
  ) {
    if (saved !== undefined) {
      throw new Error(
        "not implemented yet: Coordinator.constructor. Next: never issue a version that an earlier life has issued" +
          " (step 3 of Lab 6).",
      );
    }
  }

  /** What reads of this configuration really promise. It changes nothing, and is asked at once after a boot. */
  label(): Consistency {
    throw new Error(
      "not implemented yet: Coordinator.label. Next: return what this.ctx.options.promise asks for, if W and R of" +
        ` ${this.ctx.peers.length} replicas allow it, or else “eventual” (step 2 of Lab 6).`,
    );
  }

  /** The scene wants one operation to be done. It waits until you say `this.ctx.done(…)`. */
  invoke(request: QuorumRequest): void {
    this.ctx.note(`is to do: ${request.kind}`, { request }); // for your eyes, in the trace
    throw new Error(
      "not implemented yet: Coordinator.invoke. Next: remember the operation, and ask the replicas what they hold" +
        " (step 2 of Lab 6).",
    );
    // Step 4: it must end within this.ctx.options.timeout ms, whatever happens.
  }

  // -------------------------------------------------------------------------------- Phase one: what is there

  /** A replica shows what it holds. It may be the answer to an earlier operation, and it may come twice. */
  fetchReply(
    from: ServerId,
    reply: QuorumProtocol["fetch"]["reply"],
    request: QuorumProtocol["fetch"]["request"],
  ): void {
    this.ctx.note(`server ${from} shows ${request.key}`, { reply });
    throw new Error(
      "not implemented yet: Coordinator.fetchReply. Next: once R different replicas have answered, take the newest;" +
        " a read ends with it, a write goes on (step 2 of Lab 6).",
    );
    // Step 5: who has shown something older is handed the newer one.
    // Step 6: an atomic read does not end before W replicas hold what it shows.
  }

  // --------------------------------------------------------------------------------- Phase two: what is new

  /** A replica tells what it holds after a `store`. */
  storeReply(
    from: ServerId,
    reply: QuorumProtocol["store"]["reply"],
    request: QuorumProtocol["store"]["request"],
  ): void {
    this.ctx.note(`server ${from} holds version ${reply.version.number} of ${request.key}`);
    throw new Error(
      "not implemented yet: Coordinator.storeReply. Next: once W different replicas hold the version, the operation" +
        " ends with it (step 2 of Lab 6).",
    );
  }

  /** The timer `name` has run out. */
  timer(name: string): void {
    throw new Error(
      `not implemented yet: Coordinator.timer. Next: when “${name}” has run out, ask those again who have not` +
        " answered, or give up and say what is true (step 4 of Lab 6).",
    );
  }
}
