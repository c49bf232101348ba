import type { CellOperation, Scalar } from "../cell";
import type { Operation } from "../history";
import { Columns } from "./columns";
import type { Draw } from "./draw";

/** One operation on the cell, and what it asked and was told in the words of cells. */
export interface CellPart {
  readonly operation: Operation;
  readonly cell: CellOperation;
}

/** The columns of such operations, or undefined if they do not keep to the language of cells. */
export function columnsOf(parts: readonly CellPart[], initial: Scalar): Columns | undefined {
  const operations = parts.map(({ operation, cell }) => ({ ...operation, input: cell }));
  return Columns.of(operations, { initial, of: (cell) => cell });
}

/** What small random histories are made of. */
export interface Flavour {
  readonly kinds: readonly CellOperation["kind"][];
  /** The values to write, and to expect; few of them, and they repeat. */
  readonly values: readonly Scalar[];
  readonly initial: Scalar;
  /** Whether no value is written twice, as long as there are enough of them: without any, there are. */
  readonly unique?: boolean;
  /** The share of the compare-and-sets that expect what the cell holds; by default 0.6. */
  readonly meets?: number;
  /** The share of the answers that name a version. */
  readonly versions?: number;
  /** The share of the operations that are unknown. */
  readonly unknown: number;
  readonly operations: number;
}

/** What a cell holds, and how many changes it has seen. */
export type State = { readonly value: Scalar; readonly version: number };

/** What an operation makes of a state, and what it answers; written from the words of CellOperation alone. */
export function apply(
  { value, version }: State,
  cell: CellOperation,
): { state: State; answer: Partial<CellOperation> } {
  const change = (to: Scalar): State => ({ value: to, version: version + 1 });
  switch (cell.kind) {
    case "read":
      return { state: { value, version }, answer: { seen: value, version } };
    case "write":
      return { state: change(cell.value), answer: { version: version + 1 } };
    case "append":
      return { state: change(String(value) + cell.value), answer: { version: version + 1 } };
    case "cas":
      return value === cell.expected
        ? { state: change(cell.value), answer: { swapped: true, version: version + 1 } }
        : { state: { value, version }, answer: { swapped: false, version } };
  }
}

/** Whether the answers that the operation names are these; what it does not name is not compared. */
export function agrees(cell: Partial<CellOperation>, answer: Partial<CellOperation>): boolean {
  const [told, true_]: Record<string, unknown>[] = [cell, answer];
  return ["seen", "swapped", "version"].every(
    (name) => told?.[name] === undefined || told[name] === true_?.[name],
  );
}

/** A small random history of one cell: a true run, and in half of the cases a thing or two about it changed. */
export function randomParts(draw: Draw, flavour: Flavour): CellPart[] {
  const parts: { operation: Operation; cell: CellOperation }[] = [];
  const count = 3 + draw.int(flavour.operations - 2);
  const width = 1 + draw.int(6);
  let state: State = { value: flavour.initial, version: 0 };
  const unused = [...flavour.values];
  let fresh = 0;
  const written = (): Scalar => {
    if (flavour.unique !== true) return draw.pick(flavour.values);
    if (flavour.values.length > 0)
      return unused.splice(draw.int(unused.length), 1)[0] ?? draw.pick(flavour.values);
    fresh++;
    return typeof flavour.initial === "string" ? String.fromCharCode(96 + fresh) : fresh;
  };
  const met: Scalar[] = [flavour.initial];
  const expected = (): Scalar =>
    draw.chance(flavour.meets ?? 0.6) ? state.value : draw.pick([...met, ...flavour.values]);
  for (let id = 0; id < count; id++) {
    const kind = draw.pick(flavour.kinds);
    const wish: CellOperation =
      kind === "read"
        ? { key: "", kind }
        : kind === "cas"
          ? { key: "", kind, expected: expected(), value: written() }
          : kind === "append"
            ? { key: "", kind, value: String(written()) }
            : { key: "", kind, value: written() };
    const { state: after, answer } = apply(state, wish);
    const unknown = draw.chance(flavour.unknown);
    if (!unknown || draw.chance(0.6)) state = after;
    met.push(state.value);
    const { version: _, ...unversioned } = answer;
    const versioned = draw.chance(flavour.versions ?? 0);
    const cell = (unknown ? wish : { ...wish, ...(versioned ? answer : unversioned) }) as CellOperation;
    const [call, ret] = [2 * id - draw.int(2 * width), 2 * id + draw.int(2 * width)];
    const outcome = unknown ? "unknown" : "ok";
    parts.push({
      operation: { id, session: id, input: undefined, outcome, call, return: unknown ? Infinity : ret },
      cell,
    });
  }
  if (draw.chance(0.6)) {
    for (let times = 1 + draw.int(3); times > 0; times--) corrupt(draw, flavour, parts);
  }
  // In any order, as a history may be.
  return parts
    .map((part) => ({ part, key: draw.int(1000) }))
    .sort((x, y) => x.key - y.key)
    .map(({ part }) => part);
}

function corrupt(draw: Draw, flavour: Flavour, parts: { operation: Operation; cell: CellOperation }[]): void {
  const victim = draw.int(parts.length);
  const { operation, cell } = parts[victim] as CellPart;
  const other = draw.pick(parts);
  const values = parts.map((part) => ("value" in part.cell ? part.cell.value : flavour.initial));
  const isText = typeof flavour.initial === "string";
  if (draw.chance(0.3) || operation.outcome !== "ok") {
    const by = draw.int(7) - 3;
    parts[victim] = {
      operation: { ...operation, call: operation.call + by, return: operation.return + by },
      cell,
    };
  } else if (cell.version !== undefined && draw.chance(0.5)) {
    parts[victim] = { operation, cell: { ...cell, version: cell.version + draw.int(5) - 2 } };
  } else if (cell.kind === "read") {
    const seen =
      other.cell.kind === "read" && other.cell.seen !== undefined && draw.chance(0.5)
        ? other.cell.seen
        : isText && draw.chance(0.5)
          ? String(draw.pick(values)) + String(draw.pick(values))
          : draw.pick(values);
    parts[victim] = { operation, cell: { ...cell, seen } };
  } else if (cell.kind === "cas") {
    const turned = { ...cell, swapped: cell.swapped !== true };
    parts[victim] = { operation, cell: draw.chance(0.3) ? turned : { ...cell, expected: draw.pick(values) } };
  } else {
    parts.splice(victim, 1);
  }
}

/** Whether some order satisfies the operations, by trying every one: for ten operations at most. */
export function bruteForce(parts: readonly CellPart[], initial: Scalar): boolean {
  const dead = new Set<string>();
  const from = (left: readonly CellPart[], state: State): boolean => {
    if (left.every(({ operation }) => operation.outcome !== "ok")) return true;
    const key = JSON.stringify([left.map(({ operation }) => operation.id), state]);
    if (dead.has(key)) return false;
    const first = Math.min(...left.map(({ operation: o }) => (o.outcome === "ok" ? o.return : Infinity)));
    const found = left.some((part) => {
      if (part.operation.call > first) return false;
      const { state: after, answer } = apply(state, part.cell);
      return (
        agrees(part.cell, answer) &&
        from(
          left.filter((one) => one !== part),
          after,
        )
      );
    });
    if (!found) dead.add(key);
    return found;
  };
  return from(
    parts.filter(({ operation }) => operation.outcome !== "failed"),
    { value: initial, version: 0 },
  );
}

/** What is wrong with an order, or undefined if it is one: everything answered in it once, in time, as answered. */
export function faultOf(
  order: readonly number[],
  parts: readonly CellPart[],
  initial: Scalar,
): string | undefined {
  const byId = new Map(parts.map((part) => [part.operation.id, part]));
  let state: State = { value: initial, version: 0 };
  let latest = -Infinity;
  for (const id of order) {
    const part = byId.get(id);
    if (part === undefined) return `${id} is not there, or twice`;
    byId.delete(id);
    const { operation, cell } = part;
    if (operation.outcome === "failed") return `${id} did not happen`;
    if (operation.outcome === "ok" && operation.return < latest) return `${id} comes too late`;
    latest = Math.max(latest, operation.call);
    const { state: after, answer } = apply(state, cell);
    if (!agrees(cell, answer)) return `${id} was answered otherwise`;
    state = after;
  }
  const missing = [...byId.values()].find(({ operation }) => operation.outcome === "ok");
  return missing && `${missing.operation.id} is missing`;
}
