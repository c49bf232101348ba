import { Kind, NONE, type Columns } from "./columns";

/** The number of every value that no answer can tell from others like it. */
export const OTHER = 0;

/**
 * What a cell can hold, as integers, as far as answers can tell: a value that no operation met or expected is as good as
 * any other such value, and so is, where operations append, a text with which nothing that was met begins.
 */
export interface Values {
  /** The number of a value of the columns. */
  of(value: number): number;
  /** The number of a held value with a text of the columns behind it. */
  append(held: number, text: number): number;
  /** Whether appends alone, or nothing at all, can turn one into the other. */
  leadsTo(held: number, wanted: number): boolean;
}

/** The values of a part, seen through those operations that take part. */
export function valuesOf(columns: Columns, operations: Int32Array): Values {
  const met = new Uint8Array(columns.values.length);
  let appends = false;
  for (const i of operations) {
    const kind = columns.kind(i);
    if (kind === Kind.append) appends = true;
    else if (kind !== Kind.write && columns.a(i) !== NONE) met[columns.a(i)] = 1;
  }
  return appends ? new Texts(columns.values as readonly string[], met) : new Wholes(met);
}

class Wholes implements Values {
  constructor(private readonly met: Uint8Array) {}

  of(value: number): number {
    return this.met[value] === 1 ? value + 1 : OTHER;
  }

  append(): number {
    return OTHER;
  }

  leadsTo(held: number, wanted: number): boolean {
    return held === wanted;
  }
}

class Texts implements Values {
  /** What was met, in the order of the alphabet: a text stands right before those that begin with it. */
  private readonly met: readonly string[];
  private readonly texts: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly appended = new Map<number, number>();

  constructor(
    private readonly values: readonly string[],
    met: Uint8Array,
  ) {
    this.met = values.filter((_, value) => met[value] === 1).sort();
  }

  of(value: number): number {
    return this.number(this.values[value] as string);
  }

  append(held: number, text: number): number {
    if (held === OTHER) return OTHER;
    const both = held * this.values.length + text;
    let number = this.appended.get(both);
    if (number === undefined) {
      number = this.number((this.texts[held - 1] as string) + (this.values[text] as string));
      this.appended.set(both, number);
    }
    return number;
  }

  leadsTo(held: number, wanted: number): boolean {
    if (held === OTHER) return false;
    return (this.texts[wanted - 1] as string).startsWith(this.texts[held - 1] as string);
  }

  private number(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const number = this.isPrefix(text) ? this.texts.push(text) : OTHER;
    this.numbers.set(text, number);
    return number;
  }

  private isPrefix(text: string): boolean {
    let [low, high] = [0, this.met.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.met[middle] as string) < text) low = middle + 1;
      else high = middle;
    }
    return this.met[low]?.startsWith(text) ?? false;
  }
}
