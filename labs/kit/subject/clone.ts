/**
 * `structuredClone` for programs: a deep copy of data, Map, Set, bytes and errors, with shared and cyclic
 * references as they were. Instances of classes become plain objects, as in the real one.
 *
 * @throws TypeError for a function or a symbol
 */
export function cloneStructured(value: unknown): unknown {
  return clone(value, new Map());
}

function clone(value: unknown, done: Map<object, unknown>): unknown {
  if (typeof value === "function" || typeof value === "symbol") {
    throw new TypeError(`structuredClone: a ${typeof value} cannot be cloned`);
  }
  if (typeof value !== "object" || value === null) return value;
  if (done.has(value)) return done.get(value);
  if (ArrayBuffer.isView(value)) return cloneView(value, done);
  const made = emptyLike(value);
  done.set(value, made);
  if (value instanceof Map) {
    const map = made as Map<unknown, unknown>;
    for (const [key, item] of value as Map<unknown, unknown>) map.set(clone(key, done), clone(item, done));
  } else if (value instanceof Set) {
    const set = made as Set<unknown>;
    for (const item of value as Set<unknown>) set.add(clone(item, done));
  } else if (!(value instanceof ArrayBuffer || value instanceof RegExp || value instanceof Error)) {
    for (const key of Object.keys(value)) {
      const item = clone((value as Record<string, unknown>)[key], done);
      Object.defineProperty(made, key, { value: item, writable: true, enumerable: true, configurable: true });
    }
  }
  return made;
}

function emptyLike(value: object): object {
  if (Array.isArray(value)) return new Array<unknown>(value.length);
  if (value instanceof Map) return new Map();
  if (value instanceof Set) return new Set();
  if (value instanceof ArrayBuffer) return value.slice(0);
  if (value instanceof RegExp) return new RegExp(value.source, value.flags);
  if (value instanceof Error) {
    const error = new Error(value.message);
    error.name = value.name;
    return error;
  }
  return {};
}

/** Two views of one buffer stay two views of one buffer. */
function cloneView(view: ArrayBufferView, done: Map<object, unknown>): unknown {
  const buffer = clone(view.buffer, done);
  const type = view.constructor as new (buffer: unknown, offset: number, length: number) => object;
  const size = "BYTES_PER_ELEMENT" in view ? Number(view.BYTES_PER_ELEMENT) : 1;
  const made = new type(buffer, view.byteOffset, view.byteLength / size);
  done.set(view, made);
  return made;
}
