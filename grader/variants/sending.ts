import type { EditedVariant } from "./variant";

const LABS = [1, 2, 3, 4];
const RAFT = "raft/raft.ts";
const FOLLOWERS = "raft/followers.ts";

/** Variants that send something else. */
export const SENDING: readonly EditedVariant[] = [
  {
    name: "backs-up-by-halving",
    title: "halves the way back to where logs may agree, without hints",
    labs: LABS,
    edits: [
      {
        file: FOLLOWERS,
        edits: [
          {
            find: "    { prevLogIndex }: AppendEntriesRequest,\n    hint: PlainData | undefined,\n    log: Log,\n",
            replace: "    { prevLogIndex }: AppendEntriesRequest,\n    baseIndex: number,\n",
          },
          {
            find:
              "    const { term, index } = (hint ?? { term: null, index: prevLogIndex }) as Conflict;\n" +
              "    const own = term === null ? undefined : log.lastOfTerm(term, prevLogIndex);\n" +
              "    const next = own === undefined ? index : own + 1;\n" +
              "    progress.nextIndex = Math.max(progress.matchIndex + 1, Math.min(next, prevLogIndex));\n",
            replace:
              "    const floor = Math.min(Math.max(progress.matchIndex, baseIndex), prevLogIndex);\n" +
              "    progress.nextIndex = floor + Math.ceil((prevLogIndex - floor) / 2);\n",
          },
        ],
      },
      {
        file: RAFT,
        edits: [
          {
            find: "this.followers.backUp(from, request, reply.hint, this.log)",
            replace: "this.followers.backUp(from, request, this.log.baseIndex)",
          },
          {
            find: "success: false, hint: conflictAt(this.log, prevLogIndex) };",
            replace: "success: false };",
          },
          { find: "import { conflictAt, Followers }", replace: "import { Followers }" },
        ],
      },
    ],
  },
  {
    // What is not answered is taken for lost after the third heartbeat, 200 to 300 ms later.
    name: "waits-for-answers",
    title: "one call with entries or a snapshot at a time to each follower, and heartbeats meanwhile",
    labs: LABS,
    edits: [
      {
        file: FOLLOWERS,
        edits: [
          {
            find: "  probing: boolean;\n}",
            replace:
              "  probing: boolean;\n" +
              "  /** Heartbeats until what was sent is taken for lost; 0 if nothing is on its way. */\n" +
              "  waiting: number;\n" +
              "}",
          },
          { find: "probing: true };", replace: "probing: true, waiting: 0 };" },
          {
            find: "    const { nextIndex, matchIndex, probing } = this.progress(peer);\n    if (probing) return 0;\n    const left = matchIndex + MOST_IN_FLIGHT - (nextIndex - 1);\n    return Math.max(0, Math.min(left, MOST_IN_A_CALL));\n",
            replace:
              "    const { probing, waiting } = this.progress(peer);\n" +
              "    return probing || waiting > 0 ? 0 : MOST_IN_A_CALL;\n",
          },
          {
            find: "  sent(peer: ServerId, index: number): void {\n    this.progress(peer).nextIndex = index + 1;\n  }\n",
            replace:
              "  sent(peer: ServerId): void {\n" +
              "    this.progress(peer).waiting = 3;\n" +
              "  }\n\n" +
              "  answered(peer: ServerId): void {\n" +
              "    this.progress(peer).waiting = 0;\n" +
              "  }\n\n" +
              "  beat(peer: ServerId): void {\n" +
              "    const progress = this.progress(peer);\n" +
              "    progress.waiting = Math.max(0, progress.waiting - 1);\n" +
              "  }\n",
          },
        ],
      },
      {
        file: RAFT,
        edits: [
          {
            find: "    const { nextIndex } = this.followers.get(peer);\n    if (nextIndex <= this.log.baseIndex) return this.sendSnapshot(peer);\n    const prevLogIndex = nextIndex - 1;\n    const entries = this.log.from(nextIndex, this.followers.room(peer));\n",
            replace:
              "    const { nextIndex, waiting } = this.followers.get(peer);\n" +
              "    if (nextIndex <= this.log.baseIndex && waiting === 0) return this.sendSnapshot(peer);\n" +
              "    const prevLogIndex = Math.max(nextIndex - 1, this.log.baseIndex);\n" +
              "    const entries = this.log.from(prevLogIndex + 1, this.followers.room(peer));\n",
          },
          {
            find: "    this.followers.sent(peer, prevLogIndex + entries.length);\n",
            replace: "    if (entries.length > 0) this.followers.sent(peer);\n",
          },
          {
            find: "    this.followers.sent(peer, snapshot.lastIncludedIndex);\n",
            replace: "    this.followers.sent(peer);\n",
          },
          {
            find: "    if (reply.success) {\n",
            replace:
              "    if (request.entries.length > 0) this.followers.answered(from);\n" +
              "    if (reply.success) {\n",
          },
          {
            find: "      this.sendTo(from);\n    }\n",
            replace: "      this.followers.answered(from);\n      this.sendTo(from);\n    }\n",
          },
          {
            find: "    this.followerHolds(from, request.lastIncludedIndex);\n",
            replace:
              "    this.followers.answered(from);\n" +
              "    this.followerHolds(from, request.lastIncludedIndex);\n",
          },
          {
            find: "    for (const peer of this.ctx.peers) this.sendTo(peer);\n",
            replace:
              "    for (const peer of this.ctx.peers) {\n" +
              "      this.followers.beat(peer);\n" +
              "      this.sendTo(peer);\n" +
              "    }\n",
          },
        ],
      },
    ],
  },
  {
    // A call that got lost is made good by the next heartbeat, without a refusal.
    name: "heartbeats-carry-entries",
    title: "a heartbeat carries again what is not acknowledged",
    labs: LABS,
    edits: [
      {
        file: FOLLOWERS,
        edits: [
          {
            find: "  /** All up to `index` was sent. */\n",
            replace:
              "  /** Takes what was sent and not acknowledged for lost. */\n" +
              "  rewind(peer: ServerId): void {\n" +
              "    const progress = this.progress(peer);\n" +
              "    if (progress.matchIndex > 0) progress.nextIndex = progress.matchIndex + 1;\n" +
              "  }\n\n" +
              "  /** All up to `index` was sent. */\n",
          },
        ],
      },
      {
        file: RAFT,
        edits: [
          {
            find: "    for (const peer of this.ctx.peers) this.sendTo(peer);\n",
            replace:
              "    for (const peer of this.ctx.peers) {\n" +
              "      this.followers.rewind(peer);\n" +
              "      this.sendTo(peer);\n" +
              "    }\n",
          },
        ],
      },
    ],
  },
  {
    name: "announces-commits",
    title: "a leader that has committed something tells at once the followers that hold its whole log",
    labs: LABS,
    edits: [
      {
        file: RAFT,
        edits: [
          {
            find: "    if (this.log.termAt(index) === this.currentTerm) this.commitUpTo(index);\n",
            replace:
              "    if (index <= this.commitIndex || this.log.termAt(index) !== this.currentTerm) return;\n" +
              "    this.commitUpTo(index);\n" +
              "    for (const peer of this.ctx.peers) {\n" +
              "      if (this.followers.get(peer).matchIndex === this.log.lastIndex) this.sendTo(peer);\n" +
              "    }\n",
          },
        ],
      },
    ],
  },
];
