import { allowedGlobals } from "./globals";

/**
 * Remembers the built-in objects that programs share with each other and with us. The returned function names what has
 * changed since (`Array.prototype.last`) and puts it back as far as it can.
 *
 * At the desk programs run on the host's own built-ins. Freezing those would break honest code (assigning `toString` to an
 * object fails when `Object.prototype` is frozen) and other libraries in the process; so changes are noticed instead. That is a
 * courtesy to students, not a wall against attackers: that one is the sandbox.
 */
export function watchBuiltins(): () => string[] {
  const before = builtins().map(({ name, object }) => ({ name, object, own: ownProperties(object) }));
  return () => before.flatMap(({ name, object, own }) => changes(name, object, own));
}

type Own = ReadonlyMap<PropertyKey, PropertyDescriptor>;

function changes(name: string, object: object, before: Own): string[] {
  const now = ownProperties(object);
  const changed: string[] = [];
  for (const [key, was] of before) {
    const is = now.get(key);
    if (is !== undefined && sameProperty(was, is)) continue;
    changed.push(`${name}.${String(key)}`);
    Reflect.defineProperty(object, key, was);
  }
  for (const key of now.keys()) {
    if (before.has(key)) continue;
    changed.push(`${name}.${String(key)}`);
    Reflect.deleteProperty(object, key);
  }
  return changed;
}

function ownProperties(object: object): Own {
  const own = new Map<PropertyKey, PropertyDescriptor>();
  for (const key of Reflect.ownKeys(object)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(object, key);
    if (descriptor !== undefined) own.set(key, descriptor);
  }
  return own;
}

function sameProperty(a: PropertyDescriptor, b: PropertyDescriptor): boolean {
  return (
    Object.is(a.value, b.value) &&
    a.get === b.get &&
    a.set === b.set &&
    a.writable === b.writable &&
    a.enumerable === b.enumerable &&
    a.configurable === b.configurable
  );
}

interface Builtin {
  readonly name: string;
  readonly object: object;
}

let list: readonly Builtin[] | undefined;

function builtins(): readonly Builtin[] {
  list ??= collectBuiltins();
  return list;
}

function collectBuiltins(): Builtin[] {
  const found = new Map<object, string>();
  const add = (name: string, object: unknown): void => {
    const isObject = (typeof object === "object" && object !== null) || typeof object === "function";
    if (isObject && !found.has(object) && !Object.isFrozen(object)) found.set(object, name);
  };
  for (const [name, value] of allowedGlobals()) {
    if (name === "globalThis" || name === "structuredClone") continue; // ours, and no way to anything of the host
    add(name, value);
    if (typeof value === "function") add(`${name}.prototype`, value.prototype);
  }
  add("Function.prototype", Function.prototype);
  // Not reachable by a name, but by `Object.getPrototypeOf`.
  add("TypedArray", Object.getPrototypeOf(Uint8Array));
  add("TypedArray.prototype", Object.getPrototypeOf(Uint8Array.prototype));
  const iterators = { Array: [], Map: new Map(), Set: new Set(), String: "" };
  for (const [name, iterable] of Object.entries(iterators)) {
    const iterator: unknown = Object.getPrototypeOf((iterable as Iterable<unknown>)[Symbol.iterator]());
    add(`${name} iterator`, iterator);
    add("Iterator.prototype", Object.getPrototypeOf(iterator));
  }
  add("Generator.prototype", Object.getPrototypeOf(Object.getPrototypeOf((function* () {})())));
  return [...found].map(([object, name]) => ({ name, object }));
}
