import type {
  KvClientContext,
  KvClientProgram,
  KvProtocol,
  KvRequest,
  ServerId,
  SyncProtocol,
} from "@labs/kit";

/**
 * Your client of the key/value service. Follow the steps of `labs/5-key-value/README.md`; the comments below
 * carry their numbers.
 *
 * It does one operation at a time: `invoke` begins it, `this.ctx.done(…)` ends it, and in between it asks one
 * server after the other, as often as it takes. It has no disk, and no crash either.
 *
 * Change whatever you like, and add fields, methods and files; only the names of the class and of its handlers
 * must stay. A handler runs to its end and waits for nothing.
 */
export class KvClient implements KvClientProgram {
  // Step 2. What is to be done, whom you have asked, and who answered as leader last. An answer may be late, and
  // belong to an operation that is over: how do you tell?
  // Step 3. Your session, and the number of your last write in it.
  // Step 9. How much of the log you have seen.

  /** `ctx.peers` are the servers that this client may ask. */
  constructor(private readonly ctx: KvClientContext) {}

  /** The scene wants one operation to be done. It waits until you say `this.ctx.done(…)`. */
  invoke(request: KvRequest): void {
    this.ctx.note(`is to do: ${request.kind}`, { request }); // for your eyes, in the trace
    throw new Error(
      "not implemented yet: KvClient.invoke. Next: remember the operation, ask a server, and set a timer (step 2" +
        " of Lab 5).",
    );
  }

  /** The answer to `request`, which this client sent earlier, perhaps for an earlier operation. It may come twice. */
  openSessionReply(
    from: ServerId,
    reply: KvProtocol["openSession"]["reply"],
    request: KvProtocol["openSession"]["request"],
  ): void {
    this.ctx.note(`server ${from} answers: ${reply.status}`, { request });
    throw new Error(
      "not implemented yet: KvClient.openSessionReply. Next: keep the session, and begin with the write that wanted" +
        " it (step 2 of Lab 5).",
    );
  }

  /** A write was executed, or was not, or nobody knows any more. */
  clientRequestReply(
    from: ServerId,
    reply: KvProtocol["clientRequest"]["reply"],
    request: KvProtocol["clientRequest"]["request"],
  ): void {
    this.ctx.note(`server ${from} answers request ${request.sequence}: ${reply.status}`);
    throw new Error(
      "not implemented yet: KvClient.clientRequestReply. Next: end the operation, or ask another server (step 2 of" +
        " Lab 5).",
    );
  }

  /** A key was read, or was not. */
  clientQueryReply(
    from: ServerId,
    reply: KvProtocol["clientQuery"]["reply"],
    request: KvProtocol["clientQuery"]["request"],
  ): void {
    this.ctx.note(`server ${from} answers about ${request.key}: ${reply.status}`);
    throw new Error(
      "not implemented yet: KvClient.clientQueryReply. Next: end the operation, or ask another server (step 2 of" +
        " Lab 5).",
    );
  }

  /** Step 9, the challenge: the answer to a sync. */
  syncReply(
    from: ServerId,
    reply: SyncProtocol["sync"]["reply"],
    request: SyncProtocol["sync"]["request"],
  ): void {
    this.ctx.note(`server ${from} answers a sync: ${reply.status}`, { request });
    throw new Error(
      "not implemented yet: KvClient.syncReply. Next: end the operation with { index } (step 9 of Lab 5).",
    );
  }

  /** A timer has run out: whoever was asked does not answer. */
  timer(name: string): void {
    throw new Error(
      `not implemented yet: KvClient.timer. Next: when “${name}” has run out, ask another server the same (step 2` +
        " of Lab 5).",
    );
  }
}
