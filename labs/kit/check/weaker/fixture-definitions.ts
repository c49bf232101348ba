import { kv, type KvCell } from "../models/kv";
import type { Kv, KvHistory } from "./fixture";
import { isChange, readings, type Reading } from "./fixture-readings";
import { GUARANTEES, type Guarantee } from "./guarantees";
import type { Level } from "./level";

// The definitions of the levels, tried out by brute force on tiny histories. Nothing here is shared with the
// checkers.

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
