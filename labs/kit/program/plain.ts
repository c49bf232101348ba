/**
 * Plain data: what crosses the wire, the disk and the border between a program and its driver.
 *
 * Copies are made at that border, once. A finished copy is deep-frozen and carries a private
 * stamp with its size; a stamped part is shared by later copies instead of being walked again.
 * That keeps the simple thing, `save({ currentTerm, votedFor, log })`, cheap for a long log.
 */

/** Numbers, strings, booleans, null, arrays, plain objects and `Uint8Array`, nested at will. */
export type PlainData =
  | number
  | string
  | boolean
  | null
  | Uint8Array
  | readonly PlainData[]
  | { readonly [key: string]: PlainData | undefined };

/** Nesting beyond this depth is refused; a cycle always ends here. */
const MAX_DEPTH = 32;

/** Thrown by {@link copyPlain}; `path` says where the offending value sits, e.g. `entries[3].command`. */
export class PlainDataError extends Error {
  override readonly name = "PlainDataError";

  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`${path} ${problem}`);
  }
}

class Identity {
  constructor(object: object) {
    return object;
  }
}

/**
 * The stamp: a private field that is laid on a finished copy (a base constructor may return any
 * object, and the fields of the derived class are then added to that one). No program can read it or forge
 * it, it costs a property access instead of a WeakMap look-up, and it dies with the object.
 */
class Stamp extends Identity {
  #bytes: number;

  private constructor(object: object, bytes: number) {
    super(object);
    this.#bytes = bytes;
  }

  static seal(object: object, bytes: number): void {
    new Stamp(object, bytes);
    Object.freeze(object);
  }

  static bytesOf(object: object): number | undefined {
    return #bytes in object ? object.#bytes : undefined;
  }
}

/** True if `value` is a finished, deep-frozen copy made by {@link copyPlain}, which may be shared. */
export function isShared(value: object): boolean {
  return Stamp.bytesOf(value) !== undefined;
}

/**
 * A deep-frozen private copy of `value`. Properties that are undefined are dropped.
 *
 * @param value - what a program wants to send, save or answer
 * @param name - how an error calls the root, e.g. `request` or `state`
 * @param previous - an earlier copy (the last save, say): equal parts of it are reused by identity,
 *   so that the cost of a copy is a scan plus what has changed
 * @throws {@link PlainDataError} for a function, a symbol, a bigint, a class instance, NaN or an infinity, a hole or
 *   `undefined` in an array, the key `__proto__`, or a nesting deeper than 32
 */
export function copyPlain(value: unknown, name: string, previous?: PlainData): PlainData {
  return copy(value, previous, { name, path: [] });
}

/** Where the walk stands; joined into text only when something is wrong. */
interface Place {
  readonly name: string;
  readonly path: (string | number)[];
}

function fail(place: Place, problem: string): never {
  const path = place.path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
  const whole = path === "" ? place.name : path.startsWith(".") ? path.slice(1) : `${place.name}${path}`;
  throw new PlainDataError(whole, problem);
}

function copy(value: unknown, previous: PlainData | undefined, place: Place): PlainData {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      if (!Number.isFinite(value)) fail(place, `is ${value}; send finite numbers only`);
      return value === 0 ? 0 : value; // no negative zero: it prints like zero and would hide a difference
    case "object":
      break;
    case "undefined":
      return fail(place, "is undefined; use null for “nothing”");
    default:
      return fail(place, `is a ${typeof value}; only plain data can be sent or saved`);
  }
  if (value === null) return null;
  if (isShared(value)) return equalPlain(value as PlainData, previous) ? (previous as PlainData) : (value as PlainData);
  if (place.path.length >= MAX_DEPTH) fail(place, `is nested deeper than ${MAX_DEPTH} levels (a cycle?)`);
  if (Array.isArray(value)) return copyArray(value, previous, place);
  if (value instanceof Uint8Array) return value.slice();
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) fail(place, describeInstance(value));
  return copyObject(value as Record<string, unknown>, previous, place);
}

function describeInstance(value: object): string {
  const constructor: unknown = value.constructor;
  const kind = typeof constructor === "function" && constructor.name !== "" ? constructor.name : "class instance";
  if (value instanceof Map) return "is a Map; send an array of pairs: [...map]";
  if (value instanceof Set) return "is a Set; send an array: [...set]";
  if (typeof (value as { then?: unknown }).then === "function") return "is a promise; handlers are synchronous";
  return `is a ${kind}; send a plain object with its fields instead`;
}

function copyArray(value: readonly unknown[], previous: PlainData | undefined, place: Place): PlainData {
  const old: readonly PlainData[] | undefined = Array.isArray(previous) ? (previous as PlainData[]) : undefined;
  // Follow the previous copy for as long as nothing differs; allocate only at the first difference.
  let out: PlainData[] | undefined = old === undefined || old.length > value.length ? [] : undefined;
  for (let i = 0; i < value.length; i++) {
    const before = old?.[i];
    const item = value[i];
    let made: PlainData;
    if (item === before && item !== undefined && (typeof item !== "object" || item === null || isShared(item))) {
      made = before as PlainData;
    } else {
      place.path.push(i);
      made = copy(item, before, place);
      place.path.pop();
    }
    if (out === undefined && (made !== before || before === undefined)) out = (old ?? []).slice(0, i);
    out?.push(made);
  }
  if (out === undefined) return old as PlainData;
  return finish(out, sizeOfArray(out), out.every(shareable));
}

function copyObject(value: Record<string, unknown>, previous: PlainData | undefined, place: Place): PlainData {
  const old = isRecord(previous) ? previous : undefined;
  const out: Record<string, PlainData> = {};
  let same = old !== undefined && isShared(old);
  let canShare = true;
  let count = 0;
  let bytes = 2;
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item === undefined) continue;
    place.path.push(key);
    if (key === "__proto__") fail(place, "is a forbidden key");
    const before = old?.[key];
    const made = copy(item, before, place);
    place.path.pop();
    out[key] = made;
    count++;
    bytes += utf8Bytes(key) + 1 + sizeOfPlain(made);
    if (made !== before) same = false;
    canShare &&= shareable(made);
  }
  if (Object.getOwnPropertySymbols(value).length > 0) fail(place, "has a symbol as a key");
  if (same && count === Object.keys(old as object).length) return old as PlainData;
  return finish(out, bytes, canShare);
}

/** Typed arrays cannot be frozen, so whatever holds one is copied anew each time. */
function shareable(value: PlainData): boolean {
  return typeof value !== "object" || value === null || isShared(value);
}

function finish(made: object, bytes: number, canShare: boolean): PlainData {
  if (canShare) Stamp.seal(made, bytes);
  else Object.freeze(made);
  return made as PlainData;
}

/**
 * True if two pieces of plain data have the same value. Finished copies of different size are told apart at once.
 */
export function equalPlain(a: PlainData | undefined, b: PlainData | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const sizes = [Stamp.bytesOf(a), Stamp.bytesOf(b)];
  if (sizes[0] !== undefined && sizes[1] !== undefined && sizes[0] !== sizes[1]) return false;
  if (a instanceof Uint8Array || b instanceof Uint8Array) {
    return a instanceof Uint8Array && b instanceof Uint8Array && sameItems([...a], [...b]);
  }
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && sameItems(a, b);
  const left = a as Record<string, PlainData>;
  const right = b as Record<string, PlainData>;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && equalPlain(left[key], right[key]))
  );
}

function sameItems(a: readonly PlainData[], b: readonly PlainData[]): boolean {
  return a.length === b.length && a.every((item, i) => equalPlain(item, b[i]));
}

/** True for a plain object (not null, an array or bytes). */
export function isRecord(value: unknown): value is { readonly [key: string]: PlainData } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

/**
 * The size of plain data in bytes, as the network and the disk count it: 8 a number, 1 a boolean or null,
 * 2 and its UTF-8 bytes a string, 2 and its content (1 an item, 1 and the key a property) a list or object.
 */
export function sizeOfPlain(value: PlainData): number {
  if (typeof value === "number") return 8;
  if (typeof value === "string") return 2 + utf8Bytes(value);
  if (typeof value !== "object" || value === null) return 1;
  const known = Stamp.bytesOf(value);
  if (known !== undefined) return known;
  if (value instanceof Uint8Array) return 2 + value.length;
  if (Array.isArray(value)) return sizeOfArray(value as PlainData[]);
  let bytes = 2;
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) bytes += utf8Bytes(key) + 1 + sizeOfPlain(item as PlainData);
  }
  return bytes;
}

function sizeOfArray(items: readonly PlainData[]): number {
  let bytes = 2;
  for (const item of items) bytes += 1 + sizeOfPlain(item);
  return bytes;
}

function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    // A surrogate pair is four bytes, counted as two for each of its halves.
    bytes += code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}
