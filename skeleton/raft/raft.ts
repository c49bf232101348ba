import type {
  AppendEntriesReply,
  AppendEntriesRequest,
  CallId,
  Compacting,
  Handlers,
  InstallSnapshotReply,
  InstallSnapshotRequest,
  PlainData,
  PreVoteProtocol,
  PreVoteReply,
  PreVoteRequest,
  Proposal,
  Proposing,
  RaftContext,
  RaftProgram,
  RaftState,
  RaftStatus,
  Reading,
  ReadIndexReply,
  ReadIndexRequest,
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
 * Labs 2 to 5 go on in this class. What they add or change is marked, as “Lab 2, step 3”; until then, pass
 * over it. None of it disturbs Lab 1.
 *
 * A handler runs to its end and waits for nothing. It sees the world through `this.ctx` alone.
 */
export class Raft implements RaftProgram, Proposing, Compacting, Reading, Handlers<PreVoteProtocol> {
  // ------------------------------------------------------------------------------------------ Construction

  // Step 1. Figure 2, box “State”: the fields that must survive a crash, and what else an election needs: is
  // this server a follower, a candidate or the leader, and who has voted for it? Later steps will want more.
  private currentTerm = 0;

  // Lab 2, step 1: the log, perhaps as a class in a file of its own. Figure 2 counts its entries from 1.
  // Lab 2, step 3: nextIndex and matchIndex, which begin anew with each term that this server leads.
  // Lab 2, step 6: commitIndex and lastApplied, which begin at 0 in each life.
  // Lab 4, step 1: a snapshot stands for the first entries; indices go on counting from the first ever.
  // Lab 5, step 6: the questions that wait; perhaps in a file of its own, with all that belongs to them.

  // Lab 3, step 1: look again at what a life begins with, field by field; leave it out, and see what is said.
  // Lab 4, step 3: a snapshot is restored first.
  // Lab 5, step 7: with ctx.options.lease a life begins with a promise.

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

  // Lab 5, step 5: whenever this server begins or ceases to lead, this.ctx.leadership(term, isLeader) tells
  // the service.

  /** What this server believes of itself; it must change nothing. Step 3: say so when it leads. */
  status(): RaftStatus {
    return { term: this.currentTerm, isLeader: false };
  }

  // --------------------------------------------------------------------------------------------- Elections

  // Step 3. The rules for candidates in Figure 2 name four things to do when an election starts; two of them
  // are missing here. A cluster of a single server has nobody to wait for.
  // Lab 2, step 1: lastLogIndex and lastLogTerm tell of the log, and who is asked compares them with its own.
  // Lab 5, step 7: nobody votes or campaigns while a promise to a leader holds.
  private campaign(): void {
    this.currentTerm += 1;
    for (const peer of this.ctx.peers) {
      this.ctx.call(peer, "requestVote", {
        term: this.currentTerm,
        candidateId: this.ctx.id,
        lastLogIndex: 0, // Lab 1: the log is empty
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

  // Lab 2, step 4: AppendEntries 2 to 5 of Figure 2, for heartbeats as well.

  /** A leader reports. Lab 1: its messages carry no entries, they are heartbeats. */
  appendEntries(from: ServerId, request: AppendEntriesRequest): AppendEntriesReply {
    this.ctx.note(`server ${from} leads term ${request.term}`);
    throw new Error(
      "not implemented yet: Raft.appendEntries. Next: refuse a leader of the past, follow any other, and" +
        " start the election timer anew (step 4 of the handout).",
    );
  }

  // Lab 2, step 5: success or not, the answer tells how far the follower is; `request` tells what it answers.

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

  // --------------------------------------------------------------------------------- Lab 2: log replication

  /** The service above wants `command` in the log. Whoever does not lead returns undefined. */
  propose(command: PlainData): Proposal | undefined {
    this.ctx.note("was asked to replicate a command", { command });
    throw new Error(
      "not implemented yet: Raft.propose. Next: append the command to your log if you lead, save, and say" +
        " where it stands (step 2 of Lab 2).",
    );
  }

  // Lab 2, step 3: one method that sends a follower what it seems to lack; if that is nothing, a heartbeat.

  // Lab 2, step 6: one method that moves commitIndex, and hands each entry up to there to the service, in
  // order: this.ctx.apply(index, term, command). Which entries does a leader commit by counting (§5.4.2)?

  // ---------------------------------------------------------------------------------------- Lab 4: snapshots

  /** The service keeps its state after entry `index` in `data`: the log up to there may go. */
  snapshot(index: number, data: PlainData): void {
    this.ctx.note(`the service is done with all entries up to ${index}`, { data });
    throw new Error(
      "not implemented yet: Raft.snapshot. Next: let the snapshot take the place of the entries up to its" +
        " index, and save both at once (step 2 of Lab 4).",
    );
  }

  /** A leader sends its snapshot, since its log no longer has the entries that this server lacks. */
  installSnapshot(from: ServerId, request: InstallSnapshotRequest): InstallSnapshotReply {
    this.ctx.note(`server ${from} sends the state after entry ${request.lastIncludedIndex}`);
    throw new Error(
      "not implemented yet: Raft.installSnapshot. Next: keep what follows the snapshot, if it fits, save," +
        " and restore the service (step 5 of Lab 4).",
    );
  }

  /** The answer to a snapshot that this server sent. */
  installSnapshotReply(from: ServerId, reply: InstallSnapshotReply, request: InstallSnapshotRequest): void {
    this.ctx.note(`server ${from}, term ${reply.term}, was sent a snapshot to ${request.lastIncludedIndex}`);
    throw new Error(
      "not implemented yet: Raft.installSnapshotReply. Next: count what the follower now holds, and go on" +
        " from there (step 6 of Lab 4).",
    );
  }

  // ------------------------------------------------------------------- Lab 5: reads that write nothing

  // Step 6: an answer confirms that this server led when the call was sent, and `request` is given back with
  // it. Which of your calls assert that you lead, and what could they carry in `hint`?

  /** The service wants to read: up to which entry must it have applied the log? */
  readIndex(token: number, lease: boolean): void {
    this.ctx.note(`question ${token}: how far must a read be?`, { lease });
    throw new Error(
      "not implemented yet: Raft.readIndex. Next: note the commit index, ask the others whether you still" +
        " lead, and answer with this.ctx.readReady(token, index) once you know (step 6 of Lab 5).",
    );
  }

  // Step 7: how long is a leader safe from others that campaign, and from when on does that count?

  /** A follower asks the same on behalf of its service. This answer, too, may be given later. */
  requestReadIndex(from: ServerId, request: ReadIndexRequest, call: CallId): ReadIndexReply | "later" {
    this.ctx.note(`server ${from}, in term ${request.term}, wants to read; this is call ${call}`);
    throw new Error(
      "not implemented yet: Raft.requestReadIndex. Next: answer as to your own service, by" +
        " this.ctx.reply(call, …), or with null if you do not lead (step 8 of Lab 5).",
    );
  }

  /** What the leader said. Which of your questions was it about? */
  requestReadIndexReply(from: ServerId, reply: ReadIndexReply, request: ReadIndexRequest): void {
    this.ctx.note(`server ${from} on a read asked for in term ${request.term}: ${reply.index ?? "unknown"}`);
    throw new Error(
      "not implemented yet: Raft.requestReadIndexReply. Next: hand the index on to the service, once for" +
        " each token (step 8 of Lab 5).",
    );
  }

  // ------------------------------------------------------------------------------------------------ Timers

  /** A timer has run out. Set it again if it is to come back. */
  timer(name: string): void {
    // Step 4: a leader needs a second timer. Step 7: ctx.options.checkQuorum wants one more look at the time.
    // Lab 2, step 7: a timer of 0 ms rings at the same instant, once all is said: so it gathers proposals.
    // Lab 5, step 6: and questions. Another one for those who have waited too long.
    if (name === "election") this.campaign();
  }

  // Step 5. Every election deserves a new draw: this.ctx.random() is in [0, 1). When does Figure 2 start the
  // timer anew, and when not? The handout has the bounds within which your timeouts must lie.

  // ----------------------------------------------------------------------------------------------- Helpers

  // Step 6. One method that saves, called wherever a field of step 1 has changed, before anything leaves that
  // relies on it. this.ctx.save({ … }) takes a whole RaftState; Lab 1: with an empty log and no snapshot.
  // Lab 3, step 2: go through all places once more. Lab 4, step 2: the log and its snapshot in one save.

  // Two more that pay: is this set of servers a majority of the cluster? And: a higher term was seen (§5.1).
}
