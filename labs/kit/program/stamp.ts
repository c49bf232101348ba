import type { Shadow } from "./shadow";

/** A base class whose constructor returns the object it is given: the fields of a derived class are then laid on that one. */
class Carrier {
  constructor(object: object) {
    return object;
  }
}

/**
 * The mark of a finished, deep-frozen copy: private fields that are laid on the object itself. No program can read
 * or forge them, they cost a property access instead of a WeakMap look-up, and they die with the object.
 */
export class Stamp extends Carrier {
  readonly #bytes: number;
  /** Levels of lists and objects, itself included. */
  readonly #depth: number;
  /** Filled in when it is first asked for. */
  #text: string | undefined = undefined;

  private constructor(object: object, bytes: number, depth: number) {
    super(object);
    this.#bytes = bytes;
    this.#depth = depth;
  }

  /** Freezes `object`, whose parts are all simple values or sealed, and marks it as finished. */
  static seal(object: object, bytes: number, depth: number): void {
    new Stamp(object, bytes, depth);
    Object.freeze(object);
  }

  /** The size of a finished copy; undefined for anything else. */
  static bytesOf(object: object): number | undefined {
    return #bytes in object ? object.#bytes : undefined;
  }

  /** How deep a finished copy is nested; undefined for anything else. */
  static depthOf(object: object): number | undefined {
    return #bytes in object ? object.#depth : undefined;
  }

  /** A finished copy as JSON, written once; undefined for anything else. */
  static textOf(object: object): string | undefined {
    return #bytes in object ? (object.#text ??= JSON.stringify(object)) : undefined;
  }
}

/** Names lists; a program never sees it. */
let lists = 0;

/**
 * What a finished list carries beside its {@link Stamp}: which list it continues, and how far. That one is remembered by a
 * number: a reference would keep every earlier version of a log alive.
 */
export class Lineage extends Carrier {
  readonly #name = ++lists;
  readonly #from: number;
  readonly #kept: number;
  #shadow: Shadow<unknown> | undefined = undefined;

  private constructor(list: object, old: object, kept: number) {
    super(list);
    this.#from = #name in old ? old.#name : 0;
    this.#kept = kept;
  }

  /** Freezes and marks a list, of which the first `kept` items are those of the finished list `old`. */
  static seal(
    list: readonly unknown[],
    { bytes, depth }: { readonly bytes: number; readonly depth: number },
    old: readonly unknown[],
    kept: number,
  ): void {
    new Lineage(list, old, kept);
    Stamp.seal(list, bytes, depth);
  }

  /** How many leading items `list` is known to have taken over from `old`; 0 if nothing is known. */
  static keptOf(list: readonly unknown[], old: readonly unknown[]): number {
    return #name in list && #name in old && list.#from === old.#name ? list.#kept : 0;
  }

  /** How many leading items `list` took over from the one before it, whichever that was. */
  static kept(list: readonly unknown[]): number {
    return #name in list ? list.#kept : 0;
  }

  /** Hands out the shadow of a list, which has none from then on: only one copy at a time may change it. */
  static takeShadow<Item>(list: readonly Item[]): Shadow<Item> | undefined {
    if (!(#name in list)) return undefined;
    const shadow = list.#shadow as Shadow<Item> | undefined;
    list.#shadow = undefined;
    return shadow;
  }

  /** Gives a finished list its shadow. */
  static giveShadow<Item>(list: readonly Item[], shadow: Shadow<Item>): void {
    if (#name in list) list.#shadow = shadow;
  }
}
