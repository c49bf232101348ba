import { ForbiddenError } from "../program/errors";
import { cloneStructured } from "./clone";
import { programConsole } from "./console";
import { WELL_KNOWN, forbid, forbidden, forbiddenRandom } from "./forbidden";

/**
 * The globals a program has, at the student's desk and in a sandbox alike. What is missing here is missing
 * everywhere:
 *
 * - nothing that knows the clock, chance, the machine or its language;
 * - nothing that waits: handlers run to their end, so there are no promises;
 * - nothing that hides state (`WeakMap`, `Proxy` …): worlds are captured and restored.
 *
 * These are the host's own objects, so `instanceof` works on both sides and they cost nothing. In exchange a
 * program could change a prototype for everybody; `watchBuiltins` notices that.
 */
const ALLOWED = [
  ..."Object Array Map Set Number String Boolean BigInt Symbol RegExp JSON Reflect".split(" "),
  ..."Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError".split(" "),
  ..."ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array".split(
    " ",
  ),
  ..."Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array".split(" "),
  ..."isNaN isFinite parseInt parseFloat".split(" "),
  ..."encodeURI encodeURIComponent decodeURI decodeURIComponent".split(" "),
] as const;

/** Words of the language that look like globals. */
const CONSTANTS = new Map<string, unknown>([
  ["undefined", undefined],
  ["NaN", NaN],
  ["Infinity", Infinity],
]);

/** Every global of a program by name, in a fixed order; the two lists have the same length. */
export interface GlobalScope {
  readonly names: readonly string[];
  readonly values: readonly unknown[];
}

let scope: GlobalScope | undefined;

/** {@link makeScope} with the host's own objects, made once. */
export function globalScope(): GlobalScope {
  scope ??= makeScope(globalThis);
  return scope;
}

/**
 * What a module of a submission sees under each global name: the allowed ones, and in place of everything
 * else that the host has, something that throws {@link ForbiddenError} when used and names the verb of `ctx`
 * to use instead.
 *
 * @param realm - whose objects are offered
 */
export function makeScope(realm: object): GlobalScope {
  const all = allowedGlobals(realm);
  const host = Object.getOwnPropertyNames(globalThis).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
  for (const name of [...WELL_KNOWN, ...host]) {
    const taken = all.has(name) || CONSTANTS.has(name) || name === "exports" || name === "require";
    if (!taken) all.set(name, forbidden(name));
  }
  return { names: [...all.keys()], values: [...all.values()] };
}

type Globals = Readonly<Record<string, unknown>>;

/** The allow-list with its values, `globalThis` among them. */
export function allowedGlobals(realm: object = globalThis): Map<string, unknown> {
  const allowed = new Map<string, unknown>();
  // A compartment of SES lacks arrays of floating-point numbers; those of its surroundings are frozen and do as well.
  for (const name of ALLOWED) allowed.set(name, (realm as Globals)[name] ?? (globalThis as Globals)[name]);
  allowed.set("Math", frozenMath());
  allowed.set("console", programConsole());
  allowed.set("structuredClone", cloneStructured);
  const visible = new Map([...allowed, ...CONSTANTS]);
  const self = frozenGlobalThis(visible);
  visible.set("globalThis", self);
  return allowed.set("globalThis", self);
}

function frozenMath(): object {
  const random = { ...Object.getOwnPropertyDescriptor(Math, "random"), value: forbiddenRandom };
  const math = Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(Math), random });
  return Object.freeze(math);
}

/** Offers the allowed globals and takes no new ones: a variable there would be shared by all servers. */
function frozenGlobalThis(allowed: ReadonlyMap<string, unknown>): object {
  const locked = (): never => {
    throw new ForbiddenError(
      "globalThis cannot be changed: memory that all servers share does not exist; " +
        "keep state in fields of your class",
    );
  };
  return new Proxy(Object.create(null) as object, {
    get: (_target, key) => {
      if (typeof key === "symbol") return undefined;
      if (!allowed.has(key) && (WELL_KNOWN.includes(key) || key in globalThis)) forbid(key);
      return allowed.get(key);
    },
    has: (_target, key) => typeof key === "string" && allowed.has(key),
    set: locked,
    defineProperty: locked,
    deleteProperty: locked,
    setPrototypeOf: locked,
    preventExtensions: locked,
  });
}

/**
 * The globals are parameters of an outer function, called once: the module sees these and, for every other
 * name of the host, something that explains itself. (The outer function is sloppy, so that even `eval` may be
 * a parameter.) The inner function is the module; all of its declarations may shadow a global. Nothing is put
 * on a line of its own, so lines stay as they are.
 */
export function withGlobals(code: string, names: readonly string[]): string {
  return `(function(${names.join(",")}){return function(exports,require){${code}\n}})`;
}
