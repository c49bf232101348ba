import type { Mark } from "../../scene";

const KNOWN = [
  { id: "older-refused", title: "an older version that comes late", section: "ABD, the store phase", lab: 6 },
  {
    id: "tie",
    title: "equal numbers of two writers",
    section: "Lynch & Shvartsman 1997",
    lab: 6,
  },
  {
    id: "concurrent-writes",
    title: "two writers of a key at once",
    section: "Lynch & Shvartsman 1997",
    lab: 6,
  },
  { id: "tombstone", title: "a delete", section: "handout", lab: 6 },
  { id: "replica-restarts", title: "a replica that comes back", section: "handout", lab: 6 },
  { id: "coordinator-restarts", title: "a coordinator that comes back", section: "handout", lab: 6 },
  { id: "answers-differ", title: "replicas that show different versions", section: "Gifford 1979", lab: 6 },
  { id: "half-done-read", title: "a half-done write that is read", section: "ABD", lab: 6 },
  { id: "write-back", title: "a read that writes back", section: "ABD", lab: 6 },
  { id: "read-in-one", title: "an atomic read without a second phase", section: "ABD", lab: 6 },
  { id: "read-repair", title: "a replica repaired by a reader", section: "Dynamo, §4.5", lab: 6 },
  { id: "background-repair", title: "a replica repaired by another", section: "Demers 1987", lab: 6 },
  { id: "write-unknown", title: "a write whose outcome is unknown", section: "handout", lab: 6 },
  { id: "operation-failed", title: "an operation that failed", section: "handout", lab: 6 },
  { id: "asked-again", title: "a replica that is asked again", section: "handout", lab: 6 },
  { id: "late-answer", title: "an answer after the operation", section: "handout", lab: 6 },
] as const satisfies readonly Mark[];

/** Names a rule. */
export type QuorumMarkId = (typeof KNOWN)[number]["id"];

/** The rules of Lab 6 that can be told from what replicas and coordinators send, answer and save. */
export const QUORUM_MARKS: readonly Mark[] = KNOWN;
