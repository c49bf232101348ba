/**
 * What a long finished list looks like to the next copy: a log is saved again and again, mostly with the objects that
 * were saved before, and these may have been edited since. V8 reads frozen lists several times slower than others, and comparing two
 * objects by names that differ from call to call costs more than reading a row of values; so the values are kept here in a row.
 *
 * A shadow belongs to the newest version of its list and moves on with it, see `Lineage`.
 *
 * @typeParam Item - finished plain data
 */
export class Shadow<Item> {
  /** The items of the list, which is frozen itself. */
  private readonly items: Item[] = [];
  /** What the program gave for each item. Its kind was looked at then, and an object does not change its kind. */
  private readonly sources: unknown[] = [];
  /** For each item a row: how many places it takes, then keys and values in turn; a value that is an object has its own row behind it. */
  private readonly fields: unknown[] = [];
  /** Where the row of each item begins. */
  private readonly rows: number[] = [];

  constructor(list: readonly Item[]) {
    for (const item of list) this.add(item, item);
  }

  get length(): number {
    return this.items.length;
  }

  /** The items as a list of its own. */
  list(): Item[] {
    return this.items.slice();
  }

  /** Appends a finished item that was made from `source`. */
  add(item: Item, source: unknown): void {
    this.items.push(item);
    this.sources.push(source);
    this.rows.push(this.fields.length);
    this.addRow(item);
  }

  /**
   * Goes along `value` for as long as its items are equal to those of the list; drops what follows.
   *
   * @param copyItem - copies the item at a place where more than a glance is needed, after the finished item `before`
   * @returns how many items were kept; the first that differs has been copied and added
   */
  follow(value: readonly unknown[], copyItem: (at: number, before: Item) => Item): number {
    const { items, sources, rows } = this;
    for (let i = 0; i < items.length; i++) {
      const before = items[i];
      if (i >= value.length || before === undefined) {
        this.cut(i);
        return i;
      }
      const source = value[i];
      if (source === before) continue;
      const row = rows[i] ?? 0;
      if (!(source === sources[i] && this.fits(source, row))) {
        if (!(isOfRecordKind(source) && this.fits(source, row))) {
          const made = copyItem(i, before);
          if (made !== before) {
            this.cut(i);
            this.add(made, source);
            return i;
          }
        }
        sources[i] = source;
      }
    }
    return items.length;
  }

  private addRow(item: unknown): void {
    const { fields } = this;
    const row = fields.push(0) - 1;
    if (Array.isArray(item) || item instanceof Uint8Array) {
      fields.push(undefined, undefined); // no key is like this: it is left to a real comparison
    } else if (isObject(item)) {
      for (const [key, value] of Object.entries(item)) {
        fields.push(key, value);
        if (isObject(value)) this.addRow(value);
      }
    }
    fields[row] = fields.length - row;
  }

  /** True if `source` has exactly the keys and values of a row, in its order. */
  private fits(source: unknown, row: number): boolean {
    const { fields } = this;
    let at = row + 1;
    for (const key in source as { [key: string]: unknown }) {
      const value = (source as { [key: string]: unknown })[key];
      const before = fields[at + 1];
      if (fields[at] !== key) return false;
      at += 2;
      if (isObject(before)) {
        if (value !== before && !(isOfRecordKind(value) && this.fits(value, at))) return false;
        at += fields[at] as number;
      } else if (value !== before) return false;
    }
    return at === row + (fields[row] as number);
  }

  private cut(length: number): void {
    this.fields.length = this.rows[length] ?? this.fields.length;
    this.items.length = length;
    this.sources.length = length;
    this.rows.length = length;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isOfRecordKind(value: unknown): boolean {
  return isObject(value) && Object.getPrototypeOf(value) === Object.prototype;
}
