import { type Attack, raft } from "./attack";

/** Tries to put something else in the place of built-ins, and robs whoever stands behind the first one that gives way. */
const PATCH = `
function patch(): string[] {
  const done: string[] = [];
  const lie = function () { return true; };
  const functions: any = Object.getPrototypeOf(lie);
  const places: [string, any, any][] = [
    ["Array.prototype.push", Array.prototype, "push"], ["Array.prototype.map", Array.prototype, "map"],
    ["Array.prototype iterator", Array.prototype, Symbol.iterator], ["Array.isArray", Array, "isArray"],
    ["Map.prototype.get", Map.prototype, "get"], ["Set.prototype.add", Set.prototype, "add"],
    ["Object.keys", Object, "keys"], ["Object.freeze", Object, "freeze"],
    ["Object.prototype.toString", Object.prototype, "toString"], ["Object.prototype.verdict", Object.prototype, "verdict"],
    ["Object.prototype.toJSON", Object.prototype, "toJSON"], ["call of functions", functions, "call"],
    ["apply of functions", functions, "apply"], ["String.prototype.includes", String.prototype, "includes"],
    ["Number.isFinite", Number, "isFinite"], ["JSON.stringify", JSON, "stringify"], ["JSON.parse", JSON, "parse"],
    ["Math.random", Math, "random"], ["Math.round", Math, "round"], ["Reflect.ownKeys", Reflect, "ownKeys"],
    ["RegExp.prototype.exec", RegExp.prototype, "exec"], ["Error.prototype.message", Error.prototype, "message"],
    ["Error.prepareStackTrace", Error, "prepareStackTrace"], ["Uint8Array.prototype.set", Uint8Array.prototype, "set"],
    ["Symbol.prototype.toString", Symbol.prototype, "toString"], ["console.log", console, "log"],
    ["globalThis.JSON", globalThis, "JSON"], ["Map iterator", Object.getPrototypeOf(new Map().entries()), "next"],
    ["Array iterator", Object.getPrototypeOf([][Symbol.iterator]()), "next"],
    ["generators", Object.getPrototypeOf(function* () {}).prototype, "next"],
  ];
  for (const [name, object, key] of places) {
    const before = object[key];
    try { object[key] = lie; } catch {}
    try { Object.defineProperty(object, key, { value: lie, configurable: true }); } catch {}
    try { Reflect.set(object, key, lie); } catch {}
    try { Object.assign(object, { [key]: lie }); } catch {}
    try { object.__defineGetter__(key, () => lie); } catch {}
    try { delete object[key]; } catch {}
    if (object[key] === lie || (before !== undefined && object[key] === undefined)) done.push(name);
  }
  for (const [name, object] of [["Object.prototype", Object.prototype], ["Map.prototype", Map.prototype], ["functions", functions]] as const) {
    try { Object.setPrototypeOf(object, { stolen: true }); } catch {}
    if ((object as any).stolen === true) done.push(name);
  }
  return done;
}
`;

/** Built-in objects, which all share. */
export const BUILTINS: readonly Attack[] = [
  {
    name: "patched-while-loaded",
    tries: "replaces Array.prototype.push when it is loaded",
    tree: raft({ load: "Array.prototype.push = function () { return 0; };" }),
    expect: { verdicts: ["does-not-compile"] },
  },
  {
    name: "polluted-while-loaded",
    tries: "gives every object a field, so that answers which lack it look whole",
    tree: raft({ load: "(Object.prototype as any).success = true;" }),
    expect: { verdicts: ["does-not-compile"] },
  },
  {
    name: "patched-in-a-handler",
    tries: "replaces JSON.stringify while it is judged",
    tree: raft({ vote: `JSON.stringify = () => "accepted";` }),
    expect: { verdicts: ["run-error"] },
    sandboxOnly: true,
  },
  {
    name: "patched-everywhere",
    tries: "replaces thirty built-ins in five ways, in every handler, and keeps quiet about it",
    tree: raft({
      load: `${PATCH} function check(): void { const done = patch(); if (done.length > 0) throw new Error("LOOT: " + done.join()); }`,
      construct: "check();",
      vote: "check();",
      append: "check();",
    }),
    expect: "harmless",
    sandboxOnly: true,
  },
  {
    name: "patched-later",
    tries: "waits for a timer of its own, behind the start of the run",
    tree: raft({
      construct: `ctx.setTimer("later", 1500);`,
      timer: `if (name === "later") { Map.prototype.get = () => undefined; return; }`,
    }),
    expect: { verdicts: ["run-error"] },
    sandboxOnly: true,
  },
  {
    name: "polluted-by-text",
    tries: "reads a __proto__ from JSON and merges it into an object",
    tree: raft({
      timer: `const merge = (to: any, from: any): any => { for (const key of Object.keys(from)) {
          if (typeof from[key] === "object" && typeof to[key] === "object") merge(to[key], from[key]);
          else try { to[key] = from[key]; } catch {} } return to; };
        merge({}, JSON.parse('{"__proto__":{"verdict":"accepted","success":true}}'));
        if (({} as any).verdict !== undefined) throw new Error("LOOT: every object has a verdict");`,
    }),
    expect: "harmless",
    sandboxOnly: true,
  },
  {
    name: "frozen-by-the-program",
    tries: "freezes what others want to change",
    tree: raft({
      construct: `for (const object of [Object.prototype, Array.prototype, Object.getPrototypeOf(() => 1), Map.prototype, Error, Error.prototype, JSON, Math, console, ctx, ctx.options, ctx.peers])
          try { Object.freeze(object); Object.seal(object); Object.preventExtensions(object); } catch {}`,
    }),
    expect: "harmless",
    sandboxOnly: true,
  },
  {
    name: "an-instance-of-all",
    tries: "makes instanceof true for everything, and its own class look like another",
    tree: raft({
      edits: [
        {
          find: "  // Persistent state (Figure 2).\n",
          replace: `  static [Symbol.hasInstance](): boolean { return true; }
  get [Symbol.toStringTag](): string { return "Uint8Array"; }
  [Symbol.toPrimitive](): never { throw new Error("not me"); }
  static override toString(): string { return "class Puppet"; }
  // Persistent state (Figure 2).\n`,
        },
      ],
    }),
    expect: "harmless",
  },
  {
    name: "own-names-for-all",
    tries: "declares its own JSON, Map, Array, Error, console, process and globalThis",
    tree: raft({
      load: `const JSON = { stringify: () => "accepted" }, Map2 = 0, Array = {}, Error = 1, Reflect = null, globalThis = {}, console = null, process = 1;
        void [JSON, Map2, Array, Error, Reflect, globalThis, console, process];`,
    }),
    expect: "harmless",
  },
];
