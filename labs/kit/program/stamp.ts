/** A base class whose constructor returns the object it is given: the fields of a derived class are then laid on that one. */
class Carrier {
  constructor(object: object) {
    return object;
  }
}

/** Names lists; a program never sees it. */
let lists = 0;

/** The mark of a finished list beside its {@link Stamp}: which list it continues, and how far. */
export class Descent extends Carrier {
  readonly #name = ++lists;
  readonly #from: number;
  readonly #kept: number;

  constructor(list: object, old: object, kept: number) {
    super(list);
    this.#from = #name in old ? old.#name : 0;
    this.#kept = kept;
  }

  /** How many leading items `list` is known to have taken over from `old`; 0 if nothing is known. */
  static keptOf(list: object, old: object): number {
    return #name in list && #name in old && list.#from === old.#name ? list.#kept : 0;
  }
}

/**
 * The mark of a finished, deep-frozen copy: private fields that are laid on the object itself. No program can read
 * or forge them, they cost a property access instead of a WeakMap look-up, and they die with the object.
 */
export class Stamp extends Carrier {
  readonly #bytes: number;
  /** Filled in when it is first asked for. */
  #text: string | undefined = undefined;

  private constructor(object: object, bytes: number) {
    super(object);
    this.#bytes = bytes;
  }

  /** Freezes `object`, whose parts are all simple values or sealed, and marks it as finished. */
  static seal(object: object, bytes: number): void {
    new Stamp(object, bytes);
    Object.freeze(object);
  }

  /**
   * Does the same to a list, whose first `kept` items are those of the finished list `old`. It remembers `old` by a number
   * alone: a reference would keep every earlier version of a log alive.
   */
  static sealList(list: object, bytes: number, old: object, kept: number): void {
    new Descent(list, old, kept);
    Stamp.seal(list, bytes);
  }

  /** The size of a finished copy; undefined for anything else. */
  static bytesOf(object: object): number | undefined {
    return #bytes in object ? object.#bytes : undefined;
  }

  /** A finished copy as JSON, written once; undefined for anything else. */
  static textOf(object: object): string | undefined {
    return #bytes in object ? (object.#text ??= JSON.stringify(object)) : undefined;
  }
}
