import { Lineage, Stamp } from "./stamp";

/** Numbers, strings, booleans, null, arrays, plain objects and `Uint8Array`, nested at will. */
export type PlainData =
  | number
  | string
  | boolean
  | null
  | Uint8Array
  | readonly PlainData[]
  | { readonly [key: string]: PlainData | undefined };

/** True if `value` is a finished, deep-frozen copy made by `copyPlain`, which may be shared. */
export function isShared(value: object): boolean {
  return Stamp.bytesOf(value) !== undefined;
}

/** True for a plain object (not null, an array or bytes). */
export function isRecord(value: unknown): value is { readonly [key: string]: PlainData } {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
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
  let bytes = 2;
  if (isList(value)) {
    for (const item of value) bytes += 1 + sizeOfPlain(item);
    return bytes;
  }
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item !== undefined) bytes += 1 + utf8Bytes(key) + sizeOfPlain(item);
  }
  return bytes;
}

/**
 * Plain data as text: JSON, and bytes as hexadecimal digits in angle brackets. It depends on the value (and on the order
 * in which keys were written), never on which parts are shared; different values have different texts.
 */
export function textOfPlain(value: PlainData): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const known = Stamp.textOf(value);
  if (known !== undefined) return known;
  if (value instanceof Uint8Array) return `<${hexadecimal(value)}>`;
  if (isList(value)) return `[${value.map(textOfPlain).join(",")}]`;
  const properties: string[] = [];
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item !== undefined) properties.push(`${JSON.stringify(key)}:${textOfPlain(item)}`);
  }
  return `{${properties.join(",")}}`;
}

/** True if two pieces of plain data have the same value; the order of keys does not matter. */
export function equalPlain(a: PlainData | undefined, b: PlainData | undefined): boolean {
  return equal(a, b, false);
}

/** Like {@link equalPlain}, with the keys in the same order too: nothing tells the two apart. */
export function samePlain(a: PlainData | undefined, b: PlainData | undefined): boolean {
  return equal(a, b, true);
}

/**
 * How many leading items of two lists are equal (see {@link equalPlain}). A finished list knows how much it took over from the
 * list it was copied after, as with two saves in a row: only what follows is then looked at. Otherwise it is a scan.
 */
export function sharedPrefix(before: readonly PlainData[], after: readonly PlainData[]): number {
  const length = Math.min(before.length, after.length);
  if (before === after) return length;
  let same = knownPrefix(before, after);
  while (same < length && equalPlain(before[same], after[same])) same++;
  return same;
}

/** How many leading items are known to be the same objects, without a look at them. */
function knownPrefix(a: readonly PlainData[], b: readonly PlainData[]): number {
  return Math.max(Lineage.keptOf(a, b), Lineage.keptOf(b, a));
}

function equal(a: PlainData | undefined, b: PlainData | undefined, ordered: boolean): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const sizeA = Stamp.bytesOf(a);
  if (sizeA !== undefined) {
    const sizeB = Stamp.bytesOf(b);
    if (sizeB !== undefined && sizeA !== sizeB) return false; // most differences show here
  }
  if (a instanceof Uint8Array || b instanceof Uint8Array) {
    return a instanceof Uint8Array && b instanceof Uint8Array && sameBytes(a, b);
  }
  if (isList(a) || isList(b)) {
    return isList(a) && isList(b) && a.length === b.length && equalLists(a, b, ordered);
  }
  const keysA = keysOf(a);
  const keysB = keysOf(b);
  if (keysA.length !== keysB.length) return false;
  return keysA.every(
    (key, i) => (ordered ? key === keysB[i] : Object.hasOwn(b, key)) && equal(a[key], b[key], ordered),
  );
}

/** For two lists of one length. */
function equalLists(a: readonly PlainData[], b: readonly PlainData[], ordered: boolean): boolean {
  for (let i = knownPrefix(a, b); i < a.length; i++) if (!equal(a[i], b[i], ordered)) return false;
  return true;
}

/** A property that is undefined counts as absent. */
function keysOf(value: { readonly [key: string]: PlainData | undefined }): string[] {
  const keys = Object.keys(value);
  return isShared(value) ? keys : keys.filter((key) => value[key] !== undefined);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** `Array.isArray` forgets what is known of a readonly list. */
function isList(value: PlainData): value is readonly PlainData[] {
  return Array.isArray(value);
}

function hexadecimal(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
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
