import fc from "fast-check";
import type { History, Operation } from "../history";
import { kv, type KvAnswer, type KvOperation } from "../models/kv";

/** A history of the key/value service. */
export type KvHistory = History<KvOperation, Partial<KvAnswer>>;

/** One operation of it. */
export type Kv = Operation<KvOperation, Partial<KvAnswer>>;

/** Which kinds of tiny histories there are. */
export type Kind = "unique" | "appends" | "repeats" | "versions";

interface Draft {
  readonly session: number;
  readonly input: KvOperation;
  readonly gap: number;
  readonly length: number;
}

/**
 * Tiny histories. Per key a random order of its changes is played, mostly one that keeps the sessions' own;
 * each read shows any of the states that came by.
 */
export function tinyHistories(kind: Kind, most: number): fc.Arbitrary<KvHistory> {
  const drafts = fc.array(
    fc.record({
      session: fc.nat(2),
      key: fc.constantFrom("x", "x", "y"),
      what: fc.nat(9),
      value: fc.nat(1),
      gap: fc.integer({ min: 1, max: 6 }),
      length: fc.integer({ min: 1, max: 9 }),
    }),
    { minLength: 2, maxLength: most },
  );
  const dice = fc.array(fc.nat(999), { minLength: 60, maxLength: 60 });
  return fc.tuple(drafts, dice).map(([items, rolls]) => {
    let at = 0;
    const roll = (n: number): number => (rolls[at++ % rolls.length] ?? 0) % n;
    let fresh = 0;
    const list = items.map(({ session, key, what, value, gap, length }): Draft => {
      const text = kind === "repeats" ? "ab".charAt(value) : "abcdefgh".charAt(fresh++);
      return {
        session,
        gap,
        length,
        input: inputOf(kind, key, what, text, () => "abcdefgh".charAt(roll(4))),
      };
    });
    return played(kind, list, roll);
  });
}

function inputOf(kind: Kind, key: string, what: number, value: string, other: () => string): KvOperation {
  if (what < 5) return { kind: "get", key };
  if (what === 9 && kind !== "unique") return { kind: "append", key, value };
  if (what >= 7 && kind === "appends") return { kind: "append", key, value };
  if (what === 8) return { kind: "cas", key, expected: what % 3 === 0 ? "" : other(), value };
  return { kind: "put", key, value };
}

function played(kind: Kind, drafts: readonly Draft[], roll: (n: number) => number): KvHistory {
  const last = new Map(drafts.map(({ session }, i) => [session, i]));
  const lost = drafts.map(({ session }, i) => last.get(session) === i && roll(4) === 0);
  const answers = new Map<number, Partial<KvAnswer>>();
  for (const key of ["x", "y"]) {
    const members = drafts.flatMap(({ input }, i) => (input.key === key ? [i] : []));
    const changes = members.filter((i) => drafts[i]?.input.kind !== "get" && !(lost[i] && roll(2) === 0));
    if (roll(3) === 0) changes.sort(() => roll(3) - 1);
    const states = [kv.initial];
    for (const i of changes) {
      const { state, output } = kv.apply(
        states.at(-1) ?? kv.initial,
        drafts[i]?.input ?? { kind: "get", key },
      );
      if (state !== states.at(-1)) states.push(state);
      answers.set(i, output);
    }
    for (const i of members) {
      if (drafts[i]?.input.kind !== "get") continue;
      const state = states[roll(states.length)] ?? kv.initial;
      answers.set(i, roll(25) === 0 ? { value: "z", version: 1 } : { ...state });
    }
  }
  const clocks = new Map<number, number>();
  return drafts.map(({ session, input, gap, length }, id): Kv => {
    const call = (clocks.get(session) ?? 0) + gap;
    clocks.set(session, call + length);
    const { version, ...told } = answers.get(id) ?? {};
    const output = kind === "versions" && version !== undefined ? { version, ...told } : told;
    if (lost[id]) return { id, session, input, outcome: "unknown", call, return: Infinity };
    return { id, session, input, output, outcome: "ok", call, return: call + length };
  });
}
