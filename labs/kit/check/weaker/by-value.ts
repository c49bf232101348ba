import type { Scalar } from "../cell";
import { contradict, INITIAL, NOTHING, tellKey, tellValue, type Accesses } from "./accesses";

/**
 * Who read from whom in a cell whose answers do not name versions: a value names the change that wrote it, if
 * only one did. A text that ends with what only one append put there names that append, and what stands
 * before it names the change that the append met.
 *
 * @param members - the operations of the cell
 */
export function readByValue(accesses: Accesses, members: readonly number[], initial: Scalar): void {
  new Cell(accesses, members, initial).read();
}

/** More than one change can have written a value. */
const AMBIGUOUS = -3;

/** No change can have written it. */
const NOBODY = -4;

class Cell {
  private readonly writers = new Map<Scalar, number[]>();
  private readonly appenders = new Map<string, number[]>();
  private readonly name: string;
  /** What each append met, by what a reader saw. */
  private readonly before = new Map<number, { readonly text: string; readonly reader: number }>();

  constructor(
    private readonly all: Accesses,
    private readonly members: readonly number[],
    private readonly initial: Scalar,
  ) {
    this.name = tellKey(all, all.key[members[0] ?? 0] ?? 0);
  }

  read(): void {
    for (const i of this.members) this.hear(i);
    for (const i of this.members) {
      const cell = this.all.cells[i];
      if (this.all.optional[i] === 1 || cell === undefined) continue;
      if (cell.kind === "read" && cell.seen !== undefined) this.trace(i, cell.seen, i);
      if (cell.kind === "cas" && cell.swapped === true) this.trace(i, cell.expected, i);
    }
  }

  /** Notes what an operation wrote, or may have written. */
  private hear(i: number): void {
    const { cells, writes, optional } = this.all;
    const cell = cells[i];
    if (cell === undefined || cell.kind === "read") return;
    if (cell.kind === "append" && cell.value === "") {
      this.all.blind ??= `nothing was appended to ${this.name}, which no answer can show`;
      return;
    }
    if (cell.kind === "cas" && optional[i] === 0 && cell.swapped !== true) {
      this.all.blind ??=
        cell.swapped === false
          ? `a compare-and-set that did not swap says only what ${this.name} did not hold`
          : `an answer does not say whether a compare-and-set of ${this.name} swapped`;
      if (cell.swapped === false) return;
    } else if (optional[i] === 0) writes[i] = 1;
    const known = cell.kind === "append" ? this.appenders.get(cell.value) : this.writers.get(cell.value);
    if (known) known.push(i);
    else if (cell.kind === "append") this.appenders.set(cell.value, [i]);
    else this.writers.set(cell.value, [i]);
  }

  /**
   * Says from whom `reader` has a value; what it shows of appends and lost answers is followed to its
   * beginning.
   */
  private trace(reader: number, seen: Scalar, witness: number): void {
    const todo: [reader: number, seen: Scalar][] = [[reader, seen]];
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      const [i, value] = next;
      const maker = this.makerOf(value);
      if (maker === NOBODY) {
        const sentence = `${tellValue(value)} was read of ${this.name}, and nobody can have written it.`;
        contradict(this.all, sentence, witness);
      } else if (maker === AMBIGUOUS) {
        this.all.blind ??= `${tellValue(value)} was written to ${this.name} more than once, so values repeat`;
      } else {
        this.all.from[i] = maker;
        if (i !== witness) this.all.shownBy[i] = witness;
        if (maker >= 0) todo.push(...this.metBy(maker, value, witness));
      }
    }
  }

  private makerOf(value: Scalar): number {
    const able = [...(this.writers.get(value) ?? [])];
    if (typeof value === "string") {
      for (const [tail, appenders] of this.tails(value)) if (value.endsWith(tail)) able.push(...appenders);
    }
    if (value === this.initial) able.push(INITIAL);
    const [only = NOBODY] = able;
    return able.length > 1 ? AMBIGUOUS : only;
  }

  /** The appended texts that a value may end with: one look-up for each length that occurs. */
  private *tails(value: string): Iterable<[string, readonly number[]]> {
    this.lengths ??= new Set([...this.appenders.keys()].map((text) => text.length));
    for (const length of this.lengths) {
      const tail = value.slice(value.length - length);
      if (length <= value.length) yield [tail, this.appenders.get(tail) ?? []];
    }
  }

  private lengths?: ReadonlySet<number>;

  /** What a change must have met, now that somebody has read it: to be traced, too. */
  private metBy(maker: number, value: Scalar, reader: number): [number, Scalar][] {
    const { cells, writes, optional, from } = this.all;
    const cell = cells[maker];
    writes[maker] = 1;
    optional[maker] = 0;
    if (cell?.kind === "cas") return from[maker] === NOTHING ? [[maker, cell.expected]] : [];
    if (cell?.kind !== "append" || typeof value !== "string") return [];
    const text = value.slice(0, value.length - cell.value.length);
    const known = this.before.get(maker);
    if (known === undefined) {
      this.before.set(maker, { text, reader });
      return [[maker, text]];
    }
    if (known.text !== text) {
      const [one, other] = [tellValue(text), tellValue(known.text)];
      const sentence = `What was appended to ${this.name} once was read behind ${one} and behind ${other}.`;
      contradict(this.all, sentence, maker, reader, known.reader);
    }
    return [];
  }
}
