import { alone, type Attack, raft } from "./attack";

const DNC = { verdicts: ["does-not-compile"] } as const;
const REFUSED = { verdicts: ["does-not-compile", "not-gradable"] } as const;

const nested = (open: string, inner: string, close: string, depth: number): string =>
  open.repeat(depth) + inner + close.repeat(depth);

/** Texts that are hard on compilers, and classes that are none. */
export const TYPESCRIPT: readonly Attack[] = [
  {
    name: "types-switched-off",
    tries: "declares what does not exist, and asks the compiler not to look",
    tree: raft({
      load: `// @ts-nocheck\ndeclare global { interface Array<T> { verdict: "accepted" } var process: { exit(): void }; }\ndeclare module "@labs/kit" { export interface RaftStatus { accepted: true } }
        declare module "../../../grader/*" { export const x: 1; } // @ts-ignore\nconst x: never = 1; void x;`,
    }),
    expect: "harmless",
  },
  {
    name: "byte-order-mark",
    tries: "begins with a byte order mark, has line ends of three kinds, and a shebang",
    tree: (reference, bait) =>
      raft({})(reference, bait).map(({ path, text }) => ({
        path,
        text: `\ufeff${text.replaceAll("\n", path.endsWith("log.ts") ? "\r" : "\r\n")}`,
      })),
    expect: "harmless",
  },
  {
    name: "nul",
    tries: "has a NUL and other control characters in its text",
    tree: raft({ load: "const a\u0000b = 1; void a;" }),
    expect: DNC,
  },
  {
    name: "half-a-character",
    tries: "names a variable with half a character",
    tree: raft({ load: "const \\ud800 = 1;" }),
    expect: DNC,
  },
  {
    name: "deep-brackets",
    tries: "nests a hundred thousand brackets, so that the parser overflows",
    tree: raft({ load: `const deep = ${nested("(", "1", ")", 100_000)}; void deep;` }),
    expect: DNC,
  },
  {
    name: "deep-lists",
    tries: "nests fifty thousand lists",
    tree: raft({ load: `const deep = ${nested("[", "", "]", 50_000)}; void deep;` }),
    expect: DNC,
  },
  {
    name: "deep-blocks",
    tries: "nests fifty thousand blocks",
    tree: raft({ load: nested("{", "", "}", 50_000) }),
    expect: DNC,
  },
  {
    name: "deep-functions",
    tries: "nests ten thousand functions",
    tree: raft({ load: `const deep: any = ${nested("() => { return ", "1", "; }", 10_000)}; void deep;` }),
    expect: { either: ["accepted", "does-not-compile"] },
  },
  {
    name: "long-sums",
    tries: "adds up sixty thousand numbers in one expression",
    tree: raft({ load: `const long = ${"1+".repeat(60_000)}1; void long;` }),
    expect: { either: ["accepted", "does-not-compile"] },
  },
  {
    name: "deep-types",
    tries: "nests thirty thousand types",
    tree: raft({
      load: `type Deep = ${nested("[", "1", "]", 30_000)}; const t: Deep | undefined = undefined; void t;`,
    }),
    expect: { either: ["accepted", "does-not-compile"] },
  },
  {
    name: "slow-to-parse",
    tries: "has the parser try twice at each of forty steps",
    tree: raft({ load: `const slow: any = ${nested("(a: any = ", "1", ") => 1", 40)}; void slow;` }),
    expect: { either: ["accepted", "does-not-compile", "time-limit"] },
  },
  {
    name: "slower-to-parse",
    tries: "has the parser guess between conditions and arrow functions",
    tree: raft({
      load: `declare const a: any, b: any; const slow: any = ${"a ? (b) : ".repeat(60)} 1; const slower: any = ${nested("a ? (b, ", "1", ") => 1 : 2", 26)}; void [slow, slower];`,
    }),
    expect: { either: ["accepted", "does-not-compile", "time-limit"] },
  },
  {
    name: "slow-to-generic",
    tries: "has the parser guess what < means",
    tree: raft({
      load: `declare const f: any; const slow: any = ${nested("f<(", "1", ")>(1)", 24)}; void slow;`,
    }),
    expect: { either: ["accepted", "does-not-compile", "time-limit"] },
  },
  {
    name: "many-errors",
    tries: "makes ten thousand errors",
    tree: raft({ load: "const = ;\n".repeat(10_000) }),
    expect: DNC,
  },
  {
    name: "one-long-line",
    tries: "has one line of half a million characters",
    tree: raft({ load: `const long = "${"x".repeat(450_000)}"; void long;` }),
    expect: "harmless",
  },
  {
    name: "too-long-a-line",
    tries: "has one line of five million characters",
    tree: raft({ load: `const long = "${"x".repeat(5_000_000)}"; void long;` }),
    expect: REFUSED,
  },
  {
    name: "many-files",
    tries: "brings a thousand files",
    tree: raft({
      files: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`raft/f${i}.ts`, "export {};"])),
    }),
    expect: REFUSED,
  },
  {
    name: "many-imports",
    tries: "imports in circles of a hundred files",
    tree: raft({
      load: `import "./f0";`,
      files: Object.fromEntries(
        Array.from({ length: 100 }, (_, i) => [
          `raft/f${i}.ts`,
          `import "./f${(i + 1) % 100}"; import "./raft"; export const n${i} = 1;`,
        ]),
      ),
    }),
    expect: "harmless",
  },
  {
    name: "decorators",
    tries: "decorates its class, so that another one takes its place",
    tree: raft({
      edits: [
        {
          find: "export class Raft implements",
          replace:
            "const other = (_: any, context: any): any => { context.addInitializer(function (this: any) { this.verdict = 'accepted'; }); };\n@other\nexport class Raft implements",
        },
      ],
    }),
    expect: { either: ["accepted", "does-not-compile"] },
  },
  {
    name: "no-class",
    tries: "exports a function, an object and an arrow for a class",
    tree: alone(
      "export const Raft: any = Object.assign(() => ({}), { prototype: { verdict: 'accepted' } });",
    ),
    expect: REFUSED,
  },
  {
    name: "a-getter-for-a-class",
    tries: "exports its class by a getter that gives another one each time",
    tree: raft({
      load: "let n = 0; Object.defineProperty(exports, 'Raft', { get: () => (n++ % 2 === 0 ? class { } : undefined), configurable: false });",
    }),
    expect: REFUSED,
  },
  {
    name: "another-class-later",
    tries: "exports another class once the first has been looked at",
    tree: raft({
      construct:
        "try { exports.Raft = class Other {}; } catch {} try { Object.defineProperty(exports, 'Raft', { value: null }); } catch {}",
    }),
    expect: { either: ["accepted", "run-error", "not-gradable"] },
  },
  {
    name: "a-class-of-null",
    tries: "extends null, and returns something else from its constructor",
    tree: alone(
      "export class Raft extends (null as any) { constructor(ctx: any) { return ctx; } requestVote() {} requestVoteReply() {} appendEntries() {} appendEntriesReply() {} timer() {} status() {} }",
    ),
    expect: { verdicts: ["run-error", "not-gradable"] },
  },
  {
    name: "the-context-for-a-program",
    tries: "returns the context, the console or a list in the place of itself",
    tree: raft({
      construct: "return [ctx, console, [], Object.freeze({}), class {}, globalThis][ctx.id % 6] as any;",
    }),
    expect: { verdicts: ["run-error", "stalled", "wrong"] },
  },
  {
    name: "methods-that-are-none",
    tries: "has getters, accessors and texts for handlers",
    tree: raft({
      edits: [
        {
          find: "  // Persistent state (Figure 2).\n",
          replace:
            "  declare then: any; get requestVoteReply2(): never { throw 1; }\n  get toJSON(): never { throw new Error('x'); }\n",
        },
      ],
      construct: "Object.defineProperty(this, 'appendEntries', { get() { return 'not a function'; } });",
    }),
    expect: { verdicts: ["run-error"] },
  },
  {
    name: "handlers-that-change",
    tries: "replaces its own handlers while it is judged, by what asks the grader back",
    tree: raft({
      vote: "const own: any = this; own.timer = function timer(n: string) { return Raft.prototype.timer.call(own, n); }; Object.setPrototypeOf(this, Object.create(Raft.prototype, { extra: { get() { throw new Error('x'); }, enumerable: true } }));",
    }),
    expect: { either: ["accepted", "run-error"] },
  },
  {
    name: "async-handlers",
    tries: "awaits in a handler, and goes on behind the grader's back",
    tree: raft({
      edits: [
        {
          find: "  timer(name: string): void {\n",
          replace:
            "  async later(): Promise<void> { await null; this.ctx.call(0, 'requestVote', {} as any); }\n  timer(name: string): void {\n",
        },
      ],
    }),
    expect: DNC,
  },
  {
    name: "promises-in-disguise",
    tries: "finds promises where their name is not, to run when nobody looks",
    tree: raft({
      load: "const P: any = (Object.getPrototypeOf(Object.getPrototypeOf((function* () {})())) as any).constructor; let made = false; try { const { then } = (structuredClone as any)({ then: 1 }); void then; new (globalThis as any).Promise(() => { made = true; }); } catch {} try { P.resolve().then(() => { made = true; }); } catch {} if (made) throw new Error('LOOT: a promise');",
    }),
    expect: "harmless",
  },
  {
    name: "skeleton-of-nothing",
    tries: "hands in empty files",
    tree: alone("", { "raft/log.ts": "", "kv/server.ts": "" }),
    expect: REFUSED,
  },
];
