import { ForbiddenError } from "../program/errors";

const CLOCK = "ctx.now() is this server's clock, in ms";
const CHANCE = "ctx.random() draws a number in [0, 1) from the seed";
const TIMER =
  "ctx.setTimer(name, ms) starts a timer, and your method timer(name) is called when it has run out";
const CANCEL = "ctx.cancelTimer(name) stops a timer";
const WAIT = "handlers are synchronous: a reply comes to <method>Reply, a timer to timer(name)";
const NETWORK = "ctx.call(to, method, request) sends a message, and nothing else reaches another server";
const DISK = "ctx.save(state) is the disk";
const MACHINE = "a program sees nothing of the machine it runs on; ctx.options says what the scene asks for";
const MODULES = "write `import` and `export`; a program is made of the .ts files of its own folder";
const HIDDEN = "its content cannot be captured with the world; use a Map, a Set or plain fields";
const SHARED = "servers share no memory; send a message with ctx.call(to, method, request)";
const TEXT = "code made from text cannot be examined; write a function";
const BYTES = "use strings and Uint8Array";
const LOCALE = "it depends on the machine's language; compare strings with < and >";
const OTHERS = "a program has ctx, the files of its own folder and the plain language";

/** What the world offers instead of each thing that a program may look for. */
const INSTEAD = new Map<string, string>(
  Object.entries({
    [CLOCK]: "Date performance Temporal",
    [CHANCE]: "crypto Crypto",
    [TIMER]: "setTimeout setInterval setImmediate queueMicrotask requestAnimationFrame scheduler",
    [CANCEL]: "clearTimeout clearInterval clearImmediate",
    [WAIT]: "Promise AbortController AbortSignal Event EventTarget",
    [NETWORK]: "fetch XMLHttpRequest WebSocket EventSource Request Response",
    [DISK]: "localStorage sessionStorage",
    [MACHINE]: "process navigator __filename __dirname",
    [MODULES]: "module",
    [HIDDEN]: "WeakMap WeakSet WeakRef FinalizationRegistry Proxy",
    [SHARED]: "Atomics SharedArrayBuffer WebAssembly BroadcastChannel MessageChannel",
    [TEXT]: "eval Function",
    [BYTES]: "Buffer TextEncoder TextDecoder atob btoa escape unescape",
    [LOCALE]: "Intl",
    [OTHERS]: "global self window",
  }).flatMap(([advice, names]) => names.split(" ").map((name): [string, string] => [name, advice])),
);

/** Names that a program may look for although this version of Node may not have them. */
export const WELL_KNOWN: readonly string[] = [...INSTEAD.keys()];

/** Throws {@link ForbiddenError}: `Date.now is not available in a simulated world; ctx.now() is …`. */
export function forbid(name: string, use = name): never {
  throw new ForbiddenError(`${use} is not available in a simulated world; ${INSTEAD.get(name) ?? OTHERS}`);
}

/** `Math.random`: may be looked at, not called. */
export function forbiddenRandom(): never {
  throw new ForbiddenError(`Math.random is not available in a simulated world; ${CHANCE}`);
}

/**
 * What stands in the place of a global that a program must not use. Only its bare name and `typeof` are
 * harmless; a call, `new`, `instanceof`, `extends` and reading or writing a property throw
 * {@link ForbiddenError}.
 */
export function forbidden(name: string): object {
  const dot = (key: string | symbol): string => (typeof key === "string" ? `${name}.${key}` : name);
  return new Proxy(function () {}, {
    apply: () => forbid(name, `${name}()`),
    construct: () => forbid(name, `new ${name}()`),
    get: (_target, key) => forbid(name, dot(key)),
    set: (_target, key) => forbid(name, dot(key)),
    has: (_target, key) => forbid(name, dot(key)),
    deleteProperty: (_target, key) => forbid(name, dot(key)),
    defineProperty: (_target, key) => forbid(name, dot(key)),
    ownKeys: () => forbid(name),
    getPrototypeOf: () => forbid(name),
    setPrototypeOf: () => forbid(name),
    preventExtensions: () => forbid(name),
  });
}
