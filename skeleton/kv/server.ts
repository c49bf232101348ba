import type {
  CallId,
  KvProtocol,
  KvServerContext,
  KvServerProgram,
  PlainData,
  RaftBelow,
  ServerId,
  SyncProtocol,
} from "@labs/kit";

/**
 * Your key/value service: one on each server, on top of your Raft. Follow the steps of
 * `labs/5-key-value/README.md`; the comments below carry their numbers.
 *
 * It is a state machine that executes what Raft hands up, and somebody who answers clients. Keep the two apart:
 * the first must be the same on every server, the second is about this one.
 *
 * It saves nothing. What must survive a crash is in Raft's log and in its snapshot, and comes back by `apply`
 * and `restore`. Change whatever you like, and add fields, methods and files; only the names of the class and
 * of its handlers must stay. A handler runs to its end and waits for nothing.
 */
export class KvServer implements KvServerProgram {
  // Step 1. The state machine, perhaps as a class in a file of its own: what each key holds, and its version.
  // Step 3. Part of the same state: the sessions, and what was answered in each of them last.

  // Step 1. Of this server alone: who waits for which entry of the log. Raft says where it has put a command,
  // and `call` names the client's question. What if another command turns up in that place?
  // Step 6. Who waits for which token, and who for which index.

  /** Called for each life of the server, after the Raft below it was built. */
  constructor(
    private readonly ctx: KvServerContext,
    private readonly raft: RaftBelow,
  ) {}

  // ---------------------------------------------------------------------------------- Requests of clients

  /** A client wants a session. Its id is the index of the entry that opens it, so all servers agree on it. */
  openSession(
    from: ServerId,
    request: KvProtocol["openSession"]["request"],
    call: CallId,
  ): KvProtocol["openSession"]["reply"] | "later" {
    if (!this.raft.status().isLeader) return { status: "notLeader" }; // step 2: who leads would help
    this.ctx.note(`client ${from} wants a session; this is call ${call}`, { request });
    throw new Error(
      "not implemented yet: KvServer.openSession. Next: propose a command of your own making, remember who" +
        " waits for it, and answer later (step 1 of Lab 5).",
    );
  }

  /** A client wants `request.write` to be executed, once, however often it asks. */
  clientRequest(
    from: ServerId,
    request: KvProtocol["clientRequest"]["request"],
    call: CallId,
  ): KvProtocol["clientRequest"]["reply"] | "later" {
    this.ctx.note(`client ${from}, session ${request.session}, request ${request.sequence}, call ${call}`);
    throw new Error(
      "not implemented yet: KvServer.clientRequest. Next: propose the write with its session and sequence" +
        " number (step 1 of Lab 5).",
    );
  }

  /** A client wants to know what a key holds. */
  clientQuery(
    from: ServerId,
    request: KvProtocol["clientQuery"]["request"],
    call: CallId,
  ): KvProtocol["clientQuery"]["reply"] | "later" {
    // Steps 6 to 8: `request.read` says how. Until then, the log is right in every mode but “session”.
    this.ctx.note(`client ${from} reads ${request.key}; this is call ${call}`);
    throw new Error(
      "not implemented yet: KvServer.clientQuery. Next: send the read through the log, like a write (step 1 of" +
        " Lab 5).",
    );
  }

  /** Step 9, the challenge: be as far as whatever was acknowledged before this call, and say how far that is. */
  sync(
    from: ServerId,
    request: SyncProtocol["sync"]["request"],
    call: CallId,
  ): SyncProtocol["sync"]["reply"] | "later" {
    this.ctx.note(`client ${from} wants what is new; this is call ${call}`, { request });
    throw new Error(
      "not implemented yet: KvServer.sync. Next: a follower read that reads nothing (step 9 of Lab 5).",
    );
  }

  // ------------------------------------------------------------------------------------------- From Raft

  /** Raft hands up a committed entry. All servers get the same ones, in this order. */
  apply(index: number, term: number, command: PlainData): void {
    this.ctx.note(`entry ${index} of term ${term} is to be executed`, { command });
    throw new Error(
      "not implemented yet: KvServer.apply. Next: execute the command, and answer whoever waits for exactly this" +
        " entry (step 1 of Lab 5).",
    );
    // Step 3: executed before? Then only the answer is wanted.
    // Step 4: is this.ctx.savedBytes() above this.ctx.options.maxStateBytes? Then Raft wants a snapshot.
    // Step 6: reads that waited for this entry can be answered.
  }

  /** Raft hands up a snapshot: the state becomes `data`, all of it. After a boot it comes first. */
  restore(index: number, term: number, data: PlainData): void {
    this.ctx.note(`the state after entry ${index} of term ${term} comes back`, { data });
    throw new Error(
      "not implemented yet: KvServer.restore. Next: take over what you once handed to raft.snapshot, and think of" +
        " those who wait (step 4 of Lab 5).",
    );
  }

  /** This server became, or ceased to be, leader of `term`. */
  leadership(term: number, isLeader: boolean): void {
    // Step 1: whoever waits for an entry of an earlier term may wait for ever.
    // Step 5: one command that changes nothing.
    this.ctx.note(isLeader ? `leads term ${term}` : `no longer leads term ${term}`);
  }

  /** The answer to `raft.readIndex(token, …)`: `index` is how far this server must be, if it could be found out. */
  readReady(token: number, index?: number): void {
    this.ctx.note(`question ${token} is answered`, { index: index ?? null });
    throw new Error(
      "not implemented yet: KvServer.readReady. Next: answer the read as soon as entry `index` is executed (step 6" +
        " of Lab 5).",
    );
  }
}
