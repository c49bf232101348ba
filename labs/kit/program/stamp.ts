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

  /** The size of a finished copy; undefined for anything else. */
  static bytesOf(object: object): number | undefined {
    return #bytes in object ? object.#bytes : undefined;
  }

  /** A finished copy as JSON, written once; undefined for anything else. */
  static textOf(object: object): string | undefined {
    return #bytes in object ? (object.#text ??= JSON.stringify(object)) : undefined;
  }
}
