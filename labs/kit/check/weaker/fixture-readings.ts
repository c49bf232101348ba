import type { Cells, CellOperation, Scalar } from "../cell";
import { kv, type KvAnswer, type KvOperation } from "../models/kv";
import type { Kv, KvHistory } from "./fixture";

// A part of the definitions that tests hold the checkers against. It shares nothing with them.

/** Whether an operation changed its key, or may have. */
export function isChange({ input, output }: Kv): boolean {
  return input.kind !== "get" && output?.swapped !== false;
}

/** One way in which the answers can have come about: who is in the history, and who read from whom. */
export interface Reading {
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
export function readings(history: KvHistory): Reading[] {
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
