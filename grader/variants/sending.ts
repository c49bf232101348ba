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
    // Up to 256 entries are on their way, in calls of 64; a refusal sends it back to one call at a time.
    name: "pipelines",
    title: "sends on without waiting for answers, once it knows where a follower is",
    labs: LABS,
    edits: [
      {
        file: FOLLOWERS,
        edits: [
          {
            find: "  waiting: boolean;\n}",
            replace:
              "  waiting: boolean;\n" +
              "  /** Its log is known up to nextIndex - 1, as far as no call gets lost. */\n" +
              "  streaming: boolean;\n" +
              "}",
          },
          {
            find: "{ nextIndex: lastLogIndex + 1, matchIndex: 0, waiting: false }",
            replace: "{ nextIndex: lastLogIndex + 1, matchIndex: 0, waiting: false, streaming: false }",
          },
          {
            find: "  sent(peer: ServerId): void {\n    this.progress(peer).waiting = true;\n  }\n",
            replace:
              "  sent(peer: ServerId): void {\n" +
              "    this.progress(peer).waiting = true;\n" +
              "    this.progress(peer).streaming = false;\n" +
              "  }\n\n" +
              "  /** Entries up to `index` were sent, and may arrive. */\n" +
              "  streamed(peer: ServerId, index: number): void {\n" +
              "    this.progress(peer).nextIndex = index + 1;\n" +
              "  }\n\n" +
              "  /** How many more entries may be on their way to it. */\n" +
              "  room(peer: ServerId): number {\n" +
              "    const { streaming, waiting, nextIndex, matchIndex } = this.progress(peer);\n" +
              "    if (!streaming) return waiting ? 0 : CALL;\n" +
              "    return Math.min(CALL, WINDOW - (nextIndex - 1 - matchIndex));\n" +
              "  }\n",
          },
          {
            find: "/** What a leader knows",
            replace:
              "/** One call carries at most so many entries. */\n" +
              "const CALL = 64;\n\n" +
              "/** So many entries are on their way to one follower at most. */\n" +
              "const WINDOW = 256;\n\n" +
              "/** What a leader knows",
          },
          {
            find: "    progress.nextIndex = Math.max(progress.nextIndex, progress.matchIndex + 1);\n",
            replace:
              "    progress.nextIndex = Math.max(progress.nextIndex, progress.matchIndex + 1);\n" +
              "    if (progress.nextIndex === progress.matchIndex + 1) progress.streaming = true;\n",
          },
          {
            find: "    if (prevLogIndex !== progress.nextIndex - 1) return false;\n",
            replace:
              "    const old = progress.streaming ? prevLogIndex <= progress.matchIndex : prevLogIndex !== progress.nextIndex - 1;\n" +
              "    if (old) return false;\n" +
              "    progress.streaming = false;\n",
          },
        ],
      },
      {
        file: RAFT,
        edits: [
          {
            find: "    const entries = waiting ? [] : this.log.from(prevLogIndex + 1, MOST_ENTRIES);\n    if (entries.length > 0) this.followers.sent(peer);\n",
            replace:
              "    const entries = this.log.from(prevLogIndex + 1, this.followers.room(peer));\n" +
              "    if (streaming) this.followers.streamed(peer, prevLogIndex + entries.length);\n" +
              "    else if (entries.length > 0) this.followers.sent(peer);\n",
          },
          {
            find: "    const { nextIndex, waiting } = this.followers.get(peer);\n",
            replace: "    const { nextIndex, waiting, streaming } = this.followers.get(peer);\n",
          },
          {
            find: "      if (!this.followers.get(peer).waiting) this.sendTo(peer);\n",
            replace: "      if (this.followers.room(peer) > 0) this.sendTo(peer);\n",
          },
          {
            find: "    if (this.followers.get(peer).nextIndex <= this.log.lastIndex) this.sendTo(peer);\n",
            replace:
              "    while (this.followers.get(peer).nextIndex <= this.log.lastIndex && this.followers.room(peer) > 0) {\n" +
              "      this.sendTo(peer);\n" +
              "    }\n",
          },
          {
            find: "/** One call carries at most so many entries: a follower that fell behind gets the rest in further calls. */\nconst MOST_ENTRIES = 256;\n\n",
            replace: "",
          },
        ],
      },
    ],
  },
  {
    // A call that got lost is made good by the next heartbeat, not by the one after it.
    name: "heartbeats-carry-entries",
    title: "heartbeats carry the first 16 entries that are not acknowledged, sent already or not",
    labs: LABS,
    edits: [
      {
        file: RAFT,
        edits: [
          {
            find: "const entries = waiting ? [] : this.log.from(prevLogIndex + 1, MOST_ENTRIES);",
            replace: "const entries = this.log.from(prevLogIndex + 1, waiting ? 16 : MOST_ENTRIES);",
          },
        ],
      },
    ],
  },
  {
    name: "announces-commits",
    title: "a leader tells its followers at once, by a round of heartbeats, that it has committed something",
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
              "    this.sendHeartbeats();\n",
          },
        ],
      },
    ],
  },
];
