import fc from "fast-check";
import type { Cells, CellOperation, Scalar } from "../cell";
import type { History, Operation } from "../history";
import { kv, type KvAnswer, type KvCell, type KvOperation } from "../models/kv";
import { GUARANTEES, type Guarantee } from "./guarantees";
import type { Level } from "./level";

// The definitions of the levels, tried out by brute force on tiny histories. Nothing here is shared with the checkers.

/** A history of the key/value service. */
export type KvHistory = History<KvOperation, Partial<KvAnswer>>;

type Kv = Operation<KvOperation, Partial<KvAnswer>>;

/** Which kinds of tiny histories there are. */
export type Kind = "unique" | "appends" | "repeats" | "versions";

interface Draft {
  readonly session: number;
  readonly input: KvOperation;
  readonly gap: number;
  readonly length: number;
}

/**
 * Tiny histories. Per key a random order of its changes is played, mostly one that keeps the sessions' own; each read
 * shows any of the states that came by.
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

/** Whether the definition of a level is met: by trying everything. */
export function definition(level: Level, history: KvHistory): boolean {
  switch (level) {
    case "linearizable":
      return anyOrder(history, (placed, next, left) => !left.some((one) => one.return < next.call) && placed);
    case "ordered writes":
      return anyOrder(
        history,
        (placed, next, left) =>
          placed && !(isChange(next) && left.some((one) => isChange(one) && one.return < next.call)),
      );
    case "sequential":
      return anyOrder(history, (placed) => placed);
    case "coherent":
      return ["x", "y"].every((key) =>
        anyOrder(
          history.filter(({ input }) => input.key === key),
          (placed) => placed,
        ),
      );
    default:
      return readings(history).some((reading) => OF_READINGS[level](reading));
  }
}

/** Whether some order of the operations, those without an answer at will, is right by the model. */
function anyOrder(
  history: KvHistory,
  may: (ownOrder: boolean, next: Kv, left: readonly Kv[]) => boolean,
): boolean {
  const goOn = (left: readonly Kv[], states: ReadonlyMap<string, KvCell>): boolean => {
    if (left.every(({ outcome }) => outcome !== "ok")) return true;
    return left.some((next) => {
      const rest = left.filter((one) => one !== next);
      const own = !rest.some(({ session, call }) => session === next.session && call < next.call);
      if (!may(own, next, rest)) return false;
      const { state, output } = kv.apply(states.get(next.input.key) ?? kv.initial, next.input);
      if (next.outcome === "ok" && kv.agrees?.(output, next.output ?? {}) === false) return false;
      return goOn(rest, new Map([...states, [next.input.key, state]]));
    });
  };
  return goOn(history, new Map());
}

function isChange({ input, output }: Kv): boolean {
  return input.kind !== "get" && output?.swapped !== false;
}

/** One way in which the answers can have come about: who is in the history, and who read from whom. */
interface Reading {
  readonly history: KvHistory;
  /** By id; null is the initial value, absent is nothing. */
  readonly from: ReadonlyMap<number, number | null>;
  readonly version: ReadonlyMap<number, number>;
}

const cells = kv.cells as Cells<KvOperation, Partial<KvAnswer>>;

function cellOf({ input, output }: Kv): CellOperation {
  return cells.of(input, output);
}

/** All readings: every choice of a source for each read, that fits values and versions. */
function readings(history: KvHistory): Reading[] {
  const found: Reading[] = [];
  const numbered = new Set(
    ["x", "y"].filter((key) =>
      history.every(
        (one) => one.input.key !== key || one.outcome !== "ok" || cellOf(one).version !== undefined,
      ),
    ),
  );
  const choose = (at: number, from: Map<number, number | null>, version: Map<number, number>): void => {
    const one = history[at];
    if (one === undefined) {
      const reading = finished(history, from, version, numbered);
      if (reading) found.push(reading);
      return;
    }
    const cell = cellOf(one);
    const named = numbered.has(cell.key);
    const versions: (number | undefined)[] = [undefined];
    if (named && one.outcome === "ok" && isChange(one)) versions[0] = cell.version;
    else if (named && one.outcome === "unknown" && cell.kind !== "read") versions.push(1, 2, 3, 4, 5, 6);
    const blindWrite = cell.kind === "write" || (one.outcome === "unknown" && cell.kind === "read");
    const sources: (number | null | undefined)[] = blindWrite
      ? [undefined]
      : [
          ...(cell.kind === "append" || one.outcome === "unknown" ? [undefined] : []),
          null,
          ...history
            .filter((other) => other !== one && other.input.key === cell.key && isChange(other))
            .map(({ id }) => id),
        ];
    for (const made of versions) {
      for (const source of sources) {
        const [f, v] = [new Map(from), new Map(version)];
        if (source !== undefined) f.set(one.id, source);
        if (made !== undefined) v.set(one.id, made);
        choose(at + 1, f, v);
      }
    }
  };
  choose(0, new Map(), new Map());
  return found;
}

function finished(
  history: KvHistory,
  from: Map<number, number | null>,
  version: Map<number, number>,
  numbered: ReadonlySet<string>,
): Reading | undefined {
  const byId = new Map(history.map((one) => [one.id, one]));
  const read = new Set(from.values());
  const present = history.filter(({ id, outcome }) => outcome === "ok" || read.has(id));
  const valueOf = (id: number | null, depth = 0): Scalar | undefined => {
    const one = id === null ? undefined : byId.get(id);
    if (id === null || one === undefined || depth > history.length) return id === null ? "" : undefined;
    const cell = cellOf(one);
    if (cell.kind === "write" || cell.kind === "cas") return cell.value;
    const source = from.get(id);
    const before = source === undefined ? undefined : valueOf(source, depth + 1);
    return cell.kind === "append" && typeof before === "string" ? before + cell.value : undefined;
  };
  for (const one of present) {
    const cell = cellOf(one);
    const named = numbered.has(cell.key);
    const source = from.get(one.id);
    const made = version.get(one.id);
    const change = isChange(one);
    if (named && change && (made === undefined || made < 1)) return undefined;
    const clash = present.some(({ id, input }) => {
      return id > one.id && input.key === cell.key && made !== undefined && version.get(id) === made;
    });
    if (clash && history.some(({ id, outcome }) => outcome === "unknown" && version.get(id) === made))
      return undefined;
    if (source === undefined) {
      if (cell.kind === "write") continue;
      // Nobody can say what an append met if no answer shows it.
      if (cell.kind === "append" && !named && !read.has(one.id)) continue;
      return undefined;
    }
    const value = valueOf(source);
    if (cell.kind === "read" && cell.seen !== value) return undefined;
    if (cell.kind === "cas" && (cell.swapped ?? true) !== (value === cell.expected)) return undefined;
    if (value === undefined) return undefined;
    if (named) {
      const met = change ? (made ?? 0) - 1 : (cell.version ?? -1);
      if ((source === null ? 0 : version.get(source)) !== met) return undefined;
    }
  }
  if (
    history.some(
      ({ id, outcome }) => outcome === "unknown" && !read.has(id) && (from.has(id) || version.has(id)),
    )
  ) {
    return undefined;
  }
  return { history: present, from, version };
}

/** What comes before what, as pairs "a b" of ids, closed under going on. */
type Relation = ReadonlySet<string>;

function closed(pairs: readonly (readonly [number, number])[], ids: readonly number[]): Relation {
  const known = new Set(pairs.map(([a, b]) => `${a} ${b}`));
  for (const via of ids) {
    for (const a of ids) {
      for (const b of ids) if (known.has(`${a} ${via}`) && known.has(`${via} ${b}`)) known.add(`${a} ${b}`);
    }
  }
  return known;
}

function sessionPairs(history: KvHistory): [number, number][] {
  return history.flatMap((a) =>
    history
      .filter((b) => a.session === b.session && a.call < b.call)
      .map((b): [number, number] => [a.id, b.id]),
  );
}

function causesOf({ history, from }: Reading): Relation {
  const reads = [...from].flatMap(([to, source]): [number, number][] =>
    source === null ? [] : [[source, to]],
  );
  return closed(
    [...sessionPairs(history), ...reads],
    history.map(({ id }) => id),
  );
}

function acyclic(relation: Relation, ids: readonly number[]): boolean {
  return ids.every((id) => !relation.has(`${id} ${id}`));
}

/** Whether some order of `members` keeps the relation and is accepted to its end. */
function someOrder(
  members: readonly Kv[],
  relation: Relation,
  accepts: (order: readonly Kv[], next: Kv) => boolean,
  order: readonly Kv[] = [],
): boolean {
  if (order.length === members.length) return true;
  return members.some(
    (next) =>
      !order.includes(next) &&
      !members.some(
        (other) => other !== next && !order.includes(other) && relation.has(`${other.id} ${next.id}`),
      ) &&
      accepts(order, next) &&
      someOrder(members, relation, accepts, [...order, next]),
  );
}

/** Whether a read sees the last change of its cell in the order before it. */
function seesLast({ from }: Reading, order: readonly Kv[], next: Kv): boolean {
  const source = from.get(next.id);
  if (source === undefined) return true;
  return (order.findLast((one) => one.input.key === next.input.key && isChange(one))?.id ?? null) === source;
}

function bySession(reading: Reading, relation: Relation): boolean {
  const { history } = reading;
  return [...new Set(history.map(({ session }) => session))].every((session) =>
    someOrder(
      history.filter((one) => isChange(one) || one.session === session),
      relation,
      (order, next) => next.session !== session || seesLast(reading, order, next),
    ),
  );
}

const OF_READINGS: {
  readonly [level in Exclude<Level, "linearizable" | "ordered writes" | "sequential" | "coherent">]: (
    reading: Reading,
  ) => boolean;
} = {
  causal: (reading) => {
    const { history } = reading;
    const causes = causesOf(reading);
    if (
      !acyclic(
        causes,
        history.map(({ id }) => id),
      )
    )
      return false;
    return history.every((reader) => {
      const past = history.filter(({ id }) => causes.has(`${id} ${reader.id}`));
      return someOrder(
        [...past, reader],
        causes,
        (order, next) => next !== reader || seesLast(reading, order, next),
      );
    });
  },
  "causal convergence": (reading) => {
    const { history } = reading;
    const causes = causesOf(reading);
    if (
      !acyclic(
        causes,
        history.map(({ id }) => id),
      )
    )
      return false;
    return someOrder(history, causes, (order, next) => {
      const known = order.filter(({ id }) => causes.has(`${id} ${next.id}`));
      return seesLast(reading, known, next);
    });
  },
  "causal memory": (reading) => {
    const causes = causesOf(reading);
    return (
      acyclic(
        causes,
        reading.history.map(({ id }) => id),
      ) && bySession(reading, causes)
    );
  },
  PRAM: (reading) => bySession(reading, closed(sessionPairs(reading.history), [])),
  "read your writes": (reading) => guaranteed("read your writes", reading),
  "monotonic reads": (reading) => guaranteed("monotonic reads", reading),
  "monotonic writes": (reading) => guaranteed("monotonic writes", reading),
  "writes follow reads": (reading) => guaranteed("writes follow reads", reading),
};

function guaranteed(guarantee: Guarantee, reading: Reading): boolean {
  const { history, from, version } = reading;
  const [earlier, later] = GUARANTEES[guarantee];
  return ["x", "y"].every((key) => {
    const members = history.filter(({ input }) => input.key === key);
    const changes = members.filter(isChange);
    const held = (place: (id: number | null) => number): boolean =>
      members.every((a) =>
        members.every((b) => {
          if (a.session !== b.session || a.call >= b.call) return true;
          const [one, other] = [versionOf(a, earlier), versionOf(b, later)];
          if (one === undefined || other === undefined) return true;
          return (
            place(one) < place(other) || (place(one) === place(other) && guarantee !== "monotonic writes")
          );
        }),
      );
    const versionOf = (one: Kv, which: "read" | "write"): number | null | undefined => {
      if (which === "write") return isChange(one) ? one.id : undefined;
      return one.input.kind === "append" ? undefined : from.get(one.id);
    };
    if (changes.some(({ id }) => version.has(id)))
      return held((id) => (id === null ? 0 : (version.get(id) ?? 0)));
    const orders = (order: readonly number[]): boolean =>
      order.length === changes.length
        ? held((id) => (id === null ? -1 : order.indexOf(id)))
        : changes.some(({ id }) => !order.includes(id) && orders([...order, id]));
    return orders([]);
  });
}
