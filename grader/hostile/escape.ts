import { type Attack, raft } from "./attack";
import { THIEF } from "./thief";

/** Ways from a program to the world that runs it. */
export const ESCAPES: readonly Attack[] = [
  {
    name: "constructor-of-a-constructor",
    tries: "goes from every plain object to the function that makes functions",
    tree: raft({
      load: `${THIEF}\nseek([seek, {}, [], "", 0, true, /x/, Symbol(), 1n, new Map(), new Set(), new Uint8Array(1), new DataView(new ArrayBuffer(1)), new Error(), JSON, Math, Reflect, Object.prototype,
        function () {}, () => 1, class {}, function* () {}, [][Symbol.iterator](), new Map().entries(), "".matchAll(/x/g), Object.getOwnPropertyDescriptor(Map.prototype, "size")!.get]);`,
      construct: "seek([this, new.target, Raft, Raft.prototype, saved]);",
    }),
    expect: "harmless",
    sandboxOnly: true,
  },
  {
    name: "what-the-grader-hands-out",
    tries: "goes from every object and function that it is given: context, requests, options, console",
    tree: raft({
      load: THIEF,
      construct: `const given: any[] = [ctx, ctx.peers, ctx.options, saved, console, structuredClone, Math, globalThis];
        for (const each of [ctx, Object.getPrototypeOf(ctx), console, Math, globalThis] as any[]) {
          let names: PropertyKey[] = []; try { names = Reflect.ownKeys(each); } catch {}
          for (const name of names) { try { given.push(each[name]); } catch (e) { given.push(e); } try { given.push(Object.getOwnPropertyDescriptor(each, name)!.get); } catch {} }
        }
        for (const name of ["Date", "process", "Proxy", "Promise", "Function", "eval", "WeakMap", "fetch", "Buffer", "setTimeout"]) try { given.push((globalThis as any)[name]); } catch (e) { given.push(e); }
        seek(given);`,
      vote: "seek([_from, request, arguments, arguments.callee === undefined ? 0 : 1, this.ctx.random, this.ctx.setTimer]);",
      append: "seek([request, request.entries, (request.entries as any).map]); report();",
    }),
    expect: { either: ["accepted", "run-error"] },
    sandboxOnly: true,
  },
  {
    name: "errors-of-the-grader",
    tries: "makes the grader throw, and goes from its errors",
    tree: raft({
      load: THIEF,
      construct: `const errors: any[] = [];
        for (const way of [() => (ctx as any).now.call(undefined), () => (ctx as any).random.call({}), () => Reflect.construct(ctx.constructor as any, []),
          () => (structuredClone as any)(() => 1), () => (ctx as any).peers.push(1), () => { (ctx as any).id = 9; }, () => (Date as any).now(), () => (globalThis as any).x.y, () => { (globalThis as any).x = 1; },
          () => JSON.parse("{"), () => new RegExp("("), () => "x".repeat(-1), () => decodeURIComponent("%"), () => (null as any).x, () => BigInt(1.5)])
          try { way(); } catch (e) { errors.push(e, (e as any).cause, (e as any).stack, (e as any).errors); }
        seek(errors);`,
    }),
    expect: "harmless",
    sandboxOnly: true,
  },
  {
    name: "overflow-inside-the-grader",
    tries: "fills the stack up to the edge, calls the grader, and goes from what it throws there",
    tree: raft({
      load: THIEF,
      construct: `const errors: any[] = []; let left = 200;
        const dive = (): void => { try { dive(); } catch (e) { if (left-- > 0) { errors.push(e); try { ctx.note("x", { a: [1, { b: 2 }] }); ctx.setTimer("deep", 1e6); structuredClone({ a: [1] }); console.log({}); } catch (f) { errors.push(f); } } } };
        dive();
        seek(errors.slice(0, 50));`,
    }),
    expect: { either: ["accepted", "run-error"] },
    sandboxOnly: true,
  },
  {
    name: "call-sites",
    tries: "hooks into the writing of stacks, to get at the functions and objects on it",
    tree: raft({
      load: `${THIEF}\nfunction sites(): any[] {
          const seen: any[] = [];
          try { (Error as any).prepareStackTrace = (_: any, frames: any[]) => frames; } catch {}
          try { Object.defineProperty(Error, "prepareStackTrace", { value: (_: any, frames: any[]) => frames }); } catch {}
          try { (Error as any).stackTraceLimit = Infinity; } catch {}
          const look = (e: any): void => { try { const stack = e.stack; if (Array.isArray(stack)) for (const site of stack) for (const get of ["getThis", "getFunction", "getTypeName", "getEvalOrigin"]) try { seen.push(site[get]()); } catch {} } catch {} };
          look(new Error()); try { null!.x; } catch (e) { look(e); }
          const holder: any = {}; try { (Error as any).captureStackTrace(holder); look(holder); } catch {}
          class Own extends Error { static prepareStackTrace(_: any, frames: any[]): any { return frames; } } look(new Own());
          return seen.filter((x) => x !== undefined && x !== null);
        }`,
      construct: "seek(sites());",
      vote: "seek(sites());",
    }),
    expect: "harmless",
    sandboxOnly: true,
  },
  {
    name: "eval-by-any-road",
    tries: "calls eval, though not by its name",
    tree: raft({
      load: `${THIEF}\nconst got: any[] = []; for (const way of [() => (0, eval)("process"), () => (globalThis as any)["ev" + "al"]("process"), () => [eval][0]!("process"),
          () => Reflect.apply(eval as any, undefined, ["process"]), () => (eval as any).call(undefined, "process"), () => new (Function as any).prototype.constructor("return process")(),
          () => Reflect.get(globalThis, "Function")("return process")(), () => (Function as any)\`return process\`(), () => (globalThis as any).setTimeout("process"),
          () => Reflect.construct(Reflect.getPrototypeOf(function* () {})!.constructor as any, ["yield process"])().next().value])
          try { const x: any = way(); if (x && x.pid) got.push(x); } catch {}
        if (got.length > 0) rob(got[0]);`,
    }),
    expect: "harmless",
    sandboxOnly: true,
  },
  {
    name: "eval-called",
    tries: "calls eval",
    tree: raft({ vote: `eval("process.exit(0)");` }),
    expect: { verdicts: ["does-not-compile"], says: /eval\(…\)/ },
  },
  {
    name: "function-called",
    tries: "makes a function of a text",
    tree: raft({ vote: `new Function("return process")().exit(0);` }),
    expect: { verdicts: ["does-not-compile"], says: /Function\(…\)/ },
  },
  {
    name: "with-and-sloppy-words",
    tries: "uses with, octal numbers and delete of a name, for a sloppy function's this",
    tree: raft({ load: `with ({}) { var n = 010; delete n; }` }),
    expect: { verdicts: ["does-not-compile"] },
  },
  {
    name: "this-of-a-function",
    tries: "looks for the global object in the this of plain functions and callbacks",
    tree: raft({
      load: `${THIEF}\nconst selves: any[] = [(function (this: any) { return this; })(), [1].map(function (this: any) { return this; })[0], (() => { let t: any; "x".replace(/x/, function (this: any) { t = this; return ""; }); return t; })(),
          (() => { let t: any; JSON.parse("[1]", function (this: any) { t = this; }); return t; })(), (function (this: any) { return this; }).call(null), (function (this: any) { return this; }).bind(undefined)()];
        for (const self of selves) if (self !== undefined && self !== null && "process" in Object(self)) loot("this");
        seek(selves);`,
    }),
    expect: "harmless",
    sandboxOnly: true,
  },
  {
    name: "close-of-the-wrapper",
    tries: "ends the function around its module, so that what follows runs outside of it",
    tree: raft({
      load: `}});\n(globalThis as any).process.exit(0);\n(function(){return function(exports: any, require: any){`,
    }),
    expect: { verdicts: ["does-not-compile"] },
  },
  {
    name: "close-by-a-comment",
    tries: "ends its text within a comment, a template and a regular expression",
    tree: (reference, bait) =>
      raft({})(reference, bait).map((file) =>
        file.path === "raft/raft.ts" ? { ...file, text: `${file.text}\n/* \`` } : file,
      ),
    expect: { verdicts: ["does-not-compile"] },
  },
  {
    name: "words-that-censors-look-for",
    tries: "says import(, eval( and HTML comments in strings and templates, which is no crime",
    tree: raft({
      construct:
        "ctx.note('import(\"node:fs\") eval(1) <!-- a --> b'); ctx.note(`<!-- ${'import('} -->`); if (/<!--|-->/.test('a --> b') === false) throw new Error('a regular expression was changed');",
    }),
    expect: "harmless",
  },
  {
    name: "html-comments-in-code",
    tries: "hides code from one parser by an HTML comment that another one sees",
    tree: raft({ load: "let n = 1;\nn\n--> 0; void n;\n<!-- hidden\n" }),
    expect: { verdicts: ["does-not-compile"] },
  },
  {
    name: "all-that-is-allowed",
    tries: "uses every global that there is at the desk, which is no crime anywhere",
    tree: raft({
      construct: `for (const value of [Object, Array, Map, Set, Number, String, Boolean, BigInt, Symbol, RegExp, Error, AggregateError, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, ArrayBuffer, DataView,
          Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array, isNaN, isFinite, parseInt, parseFloat, encodeURI, encodeURIComponent, decodeURI, decodeURIComponent, structuredClone, console.log])
          if (typeof value !== "function") throw new Error("one is missing");
        void [new Float64Array(2).fill(0.5), Math.max(1, 2), JSON.stringify({}), Reflect.ownKeys({}), structuredClone(new Map([[1, new Set([2])]])), [3, 1].toSorted(), new Error("x", { cause: 1 }).cause];`,
    }),
    expect: "harmless",
  },
  {
    name: "proxies-and-realms",
    tries:
      "asks for Proxy, WeakRef, SharedArrayBuffer, WebAssembly, ShadowRealm, Worker and Promise by every name",
    tree: raft({
      load: THIEF,
      construct: `const got: string[] = [];
        for (const name of ["Proxy", "WeakRef", "FinalizationRegistry", "SharedArrayBuffer", "Atomics", "WebAssembly", "ShadowRealm", "Worker", "Promise", "Compartment", "harden", "lockdown", "StaticModuleRecord", "ModuleSource", "HandledPromise", "setTimeout", "queueMicrotask", "fetch", "Buffer", "process", "require", "global", "GLOBAL", "root"])
          for (const way of [() => (globalThis as any)[name], () => Reflect.get(globalThis, name), () => Object.getOwnPropertyDescriptor(globalThis, name)!.value])
            try { const x = way(); if (x !== undefined) { let works = false; try { works = Reflect.ownKeys(Object(x)).length > 0; } catch {} if (works) got.push(name); } } catch {}
        if (got.length > 0) loot(got.join());`,
    }),
    expect: "harmless",
  },
];
