/**
 * Copies of plain data. They are made at the border between a program and its driver, once. A finished copy
 * is deep-frozen and carries a private stamp with its size; later copies share a stamped part instead of walking it again.
 * That keeps the simple thing, `save({ currentTerm, votedFor, log })`, cheap for a long log.
 */
import { isRecord, isShared, samePlain, sizeOfPlain, type PlainData } from "./plain";
import { Shadow } from "./shadow";
import { Lineage, Stamp } from "./stamp";

/** Nesting beyond this depth is refused; a cycle always ends here. */
const MAX_DEPTH = 32;

/** More than this is refused (16 MiB): parts that are shared cost no memory, so a message could double with each trip. */
const MAX_BYTES = 16 * 1024 * 1024;

/** A list that has taken over as many items from the one before it will go on so: it is given a shadow. */
const LONG = 16;

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

/**
 * A deep-frozen private copy of `value`. Properties that are undefined are dropped. Bytes cannot be frozen, so whatever
 * holds a `Uint8Array` is copied anew each time.
 *
 * @param value - what a program wants to send, save or answer
 * @param name - how an error calls the root, e.g. `request` or `state`
 * @param previous - an earlier copy (the last save, say): equal parts of it are reused by identity,
 *   so that the cost of a copy is a scan plus what has changed (and, of a list that has changed, a pointer an item)
 * @throws {@link PlainDataError} for a function, a symbol, a bigint, a class instance, NaN or an infinity, a hole or
 *   `undefined` in an array, the key `__proto__`, a nesting deeper than 32, or more than 16 MiB
 */
export function copyPlain(value: unknown, name: string, previous?: PlainData): PlainData {
  const walk = { name, path: [] };
  const made = isSimple(value) ? value : copy(value, previous, walk);
  if (typeof made !== "string" && (typeof made !== "object" || made === null)) return made;
  if (sizeOfPlain(made) > MAX_BYTES) fail(walk, `has more than ${MAX_BYTES / 1024 / 1024} MiB`);
  return made;
}

/** Where the walk stands; joined into text only when something is wrong. */
interface Walk {
  readonly name: string;
  readonly path: (string | number)[];
}

function fail({ name, path }: Walk, problem: string): never {
  const steps = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
  const whole = steps === "" ? name : steps.startsWith(".") ? steps.slice(1) : `${name}${steps}`;
  throw new PlainDataError(whole, problem);
}

/** What needs no copy. Negative zero does: it prints like zero and would hide a difference. */
function isSimple(value: unknown): value is string | boolean | number | null {
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0);
  return typeof value === "string" || typeof value === "boolean" || value === null;
}

function copy(value: unknown, previous: PlainData | undefined, walk: Walk): PlainData {
  if (isSimple(value)) return value;
  if (typeof value === "number") return value === 0 ? 0 : fail(walk, `is ${value}; send finite numbers only`);
  if (value === undefined) fail(walk, "is undefined; use null for “nothing”");
  if (typeof value !== "object") fail(walk, `is a ${typeof value}; only plain data can be sent or saved`);
  if (value === null) return null;
  const depth = Stamp.depthOf(value);
  if (walk.path.length + (depth ?? 1) > MAX_DEPTH)
    fail(walk, `is nested deeper than ${MAX_DEPTH} levels (a cycle?)`);
  if (depth !== undefined) return reuse(value as PlainData, previous);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) {
    return copyObject(value as Record<string, unknown>, previous, walk);
  }
  if (Array.isArray(value)) return copyArray(value, previous, walk);
  if (value instanceof Uint8Array && ArrayBuffer.isView(value)) return new Uint8Array(value);
  return fail(walk, describeInstance(value));
}

/** Of two finished copies that nothing tells apart the earlier one, so that it keeps its identity. */
function reuse(value: PlainData, previous: PlainData | undefined): PlainData {
  return isFinished(previous) && samePlain(value, previous) ? previous : value;
}

function isFinished(value: PlainData | undefined): value is PlainData {
  return typeof value === "object" && value !== null && isShared(value);
}

function describeInstance(value: object): string {
  if (value instanceof Map) return "is a Map; send an array of pairs: [...map]";
  if (value instanceof Set) return "is a Set; send an array: [...set]";
  if (typeof (value as { then?: unknown }).then === "function")
    return "is a promise; handlers are synchronous";
  const constructor: unknown = value.constructor;
  const name = typeof constructor === "function" ? constructor.name : "";
  return `is an instance of ${name === "" ? "a class" : name}; send a plain object with its fields instead`;
}

/** Copies one item of the list or object at which the walk stands. */
function copyPart(
  item: unknown,
  step: string | number,
  before: PlainData | undefined,
  walk: Walk,
): PlainData {
  if (isSimple(item)) return item;
  walk.path.push(step);
  const made = copy(item, before, walk);
  walk.path.pop();
  return made;
}

// The following go along the earlier copy for as long as nothing differs, and build a new one only from there.

function copyArray(value: readonly unknown[], previous: PlainData | undefined, walk: Walk): PlainData {
  const old = isFinished(previous) && Array.isArray(previous) ? (previous as readonly PlainData[]) : EMPTY;
  const shadow = Lineage.takeShadow(old) ?? (Lineage.kept(old) < LONG ? undefined : new Shadow(old));
  if (shadow !== undefined) return copyLong(value, old, shadow, walk);
  let out: PlainData[] | undefined;
  let kept = 0;
  for (let i = 0; i < value.length; i++) {
    const before = old[i];
    const item = value[i];
    // What stands in a finished list is finished itself.
    const made = item === before && before !== undefined ? before : copyPart(item, i, before, walk);
    if (out !== undefined) {
      out.push(made);
    } else if (made === before) {
      kept++;
    } else {
      out = firstItems(old, kept);
      out.push(made);
    }
  }
  if (out === undefined && kept === old.length) return old;
  return finishArray(out ?? firstItems(old, kept), old, kept);
}

/** Does the same for a list that grows from copy to copy. */
function copyLong(
  value: readonly unknown[],
  old: readonly PlainData[],
  shadow: Shadow<PlainData>,
  walk: Walk,
): PlainData {
  const kept = shadow.follow(value, (i, before) => copyPart(value[i], i, before, walk));
  for (let i = shadow.length; i < value.length; i++) {
    const item = value[i];
    shadow.add(copyPart(item, i, old[i], walk), item);
  }
  const same = kept === old.length && shadow.length === kept;
  const list = same ? old : finishArray(shadow.list(), old, kept);
  Lineage.giveShadow(list, shadow);
  return list;
}

/** Slicing a frozen list takes many times as long as spreading it. */
function firstItems(list: readonly PlainData[], count: number): PlainData[] {
  return [...list].slice(0, count);
}

/** Only what follows the part that was kept has to be weighed: logs are long, and grow at their end. */
function finishArray(made: PlainData[], old: readonly PlainData[], kept: number): readonly PlainData[] {
  let inside = kept < old.length ? depthOfItems(made, 0, kept) : depthInside(old);
  for (let i = kept; i < made.length; i++) if (!isShareable(made[i] ?? null)) return Object.freeze(made);
  inside = Math.max(inside, depthOfItems(made, kept, made.length));
  const bytes = sizeOfPlain(old) - sizeFrom(old, kept) + sizeFrom(made, kept);
  Lineage.seal(made, { bytes, depth: inside + 1 }, old, kept);
  return made;
}

/** How deep the deepest of these finished items is nested. */
function depthOfItems(list: readonly PlainData[], from: number, to: number): number {
  let depth = 0;
  for (let i = from; i < to; i++) depth = Math.max(depth, depthOf(list[i] ?? null));
  return depth;
}

function depthOf(item: PlainData): number {
  return typeof item === "object" && item !== null ? (Stamp.depthOf(item) ?? 0) : 0;
}

/** The same for all items of a finished list. */
function depthInside(list: readonly PlainData[]): number {
  return depthOf(list) - 1;
}

/** What the items from place `from` on contribute to the size of their list. */
function sizeFrom(list: readonly PlainData[], from: number): number {
  let bytes = 0;
  for (let i = from; i < list.length; i++) bytes += 1 + sizeOfPlain(list[i] ?? null);
  return bytes;
}

function copyObject(value: Record<string, unknown>, previous: PlainData | undefined, walk: Walk): PlainData {
  const old = isFinished(previous) && isRecord(previous) ? previous : undefined;
  const oldKeys = old === undefined ? [] : Object.keys(old);
  let out: Record<string, PlainData> | undefined = old === undefined ? {} : undefined;
  let count = 0;
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item === undefined) continue;
    const before = old?.[key];
    const made = copyPart(item, key, before, walk);
    if (out === undefined) {
      if (made === before && key === oldKeys[count]) {
        count++;
        continue;
      }
      out = firstOf(old, oldKeys, count);
    }
    if (key === "__proto__") fail({ ...walk, path: [...walk.path, key] }, "is a forbidden key");
    out[key] = made;
  }
  if (out === undefined && old !== undefined && count === oldKeys.length) return old;
  if (Object.getOwnPropertySymbols(value).length > 0) fail(walk, "has a symbol as a key");
  return finishObject(out ?? firstOf(old, oldKeys, count));
}

function firstOf(
  old: { readonly [key: string]: PlainData } | undefined,
  keys: readonly string[],
  count: number,
): Record<string, PlainData> {
  const out: Record<string, PlainData> = {};
  for (const key of keys.slice(0, count)) {
    const item = old?.[key];
    if (item !== undefined) out[key] = item;
  }
  return out;
}

function finishObject(made: Record<string, PlainData>): PlainData {
  const items = Object.values(made);
  if (!items.every(isShareable)) return Object.freeze(made);
  Stamp.seal(made, sizeOfPlain(made), depthOfItems(items, 0, items.length) + 1);
  return made;
}

function isShareable(value: PlainData): boolean {
  return typeof value !== "object" || value === null || isShared(value);
}

/** Every list begins like this one. */
const EMPTY: readonly PlainData[] = [];
Lineage.seal(EMPTY, { bytes: sizeOfPlain(EMPTY), depth: 1 }, [], 0);
