import type {
  AppendEntriesReply,
  AppendEntriesRequest,
  CallId,
  RequestVoteReply,
  RequestVoteRequest,
} from "@labs/kit";

type Waiting = { readonly call: CallId; readonly reply: RequestVoteReply | AppendEntriesReply };

/** What is to happen at the next flush: one save, then whatever may leave. */
export class Outbox {
  /** The flush timer runs. */
  waiting = false;
  save = false;
  replies: Waiting[] = [];
  heartbeat: AppendEntriesRequest | null = null;
  /** The vote, or the pre-vote, to ask all others for. */
  candidacy: RequestVoteRequest | null = null;

  /** Hands over the contents. */
  empty(): Pick<Outbox, "save" | "replies" | "heartbeat" | "candidacy"> {
    const { save, replies, heartbeat, candidacy } = this;
    this.waiting = this.save = false;
    this.replies = [];
    this.withdraw();
    return { save, replies, heartbeat, candidacy };
  }

  /** Forgets what only a leader or a candidate may send. Promises already made stay. */
  withdraw(): void {
    this.heartbeat = null;
    this.candidacy = null;
  }
}
