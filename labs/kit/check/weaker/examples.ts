import type { Operation } from "../history";
import type { KvAnswer, KvOperation } from "../models/kv";
import type { Level } from "./level";

/** A small history that tells two levels apart. */
export interface Example {
  readonly name: string;
  /** What happens in it. */
  readonly story: string;
  /** A level that it keeps. */
  readonly keeps: Level;
  /** The next stronger levels, all of which it breaks. */
  readonly breaks: readonly Level[];
  /**
   * Of the key/value service, in the order of time: each operation ends before the next begins, unless it is
   * told.
   */
  readonly history: readonly Operation<KvOperation, Partial<KvAnswer>>[];
}

/** For each level a history that keeps it and breaks what is next above it. */
export const EXAMPLES: readonly Example[] = [
  {
    name: "overlap",
    story: "Two writes and two reads overlap; the reads agree on the order of the writes.",
    keeps: "linearizable",
    breaks: [],
    history: [
      { ...put(0, "x", "1"), id: 0, call: 1, return: 6 },
      { ...put(1, "x", "2"), id: 1, call: 2, return: 7 },
      { ...get(2, "x", "2"), id: 2, call: 3, return: 4 },
      { ...get(2, "x", "1"), id: 3, call: 5, return: 8 },
    ],
  },
  {
    name: "picture of the notes",
    story: "Each of two clients writes one key and reads the other; one of the reads is late.",
    keeps: "ordered writes",
    breaks: ["linearizable"],
    history: inTurn(put(0, "y", "2"), put(1, "x", "4"), get(0, "x", ""), get(1, "y", "2")),
  },
  {
    name: "late write",
    story:
      "A second write is seen by somebody who does not see the first yet, though that was answered before.",
    keeps: "sequential",
    breaks: ["ordered writes"],
    history: inTurn(put(0, "x", "1"), put(1, "y", "1"), get(2, "y", "1"), get(2, "x", "")),
  },
  {
    name: "two minds",
    story: "Two clients write one key, and each takes the other's write for the later one.",
    keeps: "causal memory",
    breaks: ["sequential"],
    history: inTurn(put(0, "x", "1"), put(1, "x", "2"), get(0, "x", "2"), get(1, "x", "1")),
  },
  {
    name: "last writer wins",
    story: "A client's own write wins over another's that it learns of later, and that was put before it.",
    keeps: "causal convergence",
    breaks: ["sequential"],
    history: inTurn(
      ...[put(0, "z", "1"), put(0, "x", "1"), put(0, "y", "1")],
      ...[put(1, "x", "2"), get(1, "z", ""), get(1, "y", "1"), get(1, "x", "2")],
    ),
  },
  {
    name: "change of mind",
    story: "Two writes know nothing of each other, and a reader sees one, the other, and the first again.",
    keeps: "causal",
    breaks: ["causal memory", "causal convergence"],
    history: inTurn(
      ...[put(0, "x", "1"), put(1, "x", "2")],
      ...[get(2, "x", "1"), get(2, "x", "2"), get(2, "x", "1")],
    ),
  },
  {
    name: "answer without question",
    story: "Somebody reads x and writes y because of it; a third sees y and not x.",
    keeps: "PRAM",
    breaks: ["causal memory"],
    history: inTurn(
      ...[put(0, "x", "1"), get(1, "x", "1"), put(1, "y", "1")],
      ...[get(2, "y", "1"), get(2, "x", "")],
    ),
  },
  {
    name: "flag before data",
    story: "A client writes x and then y; another sees y and not x. Each key on its own is in order.",
    keeps: "coherent",
    breaks: ["sequential"],
    history: inTurn(put(0, "x", "1"), put(0, "y", "1"), get(1, "y", "1"), get(1, "x", "")),
  },
  {
    name: "back in time",
    story: "A reader sees version 2 and then version 1.",
    keeps: "read your writes",
    breaks: ["coherent"],
    history: inTurn(
      ...[put(0, "x", "a", 1), put(0, "x", "b", 2)],
      ...[get(1, "x", "b", 2), get(1, "x", "a", 1)],
    ),
  },
  {
    name: "lost from sight",
    story: "A client reads an older version than the one that it has written.",
    keeps: "monotonic reads",
    breaks: ["coherent"],
    history: inTurn(put(0, "x", "a", 1), put(1, "x", "b", 2), get(1, "x", "a", 1)),
  },
  {
    name: "read, then write below",
    story: "A client reads version 2, and what it writes then becomes version 1.",
    keeps: "monotonic writes",
    breaks: ["coherent"],
    history: inTurn(put(0, "x", "b", 2), get(1, "x", "b", 2), put(1, "x", "a", 1)),
  },
  {
    name: "overtaken by oneself",
    story: "A client's second write becomes version 1, and its first one version 2.",
    keeps: "writes follow reads",
    breaks: ["coherent"],
    history: inTurn(put(0, "x", "b", 2), put(0, "x", "a", 1)),
  },
];

type Step = Omit<Operation<KvOperation, Partial<KvAnswer>>, "id" | "call" | "return">;

function put(session: number, key: string, value: string, version?: number): Step {
  const output = version === undefined ? {} : { version };
  return { session, input: { kind: "put", key, value }, output, outcome: "ok" };
}

function get(session: number, key: string, value: string, version?: number): Step {
  const output = version === undefined ? { value } : { value, version };
  return { session, input: { kind: "get", key }, output, outcome: "ok" };
}

function inTurn(...steps: readonly Step[]): Example["history"] {
  return steps.map((step, id) => ({ ...step, id, call: 10 * id, return: 10 * id + 5 }));
}
