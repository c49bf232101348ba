import type {
  AppendEntriesReply,
  AppendEntriesRequest,
  CallId,
  Handlers,
  PreVoteProtocol,
  PreVoteReply,
  PreVoteRequest,
  RaftContext,
  RaftProgram,
  RaftState,
  RaftStatus,
  RequestVoteReply,
  RequestVoteRequest,
  ServerId,
} from "@labs/kit";
import { Rules } from "./rules";

/**
 * Accepted variant: every handler returns "later". Requests wait in line, and all of them are served, in the
 * order in which they came, from a timer of 0 ms: hence in another input than their own. Replies and timers
 * are not queued.
 */
export class Raft implements RaftProgram, Handlers<PreVoteProtocol> {
  private readonly rules: Rules;
  private line: (() => void)[] = [];

  constructor(
    private readonly ctx: RaftContext,
    saved: RaftState | undefined,
  ) {
    this.rules = new Rules(ctx, saved);
  }

  status(): RaftStatus {
    return this.rules.status();
  }

  timer(name: string): void {
    if (name !== "serve") return this.rules.timer(name);
    const { line } = this;
    this.line = [];
    for (const serve of line) serve();
  }

  private queue(serve: () => void): "later" {
    this.line.push(serve);
    this.ctx.setTimer("serve", 0);
    return "later";
  }

  requestVote(from: ServerId, request: RequestVoteRequest, call: CallId): "later" {
    return this.queue(() => this.ctx.reply(call, this.rules.requestVote(from, request)));
  }

  appendEntries(from: ServerId, request: AppendEntriesRequest, call: CallId): "later" {
    return this.queue(() => this.ctx.reply(call, this.rules.appendEntries(from, request)));
  }

  preVote(from: ServerId, request: PreVoteRequest, call: CallId): "later" {
    return this.queue(() => this.ctx.reply(call, this.rules.preVote(from, request)));
  }

  requestVoteReply(from: ServerId, reply: RequestVoteReply, request: RequestVoteRequest): void {
    this.rules.requestVoteReply(from, reply, request);
  }

  appendEntriesReply(from: ServerId, reply: AppendEntriesReply, request: AppendEntriesRequest): void {
    this.rules.appendEntriesReply(from, reply, request);
  }

  preVoteReply(from: ServerId, reply: PreVoteReply, request: PreVoteRequest): void {
    this.rules.preVoteReply(from, reply, request);
  }
}
