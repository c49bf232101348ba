const LIMITS = { characters: 2000, items: 50, depth: 4 } as const;

/**
 * What `console.log` would print, on one line: `%s %d %i %f %j %o %O %c` in a leading string, then the rest
 * with spaces between.
 *
 * The result goes into the trace and its hash. So it must not depend on the version of Node or on where the
 * files lie, as `util.inspect` and the stack of an error do.
 */
export function formatArguments(args: readonly unknown[]): string {
  const [first, ...rest] = args;
  const parts =
    typeof first === "string" ? [substitute(first, rest)] : args.length > 0 ? [show(first, 0)] : [];
  for (const arg of rest) parts.push(typeof arg === "string" ? arg : show(arg, 0));
  const text = parts.join(" ").replace(/\r?\n/g, " ⏎ ");
  return text.length <= LIMITS.characters ? text : `${text.slice(0, LIMITS.characters)}…`;
}

/** Takes what it uses from the front of `rest`. */
function substitute(template: string, rest: unknown[]): string {
  return template.replace(/%[sdifjoOc%]/g, (directive) => {
    if (directive === "%%") return "%";
    if (rest.length === 0) return directive;
    const arg = rest.shift();
    switch (directive) {
      case "%c":
        return "";
      case "%d":
      case "%f":
        return typeof arg === "object" ? "NaN" : showNumber(Number(arg));
      case "%i":
        return typeof arg === "object" ? "NaN" : showNumber(Math.trunc(Number(arg)));
      default:
        return typeof arg === "string" && directive === "%s" ? arg : show(arg, 0);
    }
  });
}

function show(value: unknown, depth: number): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return showNumber(value);
    case "bigint":
      return `${value}n`;
    case "function":
      return "[function]"; // its name is not asked for: it may be a forbidden global
    case "object":
      return value === null ? "null" : showObject(value, depth);
    default:
      return String(value);
  }
}

function showNumber(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

function showObject(value: object, depth: number): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof RegExp) return String(value);
  const name = nameOf(value);
  if (depth >= LIMITS.depth) return Array.isArray(value) ? "[…]" : `${name}{…}`;
  const inner = (item: unknown): string => show(item, depth + 1);
  if (Array.isArray(value)) return list("[", value as unknown[], inner, "]");
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return list(`${name}[`, value as unknown as ArrayLike<unknown>, inner, "]");
  }
  if (value instanceof Map) {
    const pairs = [...(value as Map<unknown, unknown>)];
    return list(`${name}{`, pairs, ([key, item]) => `${inner(key)} => ${inner(item)}`, "}");
  }
  if (value instanceof Set) return list(`${name}{`, [...(value as Set<unknown>)], inner, "}");
  const pairs = Object.entries(value);
  const key = (text: string): string => (/^[A-Za-z_$][\w$]*$/.test(text) ? text : JSON.stringify(text));
  return list(`${name}{`, pairs, ([text, item]) => `${key(text)}: ${inner(item)}`, "}");
}

/** `Raft ` for an instance of Raft, nothing for a plain object. */
function nameOf(value: object): string {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || prototype === Object.prototype) return "";
  const { constructor } = prototype;
  const name: unknown = typeof constructor === "function" ? constructor.name : "";
  return typeof name === "string" && name !== "" ? `${name} ` : "";
}

function list<T>(open: string, items: ArrayLike<T>, text: (item: T) => string, close: string): string {
  const shown = Array.from({ length: Math.min(items.length, LIMITS.items) }, (_, i) => text(items[i] as T));
  if (items.length > LIMITS.items) shown.push(`… ${items.length - LIMITS.items} more`);
  const inside = shown.join(", ");
  return `${open}${open.endsWith("{") && inside !== "" ? ` ${inside} ` : inside}${close}`;
}
