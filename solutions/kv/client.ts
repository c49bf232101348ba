import type {
  KvClientContext,
  KvClientProgram,
  KvProtocol,
  KvRequest,
  KvResult,
  KvWrite,
  ServerId,
  SyncProtocol,
} from "@labs/kit";

/** An attempt without an answer is given up after this (ms): far longer than a commit takes, far shorter than an election. */
const PATIENCE_MS = 300;

/** When no server leads, it takes some time until one does (ms). */
const PAUSE_MS = 50;

/** A client of the key/value service: it finds the leader, and tries until it has an answer. */
export class KvClient implements KvClientProgram {
  private request: KvRequest | undefined;
  /** Counts operations; it travels along, so that the answer to an earlier operation is not taken for one to this. */
  private operation = 0;
  /** The open session, and how many writes were begun in it. */
  private session: number | undefined;
  private sequence = 0;
  /** The server that was asked last, and how many have refused in a row. */
  private server: ServerId;
  private refusals = 0;
  /** The server that answered as leader last. */
  private leader: ServerId;
  /** How much of the log the answers have shown: a read in mode “session” must not go back behind it. */
  private seen = 0;

  constructor(private readonly ctx: KvClientContext) {
    this.server = this.leader = this.home();
  }

  invoke(request: KvRequest): void {
    this.request = request;
    this.operation += 1;
    this.refusals = 0;
    if (isWrite(request)) this.sequence += 1;
    this.server = anyServerWillDo(request) ? this.home() : this.leader;
    this.attempt();
  }

  private attempt(): void {
    const { request, ctx, server } = this;
    if (request === undefined) return;
    ctx.setTimer("retry", PATIENCE_MS);
    const hint = this.operation;
    if (request.kind === "sync") {
      ctx.call(server, "sync", { hint });
    } else if (request.kind === "get") {
      const { key, read } = request;
      const atLeast = read === "session" ? { atLeast: this.seen } : {};
      ctx.call(server, "clientQuery", { key, ...(read === undefined ? {} : { read }), ...atLeast, hint });
    } else if (this.session === undefined) {
      ctx.call(server, "openSession", { hint });
    } else {
      ctx.call(server, "clientRequest", {
        session: this.session,
        sequence: this.sequence,
        write: request,
        hint,
      });
    }
  }

  timer(): void {
    this.server = this.nextTo(this.server);
    this.attempt();
  }

  // ------------------------------------------------------------------------------------------------ Replies

  openSessionReply(
    from: ServerId,
    reply: KvProtocol["openSession"]["reply"],
    request: KvProtocol["openSession"]["request"],
  ): void {
    if (this.session !== undefined || request.hint !== this.operation) return; // one is enough
    if (reply.status === "notLeader") return this.refused(from, reply.leader);
    this.session = reply.session;
    this.sequence = 1; // the write that it was opened for
    this.leader = from;
    this.attempt();
  }

  clientRequestReply(
    from: ServerId,
    reply: KvProtocol["clientRequest"]["reply"],
    request: KvProtocol["clientRequest"]["request"],
  ): void {
    if (this.request === undefined || request.hint !== this.operation) return;
    switch (reply.status) {
      case "notLeader":
        return this.refused(from, reply.leader);
      case "sessionExpired":
        this.session = undefined; // an earlier attempt may have been executed, or none
        return this.finish("unknown");
      case "ok":
        this.leader = from;
        return this.finish(reply.answer, reply.index);
    }
  }

  clientQueryReply(
    from: ServerId,
    reply: KvProtocol["clientQuery"]["reply"],
    request: KvProtocol["clientQuery"]["request"],
  ): void {
    if (this.request === undefined || request.hint !== this.operation) return;
    if (reply.status === "notLeader") return this.refused(from, reply.leader);
    if (!anyServerWillDo(this.request)) this.leader = from;
    this.finish(reply.answer, reply.index);
  }

  syncReply(
    from: ServerId,
    reply: SyncProtocol["sync"]["reply"],
    request: SyncProtocol["sync"]["request"],
  ): void {
    if (this.request === undefined || request.hint !== this.operation) return;
    if (reply.status === "notLeader") this.refused(from, reply.leader);
    else this.finish({ index: reply.index }, reply.index);
  }

  /** Tries the server that was named, or the next one; but not in circles without a pause. */
  private refused(from: ServerId, leader: ServerId | undefined): void {
    if (from !== this.server) return; // an earlier attempt; another is under way
    const isNews = leader !== undefined && leader !== from && this.ctx.peers.includes(leader);
    this.refusals += 1;
    if (this.refusals % (this.ctx.peers.length + 1) === 0) {
      this.ctx.setTimer("retry", PAUSE_MS);
      return;
    }
    this.server = isNews ? leader : this.nextTo(from);
    this.attempt();
  }

  private finish(result: KvResult, index = 0): void {
    this.seen = Math.max(this.seen, index);
    this.request = undefined;
    this.ctx.cancelTimer("retry");
    this.ctx.done(result);
  }

  // ------------------------------------------------------------------------------------------------ Helpers

  /** Where reads go that any server may answer: clients spread over the servers. */
  private home(): ServerId {
    const { peers, id } = this.ctx;
    return peers[id % peers.length] ?? 0;
  }

  private nextTo(server: ServerId): ServerId {
    const { peers } = this.ctx;
    return peers[(peers.indexOf(server) + 1) % peers.length] ?? server;
  }
}

function isWrite(request: KvRequest): request is KvWrite {
  return request.kind !== "get" && request.kind !== "sync";
}

function anyServerWillDo(request: KvRequest): boolean {
  return (
    request.kind === "sync" ||
    (request.kind === "get" && (request.read === "follower" || request.read === "session"))
  );
}
