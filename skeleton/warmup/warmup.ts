import type {
  AddRequest,
  CallId,
  CountReply,
  PingReply,
  PingRequest,
  ServerId,
  WaitForRequest,
  WarmupContext,
  WarmupProgram,
  WarmupState,
} from "@labs/kit";

/**
 * Your warm-up server. Follow the three exercises of `labs/0-warmup/README.md`; the comments below carry their
 * numbers. Each error that is thrown here says what to do next; it goes when you have done it.
 *
 * Change whatever you like, and add fields and methods; only the names of the class, of its handlers, of
 * `startPings` and of `rtt` must stay. A handler runs to its end and waits for nothing. It sees the world
 * through `this.ctx` alone.
 */
export class Warmup implements WarmupProgram {
  // Fields hold what this server knows: numbers, arrays, Map, Set, objects; no functions. A crash forgets them.
  // Exercise 1 wants to know whom it still waits for, and when it sent what; exercise 2, the count; exercise 3,
  // who waits for which count.

  /** Called for each life of the server. `saved` is what it saved last, or undefined if it never did. */
  constructor(
    private readonly ctx: WarmupContext,
    saved: WarmupState | undefined,
  ) {
    if (saved !== undefined) {
      throw new Error(
        "not implemented yet: Warmup.constructor. Next: go on from the count that was saved, and say so in a" +
          " note (exercise 2 of the handout).",
      );
    }
  }

  // ------------------------------------------------------------------------------- Exercise 1: ping, again

  /** Server `from` asks whether this one is there. The value you return travels back to it. */
  ping(from: ServerId, request: PingRequest): PingReply {
    this.ctx.note(`server ${from} pings with number ${request.n}`); // for your eyes, in the trace
    throw new Error(
      "not implemented yet: Warmup.ping. Next: return the number of the request and this server's id" +
        " (exercise 1 of the handout).",
    );
  }

  /** The scene wants all peers to be pinged, again and again until they answer. */
  startPings(): void {
    throw new Error(
      "not implemented yet: Warmup.startPings. Next: remember the time, call ping on every peer, and set a timer" +
        " (exercise 1 of the handout).",
    );
  }

  /** The answer to `request`, which this server sent earlier, perhaps much earlier. It may come twice. */
  pingReply(from: ServerId, reply: PingReply, request: PingRequest): void {
    this.ctx.note(`server ${from} answers number ${request.n}: it is server ${reply.server}`);
    throw new Error(
      "not implemented yet: Warmup.pingReply. Next: work out how long the answer took, and stop pinging whoever" +
        " has answered (exercise 1 of the handout).",
    );
  }

  /** The timer `name` has run out. Set it again if it is to come back. */
  timer(name: string): void {
    throw new Error(
      `not implemented yet: Warmup.timer. Next: when “${name}” has run out, ping whoever has not answered, and` +
        " set the timer again (exercise 1 of the handout).",
    );
  }

  /** How long the first answer of `peer` took in ms, or null if there is none. It must change nothing. */
  rtt(peer: ServerId): number | null {
    throw new Error(
      `not implemented yet: Warmup.rtt. Next: return what pingReply has found out about server ${peer}, or null` +
        " (exercise 1 of the handout).",
    );
  }

  // ------------------------------------------------------------ Exercise 2: a counter that survives a crash

  /** A client adds to the counter. The reply is the new count. */
  add(from: ServerId, request: AddRequest): CountReply {
    this.ctx.note(`client ${from} adds ${request.amount}`);
    throw new Error(
      "not implemented yet: Warmup.add. Next: add, save the new count, return it (exercise 2 of the handout).",
    );
  }

  // -------------------------------------------------------------------- Exercise 3: a reply given later

  /** A client waits until the count is at least `request.atLeast`. `call` names its question. */
  waitFor(from: ServerId, request: WaitForRequest, call: CallId): CountReply | "later" {
    this.ctx.note(`client ${from} waits for ${request.atLeast}; this is call ${call}`);
    throw new Error(
      "not implemented yet: Warmup.waitFor. Next: return the count if it is large enough; if not, remember the" +
        ' call and return "later" (exercise 3 of the handout).',
    );
  }

  // In add, once the new count is saved: this.ctx.reply(call, …) answers a call that was told "later", once.
}
