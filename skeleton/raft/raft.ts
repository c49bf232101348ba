import type {
  AppendEntriesReply,
  AppendEntriesRequest,
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

/**
 * Your Raft server. Lab 1 is about electing a leader: keep Figure 2 of the paper beside you, and follow the
 * steps of `labs/1-election/README.md`; the comments below carry their numbers.
 *
 * What stands here leads to the first hole and no further: after half a second each server asks the others
 * for their votes, and nobody can answer yet. Change whatever you like, and add fields, methods and files;
 * only the names of the class, of its handlers and of `status` must stay.
 *
 * A handler runs to its end and waits for nothing. It sees the world through `this.ctx` alone.
 */
export class Raft implements RaftProgram, Handlers<PreVoteProtocol> {
  // ------------------------------------------------------------------------------------------ Construction

  // Step 1. Figure 2, box “State”: the fields that must survive a crash, and what else an election needs: is
  // this server a follower, a candidate or the leader, and who has voted for it? Later steps will want more.
  private currentTerm = 0;

  /** Called for each life of the server. `saved` is what it saved last, or undefined if it never did. */
  constructor(
    private readonly ctx: RaftContext,
    saved: RaftState | undefined,
  ) {
    if (saved !== undefined) {
      throw new Error(
        "not implemented yet: Raft.constructor. Next: fill your fields from what was saved (step 1 of the" +
          " handout).",
      );
    }
    // Step 5. All servers wait equally long, so all ask at once and the votes are split, again and again.
    this.ctx.setTimer("election", 500);
  }

  /** What this server believes of itself; it must change nothing. Step 3: say so when it leads. */
  status(): RaftStatus {
    return { term: this.currentTerm, isLeader: false };
  }

  // --------------------------------------------------------------------------------------------- Elections

  // Step 3. The rules for candidates in Figure 2 name four things to do when an election starts; two of them
  // are missing here. A cluster of a single server has nobody to wait for.
  private campaign(): void {
    this.currentTerm += 1;
    for (const peer of this.ctx.peers) {
      this.ctx.call(peer, "requestVote", {
        term: this.currentTerm,
        candidateId: this.ctx.id,
        lastLogIndex: 0, // the log is empty in this lab
        lastLogTerm: 0,
      });
    }
  }

  // -------------------------------------------------------------------------------------- Message handlers

  /** Server `from` asks for a vote. The value you return travels back to it. */
  requestVote(from: ServerId, request: RequestVoteRequest): RequestVoteReply {
    this.ctx.note(`server ${from} asks for a vote in term ${request.term}`); // for your eyes, in the trace
    throw new Error(
      "not implemented yet: Raft.requestVote. Next: compare the terms, then give the vote of each term to" +
        " whoever asks first (step 2 of the handout).",
    );
  }

  /** The answer to `request`, which this server sent earlier, perhaps much earlier. It may come twice. */
  requestVoteReply(from: ServerId, reply: RequestVoteReply, request: RequestVoteRequest): void {
    this.ctx.note(`server ${from} was asked in term ${request.term}: ${reply.voteGranted ? "yes" : "no"}`);
    throw new Error(
      "not implemented yet: Raft.requestVoteReply. Next: finish campaign(), count votes, and lead once a" +
        " majority has voted for you (step 3 of the handout).",
    );
  }

  /** A leader reports. In this lab its messages carry no entries: they are heartbeats. */
  appendEntries(from: ServerId, request: AppendEntriesRequest): AppendEntriesReply {
    this.ctx.note(`server ${from} leads term ${request.term}`);
    throw new Error(
      "not implemented yet: Raft.appendEntries. Next: refuse a leader of the past, follow any other, and" +
        " start the election timer anew (step 4 of the handout).",
    );
  }

  /** The answer to a heartbeat. A leader may learn from it that its time is over. */
  appendEntriesReply(from: ServerId, reply: AppendEntriesReply, request: AppendEntriesRequest): void {
    this.ctx.note(`server ${from} is in term ${reply.term}; the heartbeat was of term ${request.term}`);
    throw new Error(
      "not implemented yet: Raft.appendEntriesReply. Next: look at the term of the answer (step 4 of the" +
        " handout).",
    );
  }

  /** Step 7, the challenge, when `ctx.options.preVote` is on: would you vote for `from`, if it asked? */
  preVote(from: ServerId, request: PreVoteRequest): PreVoteReply {
    this.ctx.note(`server ${from} wonders about term ${request.term}`);
    throw new Error(
      "not implemented yet: Raft.preVote. Next: answer for a term that nobody has entered (step 7 of the" +
        " handout).",
    );
  }

  /** Step 7: the answer to such a question. */
  preVoteReply(from: ServerId, reply: PreVoteReply, request: PreVoteRequest): void {
    this.ctx.note(`server ${from} on term ${request.term}: ${reply.voteGranted ? "yes" : "no"}`);
    throw new Error(
      "not implemented yet: Raft.preVoteReply. Next: campaign once a majority would vote for you (step 7 of" +
        " the handout).",
    );
  }

  // ------------------------------------------------------------------------------------------------ Timers

  /** A timer has run out. Set it again if it is to come back. */
  timer(name: string): void {
    // Step 4: a leader needs a second timer. Step 7: ctx.options.checkQuorum wants one more look at the time.
    if (name === "election") this.campaign();
  }

  // Step 5. Every election deserves a new draw: this.ctx.random() is in [0, 1). When does Figure 2 start the
  // timer anew, and when not? The handout has the bounds within which your timeouts must lie.

  // ----------------------------------------------------------------------------------------------- Helpers

  // Step 6. One method that saves, called wherever a field of step 1 has changed, before anything leaves that
  // relies on it. this.ctx.save({ … }) takes a whole RaftState: in this lab an empty log and no snapshot.

  // Two more that pay: is this set of servers a majority of the cluster? And: a higher term was seen (§5.1).
}
