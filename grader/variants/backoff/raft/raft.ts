import type { Handlers, PreVoteProtocol, RaftContext, RaftProgram, RaftState, RaftStatus } from "@labs/kit";
import { countPreVote, countVote, givePreVote, giveVote, seekVotes } from "./election";
import { countAnswer, hearLeader, lead } from "./leading";
import { newServer, type Server, wait } from "./server";

type Whole = RaftProgram & Handlers<PreVoteProtocol>;
/** The arguments of handler M. */
type Of<M extends keyof Whole> = Parameters<Whole[M]>;

/**
 * Accepted variant: functions over one record instead of methods, in several files. After each lost election
 * the range of timeouts grows by 400 ms, up to 400-1600 ms, until a leader is heard. It keeps who led last,
 * and uses the hints of messages: a vote names that leader; a heartbeat says when it was sent, and there a
 * leader's check of its quorum begins to count.
 */
export class Raft implements Whole {
  private readonly server: Server;

  constructor(
    private readonly ctx: RaftContext,
    saved: RaftState | undefined,
  ) {
    this.server = newServer(saved);
    wait(ctx, this.server);
  }

  status(): RaftStatus {
    return { term: this.server.currentTerm, isLeader: this.server.role === "leader" };
  }

  timer(name: string): void {
    if (name === "lead") lead(this.ctx, this.server);
    else seekVotes(this.ctx, this.server);
  }

  requestVote(...[, request]: Of<"requestVote">): ReturnType<Whole["requestVote"]> {
    return giveVote(this.ctx, this.server, request);
  }

  requestVoteReply(...args: Of<"requestVoteReply">): void {
    countVote(this.ctx, this.server, ...args);
  }

  preVote(...[, request]: Of<"preVote">): ReturnType<Whole["preVote"]> {
    return givePreVote(this.ctx, this.server, request);
  }

  preVoteReply(...args: Of<"preVoteReply">): void {
    countPreVote(this.ctx, this.server, ...args);
  }

  appendEntries(...[, request]: Of<"appendEntries">): ReturnType<Whole["appendEntries"]> {
    return hearLeader(this.ctx, this.server, request);
  }

  appendEntriesReply(...args: Of<"appendEntriesReply">): void {
    countAnswer(this.ctx, this.server, ...args);
  }
}
