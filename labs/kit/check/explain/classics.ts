import type { History, Operation } from "../history";
import type { KvAnswer, KvOperation } from "../models/kv";

/** One operation: client, call and return in ms, what it asked, and the answer if one came. */
export type Step<I, O> = readonly [client: number, call: number, end: number, input: I, output?: O];
/** One of the key/value service. */
export type Kv = Step<KvOperation, Partial<KvAnswer>>;

const key = "x";
/** Puts something at the one key of the classics. */
export const put = (value: string): KvOperation => ({ kind: "put", key, value });
/** Appends to the one key of the classics. */
export const append = (value: string): KvOperation => ({ kind: "append", key, value });
const cas = (expected: string, value: string): KvOperation => ({ kind: "cas", key, expected, value });
/** Reads the one key of the classics. */
export const get: KvOperation = { kind: "get", key };

/** As a history; operations without an answer never got one. */
export function historyOf<I, O>(steps: readonly Step<I, O>[]): History<I, O> {
  return steps.map(([session, call, end, input, output], id): Operation<I, O> => {
    const operation = { id, session, input, call, at: [call, end] as const };
    return output === undefined
      ? { ...operation, outcome: "unknown", return: Infinity }
      : { ...operation, outcome: "ok", output, return: end };
  });
}

/** Histories, and what is wrong with them. */
export const CLASSICS: readonly (readonly [what: string, steps: readonly Kv[], sentence: string])[] = [
  [
    "a stale read",
    [
      [0, 1, 2, put("1"), { version: 1 }],
      [0, 8, 11.2, put("2"), { version: 2 }],
      [2, 12, 14.5, get, { value: "1", version: 1 }],
    ],
    'get("x") of client 2 (from 12.000 to 14.500 ms) answered "1", version 1, but put("x", "2") of ' +
      "client 0 had been answered version 2 at 11.200 ms, before that call: it must see version 2 or a " +
      "later one.",
  ],
  [
    "a stale read without versions",
    [
      [0, 1, 2, put("1"), {}],
      [0, 8, 11.2, put("2"), {}],
      [2, 12, 14.5, get, { value: "1" }],
    ],
    'get("x") of client 2 (from 12.000 to 14.500 ms) answered "1", but put("x", "2") of client 0 had ' +
      'been answered at 11.200 ms, before that call: it must see "2" or a later value. "1" is older: ' +
      'put("x", "1") of client 0 was answered at 2.000 ms, before put("x", "2") of client 0 was called.',
  ],
  [
    "a lost write",
    [
      [0, 8, 11.2, put("2"), {}],
      [2, 12, 14.5, get, { value: "" }],
    ],
    'get("x") of client 2 (from 12.000 to 14.500 ms) answered "", but put("x", "2") of client 0 had ' +
      'been answered at 11.200 ms, before that call: it must see "2" or a later value. "" was there at ' +
      "first, and nobody wrote it again.",
  ],
  [
    "two reads that go back",
    [
      [0, 1, 2, put("1"), { version: 1 }],
      [0, 8, 30, put("2"), { version: 2 }],
      [1, 9, 10, get, { value: "2", version: 2 }],
      [2, 12, 14.5, get, { value: "1", version: 1 }],
    ],
    'get("x") of client 2 (from 12.000 to 14.500 ms) answered "1", version 1, but get("x") of client ' +
      '1 had been answered "2", version 2 at 10.000 ms, before that call: it must see version 2 or a ' +
      "later one; what was seen once cannot be unseen.",
  ],
  [
    "a value that comes back",
    [
      [0, 1, 30, put("1"), {}],
      [3, 1, 30, put("2"), {}],
      [1, 3, 4, get, { value: "1" }],
      [2, 5, 6, get, { value: "2" }],
      [1, 7, 8, get, { value: "1" }],
    ],
    'get("x") of client 1 (from 7.000 to 8.000 ms) answered "1", but "1" had been there by 4.000 ms ' +
      '(get("x") of client 1), and then, before that call, get("x") of client 2 (from 5.000 to 6.000 ' +
      'ms) answered "2". "1" came about only once: it cannot come back.',
  ],
  [
    "two values each before the other",
    [
      [0, 1, 30, put("1"), {}],
      [3, 1, 30, put("2"), {}],
      [1, 3, 6.5, get, { value: "1" }],
      [2, 3, 6, get, { value: "2" }],
      [2, 6.7, 9, get, { value: "2" }],
      [1, 6.6, 9, get, { value: "1" }],
    ],
    'get("x") of client 1 (from 6.600 to 9.000 ms) answered "1", but "1" was there by 6.500 ms ' +
      '(get("x") of client 1), before get("x") of client 2 (from 6.700 to 9.000 ms) shows "2", and "2" ' +
      'was there by 6.000 ms (get("x") of client 2), before that call. Each came about only once: one ' +
      "of them must have been gone for good before the other.",
  ],
  [
    "a value that nobody wrote",
    [
      [0, 1, 2, put("1"), {}],
      [2, 12, 14.5, get, { value: "7" }],
    ],
    'get("x") of client 2 (from 12.000 to 14.500 ms) answered "7", but nobody ever wrote "7".',
  ],
  [
    "a read of the future",
    [
      [2, 12, 14.5, get, { value: "7" }],
      [1, 16, 17, put("7"), {}],
    ],
    'get("x") of client 2 (from 12.000 to 14.500 ms) answered "7", but the first to write "7", ' +
      'put("x", "7") of client 1, was called only at 16.000 ms, after that answer.',
  ],
  [
    "a write that took effect twice",
    [
      [0, 1, 2, append("a"), { version: 1 }],
      [2, 12, 14.5, get, { value: "aa", version: 2 }],
    ],
    'get("x") of client 2 (from 12.000 to 14.500 ms) answered "aa", version 2, but only 1 other ' +
      'change had been called by then, append("x", "a") of client 0: it looks as if one took effect ' +
      "more than once.",
  ],
  [
    "a text that shows an append twice",
    [
      [0, 1, 2, append("a"), {}],
      [2, 12, 14.5, get, { value: "aa" }],
    ],
    'get("x") of client 2 (from 12.000 to 14.500 ms) answered "aa": "a" stands in it 2 times, but ' +
      "only 1 append of it had been called by then.",
  ],
  [
    "two writes of one version",
    [
      [0, 1, 4, put("1"), { version: 1 }],
      [1, 2, 5, put("2"), { version: 1 }],
    ],
    'put("x", "1") of client 0 (from 1.000 to 4.000 ms) and put("x", "2") of client 1 (from 2.000 to ' +
      "5.000 ms) were both answered version 1: each change makes a version of its own, so one of them " +
      "is lost.",
  ],
  [
    "two values of one version",
    [
      [0, 1, 2, put("1"), { version: 1 }],
      [3, 1, 3, put("2")],
      [2, 1, 2.5, get, { value: "2", version: 1 }],
    ],
    'get("x") of client 2 (from 1.000 to 2.500 ms) says that version 1 is "2", but to put("x", "1") ' +
      'of client 0 (from 1.000 to 2.000 ms) it was "1": a version has one value.',
  ],
  [
    "an append that is missing",
    [
      [0, 1, 2, append("a"), {}],
      [1, 3, 4, append("c"), {}],
      [2, 12, 14.5, get, { value: "a" }],
    ],
    'get("x") of client 2 (from 12.000 to 14.500 ms) answered "a", but append("x", "c") of client 1 ' +
      'had been answered at 4.000 ms, before that call: its "c" is missing.',
  ],
  [
    "a text that was another before",
    [
      [0, 1, 20, append("a"), {}],
      [1, 1, 20, append("c"), {}],
      [3, 3, 4, get, { value: "ac" }],
      [2, 12, 14.5, get, { value: "ca" }],
    ],
    'get("x") of client 2 (from 12.000 to 14.500 ms) answered "ca", but get("x") of client 3 had ' +
      'already been answered "ac" at 4.000 ms, before that call: since then the text can only have ' +
      "grown.",
  ],
  [
    "a swap that had to take place",
    [
      [0, 1, 2, put("1"), {}],
      [2, 3, 4, cas("1", "2"), { swapped: false }],
    ],
    'cas("x", "1" → "2") of client 2 (from 3.000 to 4.000 ms) answered not swapped, but put("x", ' +
      '"1") of client 0 had been answered at 2.000 ms, before that call, and nothing else was written ' +
      "since: it had to swap.",
  ],
  [
    "a swap that could not take place",
    [
      [0, 1, 2, put("1"), {}],
      [0, 3, 4, put("3"), {}],
      [2, 5, 6, cas("1", "2"), { swapped: true }],
    ],
    'cas("x", "1" → "2") of client 2 (from 5.000 to 6.000 ms) answered swapped, so it found "1", but ' +
      'put("x", "3") of client 0 had been answered at 4.000 ms, before that call: it must find "3" or ' +
      'a later value. "1" is older: put("x", "1") of client 0 was answered at 2.000 ms, before ' +
      'put("x", "3") of client 0 was called.',
  ],
  [
    "two swaps of one value",
    [
      [0, 1, 2, put("1"), {}],
      [1, 3, 6, cas("1", "2"), { swapped: true }],
      [2, 3, 5, cas("1", "3"), { swapped: true }],
    ],
    'cas("x", "1" → "2") of client 1 (from 3.000 to 6.000 ms) answered swapped, so it found "1", but ' +
      'cas("x", "1" → "3") of client 2 (from 3.000 to 5.000 ms) swapped from "1" too, and "1" came ' +
      "about only once.",
  ],
  [
    "what has no name",
    [
      [0, 1, 9, append("a"), {}],
      [1, 1, 9, append("b"), {}],
      [2, 3, 4, get, { value: "ab" }],
      [3, 3, 4.5, get, { value: "ba" }],
    ],
    'get("x") of client 3 (from 3.000 to 4.500 ms) answered "ba". With append("x", "a") of client 0, ' +
      'append("x", "b") of client 1 and get("x") of client 2 it fits no order: after append("x", "a") ' +
      'of client 0, append("x", "b") of client 1 and get("x") of client 2 the key holds "ab", version ' +
      '2: get("x") of client 3 would answer "ab", version 2, but it answered "ba".',
  ],
];
