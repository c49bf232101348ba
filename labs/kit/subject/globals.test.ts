import { expect } from "chai";
import { ForbiddenError } from "../program/errors";
import { watchBuiltins } from "./builtins";
import { build, raft } from "./fixture";
import { allowedGlobals, globalScope } from "./globals";

/** What an expression of a program comes to. */
function evaluate(expression: string): unknown {
  return build(raft(`export class Raft { run() { return ${expression}; } }`)).run?.();
}

const refuses = (expression: string, message: string): void => {
  expect(() => evaluate(expression), expression).to.throw(ForbiddenError, message);
};

describe("the globals of a program", () => {
  it("are these and no others", () => {
    expect([...allowedGlobals().keys()].sort().join(" ")).to.equal(
      "AggregateError Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DataView Error " +
        "EvalError Float32Array Float64Array Int16Array Int32Array Int8Array JSON Map Math Number Object " +
        "RangeError ReferenceError Reflect RegExp Set String Symbol SyntaxError TypeError URIError Uint16Array " +
        "Uint32Array Uint8Array Uint8ClampedArray console decodeURI decodeURIComponent encodeURI encodeURIComponent " +
        "globalThis isFinite isNaN parseFloat parseInt structuredClone",
    );
  });

  it("hide every other global of the host", () => {
    const { names } = globalScope();
    const hidden = Object.getOwnPropertyNames(globalThis).filter((name) => !names.includes(name));
    // What libraries of other tests left behind (`__name`) came later, and is in no process that plays scenes.
    const words = hidden.filter((name) => /^[A-Za-z_$][\w$]*$/.test(name) && !name.startsWith("__"));
    expect(words.sort()).to.eql(["Infinity", "NaN", "undefined"]);
  });

  it("work as in any program", () => {
    expect(
      evaluate("[...new Map([[1, new Set([2])]])].length + Math.max(...[1, 2]) + parseInt('3')"),
    ).to.equal(6);
    expect(evaluate("new RangeError('x') instanceof Error && JSON.stringify({ a: [NaN] })")).to.equal(
      '{"a":[null]}',
    );
    expect(
      evaluate(
        "[encodeURIComponent('ä'), Number('1'), BigInt(2), typeof Symbol(), undefined, Infinity].join()",
      ),
    ).to.equal("%C3%A4,1,2,symbol,,Infinity");
    expect(evaluate("new Uint8Array(new ArrayBuffer(4)).length + Reflect.ownKeys({ a: 1 }).length")).to.equal(
      5,
    );
  });
});

describe("what does not exist in a simulated world", () => {
  const clock = "is not available in a simulated world; ctx.now() is this server's clock, in ms";

  it("the clock", () => {
    refuses("Date.now()", `Date.now ${clock}`);
    refuses("new Date()", `new Date() ${clock}`);
    refuses("new Date(0)", `new Date() ${clock}`);
    refuses("(Date as any)()", `Date() ${clock}`);
    refuses("performance.now()", `performance.now ${clock}`);
    refuses("({}) instanceof Date", `Date ${clock}`);
    refuses("console.time('x')", `console.time ${clock}`);
  });

  it("chance", () => {
    const chance =
      "is not available in a simulated world; ctx.random() draws a number in [0, 1) from the seed";
    refuses("Math.random()", `Math.random ${chance}`);
    refuses("[3].map(Math.random)", `Math.random ${chance}`);
    refuses("crypto.randomUUID()", `crypto.randomUUID ${chance}`);
    expect(Math.random()).to.be.lessThan(1); // ours still works
  });

  it("timers and promises", () => {
    const timer =
      "ctx.setTimer(name, ms) starts a timer, and your method timer(name) is called when it has run out";
    for (const name of ["setTimeout", "setInterval", "setImmediate", "queueMicrotask"]) {
      refuses(`(${name} as any)(() => 1, 1)`, `${name}() is not available in a simulated world; ${timer}`);
    }
    refuses("clearTimeout(1)", "ctx.cancelTimer(name) stops a timer");
    refuses("Promise.resolve(1)", "Promise.resolve is not available");
    refuses(
      "new Promise(() => 1)",
      "handlers are synchronous: a reply comes to <method>Reply, a timer to timer(name)",
    );
  });

  it("the machine and the network", () => {
    refuses(
      "process.env",
      "process.env is not available in a simulated world; a program sees nothing of the machine",
    );
    refuses("(process as any).title = 'x'", "process.title is not available");
    refuses("delete (process as any).env", "process.env is not available");
    refuses("Object.keys(process)", "process is not available");
    refuses("__dirname.length", "__dirname.length is not available");
    refuses("fetch('http://localhost')", "ctx.call(to, method, request) sends a message");
    refuses("localStorage.getItem('x')", "ctx.save(state) is the disk");
    refuses("(module as any).exports", "write `import` and `export`");
  });

  it("hidden or shared memory, code from text, the machine's language", () => {
    for (const name of ["WeakMap", "WeakSet", "FinalizationRegistry"])
      refuses(`new (${name} as any)()`, "cannot be captured");
    refuses("new WeakRef({})", "cannot be captured");
    refuses("new Proxy({}, {})", "cannot be captured");
    refuses("new SharedArrayBuffer(8)", "servers share no memory");
    refuses("Atomics.load", "servers share no memory");
    refuses("WebAssembly.Module", "servers share no memory");
    refuses("(0, eval)('1')", "code made from text cannot be examined");
    refuses("Function.prototype", "code made from text cannot be examined");
    refuses("new Intl.Collator()", "the machine's language");
    refuses("Buffer.from('x')", "use strings and Uint8Array");
    refuses("class extends EventTarget {}", "EventTarget.prototype is not available");
  });

  it("anything else of the host, with a plain sentence", () => {
    const plain =
      "is not available in a simulated world; " +
      "a program has ctx, the files of its own folder and the plain language";
    refuses("new URL('http://x')", `new URL() ${plain}`);
    refuses("global.x", `global.x ${plain}`);
  });

  it("while asking for its type is harmless", () => {
    expect(evaluate("[typeof process, typeof Date, typeof window, typeof nothing].join()")).to.equal(
      "function,function,function,undefined",
    );
  });
});

describe("globalThis of a program", () => {
  it("offers the same globals and refuses the same", () => {
    expect(evaluate("globalThis.Math.max(1, 2)")).to.equal(2);
    expect(evaluate("globalThis.globalThis === globalThis && globalThis.Array === Array")).to.equal(true);
    expect(
      evaluate("['Map' in globalThis, 'Date' in globalThis, (globalThis as any).nothing].join()"),
    ).to.equal("true,false,");
    refuses("globalThis.Date.now()", "Date is not available in a simulated world; ctx.now()");
    refuses("globalThis.Math.random()", "ctx.random()");
    refuses("globalThis.process?.env", "process is not available");
  });

  it("takes no variables: all servers would share them", () => {
    const text =
      "globalThis cannot be changed: memory that all servers share does not exist; keep state in fields";
    refuses("(globalThis as any).leak = 1", text);
    refuses("Object.defineProperty(globalThis, 'leak', { value: 1 })", text);
    refuses("delete (globalThis as any).Map", text);
    expect(() => evaluate("(Math as any).leak = 1")).to.throw(TypeError);
    expect(() => evaluate("(console as any).leak = 1")).to.throw(TypeError);
  });
});

describe("the watch over built-in objects", () => {
  it("names what was added, replaced, removed or locked, and puts it back", () => {
    const { sort } = Object.getOwnPropertyDescriptors(Array.prototype);
    const changed = watchBuiltins();
    build(
      raft(`export class Raft { constructor() {
        const any = (x: unknown) => x as any;
        any(Object.prototype).extra = 1;
        any(Array.prototype).sort = () => [];
        delete any(String.prototype).trim;
        Object.defineProperty(Map.prototype, "get", { enumerable: true });
        any(Error).stackTraceLimit = 3;
        any(Object.getPrototypeOf([].values())).next = () => ({ done: true });
      } }`),
    );
    const names = changed();
    expect(names).to.have.members([
      "Object.prototype.extra",
      "Array.prototype.sort",
      "String.prototype.trim",
      "Map.prototype.get",
      "Error.stackTraceLimit",
      "Array iterator.next",
    ]);
    expect(Object.getOwnPropertyDescriptor(Array.prototype, "sort")).to.eql(sort);
    expect(" x ".trim()).to.equal("x");
    expect([...[1, 2]]).to.eql([1, 2]);
    expect(changed()).to.eql([]);
  });
});
