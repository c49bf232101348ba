import { Kind, NONE, type Columns } from "./columns";

/** Who can have made each value, where no two changes can have made the same one. */
export abstract class Makers {
  /**
   * The changes that are needed, one directly behind the other, for the cell to hold a value: where the operations only
   * append, from the last one that wrote the whole. Undefined if nothing can have made it.
   */
  abstract chain(value: number): readonly number[] | undefined;

  /** Undefined if some value can have been made in two ways. */
  static of(columns: Columns): Makers | undefined {
    for (let i = 0; i < columns.size; i++) {
      if (columns.kind(i) === Kind.append) return Texts.of(columns);
    }
    return Wholes.of(columns);
  }
}

/** Each change writes a whole value of its own. */
class Wholes extends Makers {
  private constructor(private readonly makers: Int32Array) {
    super();
  }

  static override of(columns: Columns): Wholes | undefined {
    const makers = new Int32Array(columns.values.length).fill(NONE);
    makers[0] = columns.size;
    for (let i = 0; i < columns.size; i++) {
      if (!columns.isChange(i)) continue;
      const value = written(columns, i);
      if (makers[value] !== NONE) return undefined;
      makers[value] = i;
    }
    return new Wholes(makers);
  }

  chain(value: number): readonly number[] | undefined {
    const maker = this.makers[value] as number;
    return maker === NONE ? undefined : [maker];
  }
}

/**
 * Each change writes or appends a text of its own, and none of the texts begins with another one: so what the cell held
 * can be taken apart into them in one way only.
 */
class Texts extends Makers {
  private readonly lengths: readonly number[];

  private constructor(
    private readonly columns: Columns,
    /** Who wrote or appended each text. */
    private readonly makers: ReadonlyMap<string, number>,
  ) {
    super();
    this.lengths = [...new Set([...makers.keys()].map((text) => text.length))];
  }

  static override of(columns: Columns): Texts | undefined {
    const makers = new Map<string, number>();
    const initial = columns.values[0] as string;
    if (initial !== "") makers.set(initial, columns.size);
    for (let i = 0; i < columns.size; i++) {
      if (!columns.isChange(i)) continue;
      const text = columns.values[written(columns, i)] as string;
      if (text === "" || makers.has(text)) return undefined;
      makers.set(text, i);
    }
    // In the order of the alphabet, what begins with a text stands right behind it.
    const sorted = [...makers.keys()].sort();
    if (sorted.some((text, i) => i > 0 && text.startsWith(sorted[i - 1] as string))) return undefined;
    return new Texts(columns, makers);
  }

  chain(value: number): readonly number[] | undefined {
    const { columns } = this;
    const held = columns.values[value] as string;
    const isAppend = (maker: number): boolean => maker < columns.size && columns.kind(maker) === Kind.append;
    const chain: number[] = columns.values[0] === "" ? [columns.size] : [];
    for (let at = 0; at < held.length;) {
      const text = this.textAt(held, at);
      const maker = text === undefined ? undefined : this.makers.get(text);
      if (text === undefined || maker === undefined) return undefined;
      if (!isAppend(maker)) {
        if (at > 0) return undefined;
        chain.length = 0;
      }
      chain.push(maker);
      at += text.length;
    }
    const [root] = chain;
    return root === undefined || isAppend(root) ? undefined : chain;
  }

  private textAt(held: string, at: number): string | undefined {
    for (const length of this.lengths) {
      const text = held.slice(at, at + length);
      if (this.makers.has(text)) return text;
    }
    return undefined;
  }
}

/** The value that a change wrote, or the text that it appended. */
function written(columns: Columns, change: number): number {
  return columns.kind(change) === Kind.cas ? columns.b(change) : columns.a(change);
}
