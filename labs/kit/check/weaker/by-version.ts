import type { Scalar } from "../cell";
import { contradict, INITIAL, tellKey, tellValue, type Accesses } from "./accesses";

/**
 * Who read from whom in a cell of which every answer names a version.
 *
 * A version that somebody read and that no answered change made is the work of a change without an answer. If
 * exactly one of these can have made it, it did.
 *
 * @param members - the operations of the cell
 */
export function readByVersion(accesses: Accesses, members: readonly number[], initial: Scalar): void {
  new Cell(accesses, members, initial).read();
}

/** What is known of one version. */
interface Known {
  /** The changes that say they made it. */
  readonly makers: number[];
  /** What it holds, and the operation that shows it. */
  shown?: { readonly value: Scalar; readonly by: number };
}

class Cell {
  private readonly versions = new Map<number, Known>();
  private readonly unanswered: number[] = [];

  constructor(
    private readonly all: Accesses,
    private readonly members: readonly number[],
    initial: Scalar,
  ) {
    const name = tellKey(all, all.key[members[0] ?? 0] ?? 0);
    this.name = name;
    this.versions.set(0, { makers: [], shown: { value: initial, by: NOBODY } });
  }

  private readonly name: string;

  read(): void {
    for (const i of this.members) this.hear(i);
    // Each maker that is found leaves fewer for the versions that remain.
    while (this.seekMakers());
    this.compare();
    for (const i of this.members) this.link(i);
  }

  /** Notes which version an answer says it met or made. */
  private hear(i: number): void {
    const { cells, met, made, writes, optional } = this.all;
    const cell = cells[i];
    if (cell === undefined) return;
    if (optional[i] === 1) {
      this.unanswered.push(i);
      return;
    }
    const version = cell.version ?? -1;
    if (cell.kind === "read" || (cell.kind === "cas" && cell.swapped === false)) met[i] = version;
    else {
      made[i] = version;
      writes[i] = 1;
      if (cell.kind !== "write") met[i] = version - 1;
      if (version < 1) this.contradict(`A change of ${this.name} says that it made version ${version}.`, i);
      this.claim(i, version);
    }
    if (cell.kind === "read" && cell.seen !== undefined) this.show(version, cell.seen, i);
    if (cell.kind === "cas" && cell.swapped === true) this.show(version - 1, cell.expected, i);
  }

  private claim(i: number, version: number): void {
    const { makers } = this.version(version);
    const [other] = makers;
    makers.push(i);
    if (other === undefined) return;
    this.all.clash ??= {
      sentence: `Two changes of ${this.name} say that they made version ${version}.`,
      core: [other, i].flatMap((each) => this.all.operations[each]?.id ?? []),
    };
  }

  private show(version: number, value: Scalar, by: number): void {
    const known = this.version(version);
    known.shown ??= { value, by };
    if (known.shown.value === value || known.makers.length > 1) return;
    const [here, there] = [tellValue(value), tellValue(known.shown.value)];
    const sentence = `Version ${version} of ${this.name} is ${there} to one operation and ${here} to another.`;
    this.contradict(sentence, by, known.shown.by);
  }

  /** Goes through the versions as their changes make them, and holds what was seen against it. */
  private compare(): void {
    const holds = new Map<number, Scalar>();
    for (const version of [...this.versions.keys()].sort((a, b) => a - b)) {
      const { makers, shown } = this.version(version);
      if (makers.length > 1) continue;
      const [maker = NOBODY] = makers;
      const before = holds.get(version - 1);
      const made = result(this.all.cells[maker], before);
      const value = shown === undefined ? made : shown.value;
      if (value !== undefined) holds.set(version, value);
      if (shown === undefined || made === undefined || made === shown.value) continue;
      const [read, written] = [tellValue(shown.value), tellValue(made)];
      const what = `Version ${version} of ${this.name}`;
      const sentence = `${what} was read as ${read}, but its change made it ${written}.`;
      this.contradict(sentence, maker, shown.by);
    }
    for (const i of this.members) this.holdAgainst(i, holds.get(this.all.met[i] ?? NOBODY));
  }

  /** What a compare-and-set says of the version that it met. */
  private holdAgainst(i: number, value: Scalar | undefined): void {
    const cell = this.all.cells[i];
    if (value === undefined || cell?.kind !== "cas") return;
    const swapped = cell.swapped ?? true;
    if (swapped === (value === cell.expected)) return;
    const { makers, shown } = this.version(this.all.met[i] ?? NOBODY);
    const verb = swapped ? "swapped" : "did not swap";
    const [met, expected] = [tellValue(value), tellValue(cell.expected)];
    const sentence = `A compare-and-set of ${this.name} met ${met} where it expected ${expected}, and ${verb}.`;
    this.contradict(sentence, i, ...makers, shown?.by ?? NOBODY);
  }

  private contradict(sentence: string, ...by: readonly number[]): void {
    contradict(this.all, sentence, ...new Set(by.filter((i) => i !== NOBODY)));
  }

  /** Names the maker of each version that only one can have made; whether it found any. */
  private seekMakers(): boolean {
    let found = false;
    for (const i of this.members) {
      const version = this.all.met[i] ?? -1;
      if (version < 1) continue;
      const { makers } = this.version(version);
      if (makers.length > 0) continue;
      const able = this.able(version);
      const [only] = able;
      if (only === undefined) {
        const sentence = `Version ${version} of ${this.name} was read, and no change can have made it.`;
        this.contradict(sentence, i);
      } else if (able.length === 1) {
        makers.push(only);
        this.all.made[only] = version;
        this.all.shownBy[only] = i;
        this.all.writes[only] = 1;
        this.all.optional[only] = 0;
        if (this.all.cells[only]?.kind !== "write") this.all.met[only] = version - 1;
        found = true;
      }
    }
    return found;
  }

  /** The changes that can have made a version though no answer says so. */
  private able(version: number): number[] {
    const { shown } = this.version(version);
    return this.unanswered.filter(
      (i) => this.all.made[i] === -1 && (shown === undefined || canMake(this.all.cells[i], shown.value)),
    );
  }

  private link(i: number): void {
    const version = this.all.met[i] ?? -1;
    if (version < 0) return;
    const { makers } = this.version(version);
    const [only] = makers;
    if (version === 0) this.all.from[i] = INITIAL;
    else if (only !== undefined && makers.length === 1) this.all.from[i] = only;
    else this.all.blind ??= `more than one change can have made version ${version} of ${this.name}`;
  }

  private version(version: number): Known {
    const known = this.versions.get(version) ?? { makers: [] };
    this.versions.set(version, known);
    return known;
  }
}

/** Shown by no operation: it is the initial value. */
const NOBODY = -1;

/** Whether a change can leave its cell with this value. */
function canMake(cell: Accesses["cells"][number] | undefined, value: Scalar): boolean {
  if (cell?.kind === "append") return typeof value === "string" && value.endsWith(cell.value);
  return cell !== undefined && cell.kind !== "read" && cell.value === value;
}

/** What a change makes of what it met, as far as one can know. */
function result(cell: Accesses["cells"][number] | undefined, before: Scalar | undefined): Scalar | undefined {
  if (cell === undefined || cell.kind === "read") return undefined;
  if (cell.kind !== "append") return cell.value;
  return typeof before === "string" ? before + cell.value : undefined;
}
