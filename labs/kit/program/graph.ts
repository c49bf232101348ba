import { isShared } from "./plain";

/** Thrown by {@link copyGraph}; `path` names the field that cannot be captured. */
export class GraphError extends Error {
  override readonly name = "GraphError";

  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`${path} ${problem}`);
  }
}

/**
 * A private copy of an object and of all that hangs on it: plain data, undefined, Map, Set, Uint8Array and instances of
 * the program's own classes, with shared and cyclic references as they were. Deep-frozen copies of plain data are kept by reference.
 *
 * @param name - how an error calls the root
 * @param replace - objects that are not copied but replaced by others (a program's `ctx`)
 * @throws {@link GraphError} for functions and for built-in objects with hidden state
 */
export function copyGraph<T>(root: T, name: string, replace: ReadonlyMap<object, object> = new Map()): T {
  const copies = new Map<object, object>(replace);
  return copyNode(root, name, copies) as T;
}

function copyNode(value: unknown, path: string, copies: Map<object, object>): unknown {
  if (typeof value === "function") {
    throw new GraphError(
      path,
      "is a function; the fields of a program hold data, so that its state can be seen and captured",
    );
  }
  if (typeof value !== "object" || value === null) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  if (isShared(value)) return value;
  const out = emptyLike(value, path);
  copies.set(value, out);
  if (value instanceof Map) {
    for (const [key, item] of value as Map<unknown, unknown>) {
      (out as Map<unknown, unknown>).set(
        copyNode(key, `${path} key`, copies),
        copyNode(item, `${path}[${String(key)}]`, copies),
      );
    }
  } else if (value instanceof Set) {
    for (const item of value as Set<unknown>)
      (out as Set<unknown>).add(copyNode(item, `${path} item`, copies));
  }
  if (!ArrayBuffer.isView(value)) copyFields(value, out, path, copies);
  if (Object.isFrozen(value)) Object.freeze(out);
  return out;
}

function copyFields(from: object, to: object, path: string, copies: Map<object, object>): void {
  for (const key of Reflect.ownKeys(from)) {
    if (Array.isArray(from) && key === "length") continue;
    const field = Object.getOwnPropertyDescriptor(from, key);
    if (field === undefined) continue;
    const place = `${path}.${String(key)}`;
    if (field.get !== undefined || field.set !== undefined)
      throw new GraphError(place, "is a getter or setter of the object itself");
    if (field.writable === true && field.enumerable === true && field.configurable === true) {
      (to as Record<PropertyKey, unknown>)[key] = copyNode(field.value, place, copies);
    } else {
      Object.defineProperty(to, key, { ...field, value: copyNode(field.value, place, copies) });
    }
  }
}

function emptyLike(value: object, path: string): object {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (Array.isArray(value)) return Object.setPrototypeOf(new Array(value.length), prototype) as object;
  if (value instanceof Map) return Object.setPrototypeOf(new Map(), prototype) as object;
  if (value instanceof Set) return Object.setPrototypeOf(new Set(), prototype) as object;
  if (value instanceof Uint8Array) return value.slice();
  if (hasHiddenState(value)) {
    throw new GraphError(
      path,
      `is a ${value.constructor.name}; keep plain data, Map, Set or instances of your own classes`,
    );
  }
  return Object.create(prototype) as object;
}

function hasHiddenState(value: object): boolean {
  const tag = Object.prototype.toString.call(value);
  return tag !== "[object Object]" && tag !== "[object Error]";
}

/** Bytes that a link to an object, a number or a boolean takes, roughly. */
const WORD = 8;

/**
 * How much memory an object holds with all that hangs on it, in bytes, roughly: two for each character of a text, eight for
 * anything else. What is reached twice is counted once.
 *
 * @param without - objects that are not counted (a program's `ctx`)
 */
export function weighGraph(root: object, without: readonly object[] = []): number {
  const seen = new Set<unknown>(without);
  const waiting: unknown[] = [root];
  let bytes = 0;
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === "string") bytes += 2 * value.length;
    bytes += WORD;
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    if (value instanceof Uint8Array) bytes += value.byteLength;
    else if (value instanceof Map) for (const pair of value as Map<unknown, unknown>) waiting.push(...pair);
    else if (value instanceof Set) for (const item of value as Set<unknown>) waiting.push(item);
    else for (const item of Object.values(value)) waiting.push(item);
  }
  return bytes;
}
