import type {
  Handlers,
  QuorumProtocol,
  RepairProtocol,
  ReplicaContext,
  ReplicaProgram,
  ReplicaState,
  ServerId,
} from "@labs/kit";

/**
 * Your replica: N of them keep the values. Follow the steps of `labs/6-quorum/README.md`; the comments below
 * carry their numbers.
 *
 * It knows nothing of W, R and promises, and asks nobody before it answers: it holds the newest version of each
 * key that it has heard of, and says what it holds. All the thinking is the coordinator's.
 *
 * Change whatever you like, and add fields, methods and files; only the names of the class and of its handlers
 * must stay. A handler runs to its end and waits for nothing.
 */
export class Replica implements ReplicaProgram, Handlers<RepairProtocol> {
  // Step 1. What each key holds, and as which version. Keys are texts of any kind, “constructor” among them.
  // Step 7. What you need to tell another replica, in few bytes, what this one holds.

  /** Called for each life of the replica. `saved` is what it saved last, or undefined if it never did. */
  constructor(
    private readonly ctx: ReplicaContext,
    saved: ReplicaState | undefined,
  ) {
    if (saved !== undefined) {
      throw new Error(
        "not implemented yet: Replica.constructor. Next: hold again what was saved, tombstones too (step 1 of" +
          " Lab 6).",
      );
    }
    // Step 7: with ctx.options.repairEvery above 0, a timer begins here.
  }

  // ------------------------------------------------------------------------------ Requests of coordinators

  /** Coordinator `from` wants to know what this replica holds of a key. */
  fetch(from: ServerId, request: QuorumProtocol["fetch"]["request"]): QuorumProtocol["fetch"]["reply"] {
    this.ctx.note(`C${from} asks what ${request.key} holds`); // for your eyes, in the trace
    throw new Error(
      "not implemented yet: Replica.fetch. Next: return { held }, which is null for a key that it has never heard" +
        " of (step 1 of Lab 6).",
    );
  }

  /** Somebody hands over a version of a key: a write, a repair, or a late copy of either. */
  store(from: ServerId, request: QuorumProtocol["store"]["request"]): QuorumProtocol["store"]["reply"] {
    const { key, entry } = request;
    this.ctx.note(`C${from} hands over version ${entry.version.number} of ${key}`);
    throw new Error(
      "not implemented yet: Replica.store. Next: is it newer than what is held? If so, hold it and save; in either" +
        " case, say what is held now (step 1 of Lab 6).",
    );
  }

  // ------------------------------------------------------------------------------------------ Anti-entropy

  /** The timer `name` has run out: time to compare notes. Set it again if it is to come back. */
  timer(name: string): void {
    throw new Error(
      `not implemented yet: Replica.timer. Next: when “${name}” has run out, send one of this.ctx.peers a summary` +
        " of what is held here (step 7 of Lab 6).",
    );
  }

  /** Another replica tells what it holds, in a summary of your own making. */
  compare(from: ServerId, request: RepairProtocol["compare"]["request"]): RepairProtocol["compare"]["reply"] {
    this.ctx.note(`server ${from} compares notes`, { request });
    throw new Error(
      "not implemented yet: Replica.compare. Next: return { entries } with what the other one lacks, as far as its" +
        " summary shows it (step 7 of Lab 6).",
    );
  }

  /** The answer to a comparison that this replica began. */
  compareReply(
    from: ServerId,
    reply: RepairProtocol["compare"]["reply"],
    request: RepairProtocol["compare"]["request"],
  ): void {
    this.ctx.note(`server ${from} sends ${reply.entries.length} entries`, { request });
    throw new Error(
      "not implemented yet: Replica.compareReply. Next: hold what is newer than what is held, and save it (step 7" +
        " of Lab 6).",
    );
  }
}
