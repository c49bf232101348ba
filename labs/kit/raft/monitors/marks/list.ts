import type { Mark } from "../../../scene";

const KNOWN = [
  // Lab 1: elections.
  { id: "vote-granted", title: "a vote", section: "§5.2", lab: 1 },
  { id: "vote-repeated", title: "the same vote asked for twice", section: "Figure 2, RequestVote 2", lab: 1 },
  { id: "vote-old-term", title: "a candidate of an old term", section: "Figure 2, RequestVote 1", lab: 1 },
  { id: "vote-taken", title: "a vote that another one has", section: "§5.2", lab: 1 },
  { id: "split-vote", title: "a split vote", section: "§5.2", lab: 1 },
  { id: "candidate-yields", title: "a candidate that lost", section: "§5.2", lab: 1 },
  { id: "stale-vote", title: "a vote for an earlier term", section: "§5.2", lab: 1 },
  { id: "deposed-by-reply", title: "a leader deposed by a reply", section: "§5.1", lab: 1 },
  { id: "deposed-by-request", title: "a leader deposed by a request", section: "§5.1", lab: 1 },
  { id: "append-old-term", title: "a leader of an old term", section: "Figure 2, AppendEntries 1", lab: 1 },
  { id: "boot-with-vote", title: "a boot with a vote", section: "Figure 2, persistent state", lab: 1 },
  {
    id: "crash-before-reply",
    title: "a crash between a save and the reply",
    section: "Figure 2, persistent state",
    lab: 1,
  },
  // Lab 2: log replication.
  { id: "vote-older-log", title: "a candidate with an older log", section: "§5.4.1", lab: 2 },
  { id: "vote-later-term", title: "a shorter log of a later term", section: "§5.4.1", lab: 2 },
  {
    id: "append-missing-prev",
    title: "a follower that lacks entries",
    section: "Figure 2, AppendEntries 2",
    lab: 2,
  },
  {
    id: "append-conflicting-prev",
    title: "a follower with others",
    section: "Figure 2, AppendEntries 2",
    lab: 2,
  },
  { id: "conflict-removed", title: "a conflict", section: "Figure 2, AppendEntries 3", lab: 2 },
  { id: "own-entry-lost", title: "a deposed leader that loses its own entry", section: "§5.3", lab: 2 },
  {
    id: "duplicate-kept",
    title: "entries that are there already",
    section: "Figure 2, AppendEntries 4",
    lab: 2,
  },
  { id: "short-late-kept", title: "a short late call", section: "Figure 2, AppendEntries 3", lab: 2 },
  {
    id: "commit-limited",
    title: "a commit index beyond the last new entry",
    section: "Figure 2, AppendEntries 5",
    lab: 2,
  },
  { id: "commit-by-heartbeat", title: "a commit that a heartbeat tells", section: "§5.3", lab: 2 },
  { id: "commit-own-term", title: "a commit by counting", section: "§5.3", lab: 2 },
  { id: "commit-older", title: "older entries committed with a new one", section: "§5.4.2", lab: 2 },
  {
    id: "figure-8",
    title: "an older entry on a majority that does not count",
    section: "§5.4.2, Figure 8",
    lab: 2,
  },
  { id: "back-up", title: "a step back over many entries", section: "§5.3", lab: 2 },
  { id: "retry", title: "entries sent again", section: "§5.3", lab: 2 },
  { id: "stale-reply", title: "a reply for an earlier term", section: "§5.1", lab: 2 },
  // Lab 3: persistence.
  { id: "boot-with-log", title: "a boot with a log", section: "Figure 2, persistent state", lab: 3 },
  { id: "re-apply", title: "a log applied anew", section: "Figure 2, volatile state", lab: 3 },
  { id: "leader-restarts", title: "a leader that comes back as a follower", section: "§5.2", lab: 3 },
  // Lab 4: snapshots.
  { id: "snapshot-taken", title: "a snapshot", section: "§7", lab: 4 },
  { id: "boot-with-snapshot", title: "a boot with a snapshot", section: "§7", lab: 4 },
  { id: "install-sent", title: "a snapshot sent", section: "§7", lab: 4 },
  { id: "install-done", title: "a snapshot installed", section: "Figure 13", lab: 4 },
  { id: "install-old", title: "an old snapshot", section: "§7, Figure 13", lab: 4 },
  {
    id: "install-suffix-kept",
    title: "a snapshot of a part of the log",
    section: "Figure 13, InstallSnapshot 6",
    lab: 4,
  },
  {
    id: "install-log-discarded",
    title: "a snapshot that replaces a log",
    section: "Figure 13, InstallSnapshot 7",
    lab: 4,
  },
  {
    id: "append-inside-snapshot",
    title: "entries that a snapshot covers",
    section: "§7; Figure 2, AppendEntries 2",
    lab: 4,
  },
  // Lab 5: reads that write nothing.
  {
    id: "read-confirmed",
    title: "a read that a round of messages confirms",
    section: "thesis, §6.4, step 3",
    lab: 5,
  },
  { id: "read-round-shared", title: "reads that share a round", section: "thesis, §6.4", lab: 5 },
  {
    id: "read-waits-own-term",
    title: "a read before a leader's first commit",
    section: "thesis, §6.4, step 1",
    lab: 5,
  },
  { id: "deposed-with-reads", title: "a leader deposed while reads wait", section: "thesis, §6.4", lab: 5 },
  { id: "read-forwarded", title: "a read at a follower", section: "thesis, §6.4", lab: 5 },
  { id: "read-ahead", title: "a follower behind its read index", section: "thesis, §6.4", lab: 5 },
  { id: "read-asked-in-vain", title: "a follower that asks no leader", section: "thesis, §6.4", lab: 5 },
  { id: "read-without-leader", title: "a read while no leader is known", section: "thesis, §6.4", lab: 5 },
  { id: "read-on-lease", title: "a read on a lease", section: "thesis, §6.4.1", lab: 5 },
  { id: "lease-run-out", title: "a lease that has run out", section: "thesis, §6.4.1", lab: 5 },
  { id: "lease-promise", title: "a vote refused for a lease", section: "thesis, §6.4.1", lab: 5 },
  {
    id: "lease-boot",
    title: "a vote refused after a boot",
    section: "thesis, §6.4.1; handout",
    lab: 5,
  },
] as const satisfies readonly Mark[];

/** Names a rule. */
export type MarkId = (typeof KNOWN)[number]["id"];

/** The rules of Raft that can be told from what servers send, answer and save; later labs have those of earlier ones, too. */
export const MARKS: readonly Mark[] = KNOWN;

/** The ids of the rules that a scene of `lab` may exercise: those of its own lab and of all before it. */
export function rulesOf(lab: number): string[] {
  return MARKS.filter((mark) => mark.lab <= lab).map(({ id }) => id);
}
