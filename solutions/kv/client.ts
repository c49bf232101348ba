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
  /** The server that is asked, and those that were asked before it in this round; a round asks each server once. */
  private server: ServerId;
  private tried: ServerId[] = [];
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
    this.tried = [];
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

  /** It has waited long enough: for an answer, or for the next round. */
  timer(): void {
    const next = this.next();
    if (next === undefined) this.tried = [];
    this.server = next ?? this.inTurn()[0] ?? this.server;
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

  /** Tries another server at once; if all were asked in this round, the next one begins after a pause. */
  private refused(from: ServerId, leader: ServerId | undefined): void {
    if (from !== this.server) return; // an earlier attempt; another is under way
    const next = this.next(leader);
    if (next === undefined) {
      this.ctx.setTimer("retry", PAUSE_MS);
    } else {
      this.server = next;
      this.attempt();
    }
  }

  /** Who is to be asked next in this round: the one that was named, or else the next in turn. Two that name each other are asked once each. */
  private next(leader?: ServerId): ServerId | undefined {
    this.tried.push(this.server);
    const left = this.inTurn().filter((id) => !this.tried.includes(id));
    return left.find((id) => id === leader) ?? left[0];
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

  /** All servers, beginning behind the one that is asked. */
  private inTurn(): ServerId[] {
    const { peers } = this.ctx;
    const behind = peers.indexOf(this.server) + 1;
    return [...peers.slice(behind), ...peers.slice(0, behind)];
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
