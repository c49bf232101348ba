import { allowedGlobals } from "./globals";

/**
 * Remembers the built-in objects that programs share with each other and with us. The returned function names
 * what has changed since (`Array.prototype.last`) and puts it back as far as it can.
 *
 * At the desk programs run on the host's own built-ins. Freezing those would break honest code (assigning
 * `toString` to an object fails when `Object.prototype` is frozen) and other libraries in the process; so
 * changes are noticed instead. That is a courtesy to students, not a wall against attackers: that one is the
 * sandbox.
 */
export function watchBuiltins(): () => string[] {
  const all = builtins();
  const before: Own[] = [];
  for (let i = 0; i < all.length; i++) before[i] = ownProperties(all[i]?.object ?? all);
  return () => {
    const changed: string[] = [];
    for (let i = 0; i < all.length; i++) {
      const { name, object } = all[i] ?? { name: "", object: all };
      const keys = putBack(object, before[i] ?? { keys: [], descriptors: [] });
      for (let k = 0; k < keys.length; k++) changed[changed.length] = `${name}.${asText(keys[k])}`;
    }
    return changed;
  };
}

// What a program may have replaced is not used to find out: hence no iterators and no methods here.
const { ownKeys, getOwnPropertyDescriptor, defineProperty, deleteProperty } = Reflect;
const isSame = Object.is;
const asText = String;

interface Own {
  readonly keys: readonly PropertyKey[];
  readonly descriptors: readonly (PropertyDescriptor | undefined)[];
}

function ownProperties(object: object): Own {
  const keys = ownKeys(object);
  const descriptors: (PropertyDescriptor | undefined)[] = [];
  for (let i = 0; i < keys.length; i++) descriptors[i] = getOwnPropertyDescriptor(object, keys[i] ?? "");
  return { keys, descriptors };
}

/** @returns the keys of the properties that had changed */
function putBack(object: object, before: Own): PropertyKey[] {
  const changed: PropertyKey[] = [];
  const now = ownKeys(object);
  for (let i = 0; i < now.length; i++) {
    const key = now[i] ?? "";
    if (before.keys[i] === key || contains(before.keys, key)) continue;
    changed[changed.length] = key;
    deleteProperty(object, key);
  }
  for (let i = 0; i < before.keys.length; i++) {
    const key = before.keys[i] ?? "";
    const was = before.descriptors[i];
    const is = getOwnPropertyDescriptor(object, key);
    if (was === undefined || (is !== undefined && sameProperty(was, is))) continue;
    changed[changed.length] = key;
    defineProperty(object, key, was);
  }
  return changed;
}

function contains(keys: readonly PropertyKey[], key: PropertyKey): boolean {
  for (let i = 0; i < keys.length; i++) if (keys[i] === key) return true;
  return false;
}

function sameProperty(a: PropertyDescriptor, b: PropertyDescriptor): boolean {
  return (
    isSame(a.value, b.value) &&
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
  add("Object.prototype", Object.prototype); // first: property descriptors inherit from it
  for (const [name, value] of allowedGlobals()) {
    if (name === "globalThis" || name === "structuredClone") continue; // ours, not the host's
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
