import { type Attack, raft } from "./attack";

/** Leaves a mark wherever one may be left, and says where it finds one of another server or of an earlier life. */
const MARKS = `
let inModule: any; let lastOf = /x/g; const buffer = new Uint8Array(4); const templates = (parts: TemplateStringsArray): any => parts;
class Holder { static mark: any; }
function places(ctx: any, own: boolean): [string, () => any, (mark: any) => void][] {
  const on = (name: string, object: () => any): [string, () => any, (mark: any) => void] => [name, () => object().sharedMark, (mark) => { object().sharedMark = mark; }];
  const inside: ReturnType<typeof places> = [
    ["a variable of the module", () => inModule, (mark) => { inModule = mark; }],
    ["a static field", () => Holder.mark, (mark) => { Holder.mark = mark; }],
    ["lastIndex", () => lastOf.lastIndex || undefined, () => { lastOf.lastIndex = 3; }],
    ["bytes", () => buffer[0] || undefined, () => { buffer[0] = 1; }],
    on("a template", () => templates\`x\`), on("the class", () => Raft), on("its prototype", () => Raft.prototype),
  ];
  return own ? inside : [
    ["RegExp.$1", () => (RegExp as any).$1 === "mark" ? 1 : undefined, () => { /(mark)/.exec("mark"); }],
    ["stackTraceLimit", () => (Error as any).stackTraceLimit === 1234 ? 1 : undefined, () => { (Error as any).stackTraceLimit = 1234; }],
    ["description of a symbol", () => (Symbol.for("mark") as any).sharedMark, () => { (Symbol.for("mark") as any).sharedMark = 1; }],
    on("the context", () => ctx), on("the context's prototype", () => Object.getPrototypeOf(ctx)), on("ctx.call", () => ctx.call), on("ctx.now", () => Object.getPrototypeOf(ctx).now),
    on("options", () => ctx.options), on("peers", () => ctx.peers), on("console", () => console), on("console.log", () => console.log), on("Math", () => Math), on("JSON", () => JSON),
    on("structuredClone", () => structuredClone), on("globalThis", () => globalThis), on("Object", () => Object), on("Object.prototype", () => Object.prototype), on("Array", () => Array), on("Error", () => Error),
    on("Function.prototype", () => Function.prototype), on("Map.prototype", () => Map.prototype), on("iterators", () => Object.getPrototypeOf([][Symbol.iterator]())), on("typed arrays", () => Object.getPrototypeOf(Uint8Array)),
    on("parseInt", () => parseInt), on("Reflect", () => Reflect), on("Date", () => Date), on("Promise", () => Promise),
    on("Intl", () => Intl), on("process", () => process), on("Symbol.iterator", () => Object.getPrototypeOf(Symbol.iterator)), on("generators", () => Object.getPrototypeOf(function* () {})),
    on("async functions", () => Object.getPrototypeOf(Object.getOwnPropertyDescriptor({ m() {} }, "m")!.value)), on("thrown errors", () => { try { ctx.call(99, "x", {}); } catch (e) { return Object.getPrototypeOf(e); } }),
  ];
}
function visit(ctx: any, life: unknown, own = false): void {
  const found: string[] = [];
  for (const [name, read, write] of places(ctx, own)) {
    if (name === "thrown errors") continue; // a fault ends the run
    let mark: any; try { mark = read(); } catch {}
    if (mark !== undefined) found.push(name);
    try { write({ server: ctx.id, life }); } catch {}
  }
  if (found.length > 0) throw new Error("LOOT: shared by servers or lives: " + found.join(", "));
}
`;

/** Memory that servers share, or that outlives a crash. */
export const SHARING: readonly Attack[] = [
  {
    name: "marks-everywhere",
    tries:
      "leaves marks in thirty places that two servers, or two lives of one, might share, and looks for them at boot",
    tree: raft({ load: MARKS, construct: "visit(ctx, saved);" }),
    expect: "harmless",
    sandboxOnly: true,
  },
  {
    name: "marks-in-the-module",
    tries: "does the same in its own module, which is loaded anew for each life, and once for a proof",
    tree: raft({ load: MARKS, construct: "visit(ctx, saved, true);" }),
    expect: { verdicts: ["run-error"], says: /a module-level variable is read/ },
    sandboxOnly: true,
  },
  {
    name: "one-memory-for-all",
    tries: "elects itself by a variable of the module that all servers see, and asks nobody",
    tree: raft({
      load: "let crown: number | undefined;",
      timer: `if (name === "election" && crown === undefined) { crown = this.ctx.id; this.currentTerm += 1; this.persist(); return this.becomeLeader(); }`,
      vote: "return { term: this.currentTerm, voteGranted: crown === undefined };",
    }),
    expect: { verdicts: ["wrong", "stalled", "run-error", "not-gradable"] },
  },
  {
    name: "disk-in-a-static-field",
    tries: "saves nothing, and keeps term and vote in a static field over its crashes",
    tree: raft({
      edits: [
        {
          find: "    this.ctx.save({ currentTerm, votedFor, log: log.entries, snapshot: log.snapshot });\n",
          replace:
            "    Raft.disk.set(this.ctx.id, { currentTerm, votedFor, log: log.entries, snapshot: log.snapshot } as any);\n",
        },
        {
          find: "  // Persistent state (Figure 2).\n",
          replace:
            "  static readonly disk = new Map<number, RaftState>();\n  // Persistent state (Figure 2).\n",
        },
        {
          find: "    if (saved !== undefined) {\n",
          replace: "    saved = Raft.disk.get(ctx.id);\n    if (saved !== undefined) {\n",
        },
      ],
    }),
    expect: { verdicts: ["wrong", "run-error", "not-gradable"] },
  },
  {
    name: "message-changed-after-sending",
    tries: "keeps what it has sent, and changes it while it is on its way",
    tree: raft({
      load: "let last: any;",
      candidacy: "(last = { ...candidacy, hint: { list: [1], bytes: new Uint8Array(2) } })",
      vote: `const hint = (request as any).hint; if (hint !== undefined && (hint.list.length !== 1 || hint.bytes[0] !== 0)) throw new Error("LOOT: a message has changed on its way");
        if (last !== undefined) { try { last.term = 99; last.hint.list.push(2); last.hint.bytes[0] = 7; } catch {} }`,
      timer:
        "if (last !== undefined) { try { last.term = 99; last.hint.list.push(2); last.hint.bytes[0] = 7; } catch {} }",
    }),
    expect: "harmless",
  },
  {
    name: "message-changed-on-arrival",
    tries: "changes what it has received: fields, lists, prototypes and bytes, which others may hold as well",
    tree: raft({
      candidacy: "{ ...candidacy, hint: { list: [1], bytes: sent } }",
      load: "const sent = new Uint8Array(2);",
      vote: `const got: any = request; if (got.hint !== undefined && (got.term < 0 || got.hint.bytes[0] !== 0 || got.hint.mark !== undefined)) throw new Error("LOOT: a receiver before has changed this message");
        for (const way of [() => { got.hint.list.push(2); }, () => { got.hint.bytes[0] = 7; }, () => { got.hint.mark = 1; }, () => Object.setPrototypeOf(got, { a: 1 }), () => delete got.hint.list, () => Object.defineProperty(got, "term", { value: -1 }), () => got.hint.bytes.buffer.transfer()]) try { way(); } catch {}`,
      append: "if (sent[0] !== 0) throw new Error('LOOT: bytes are shared with their sender');",
    }),
    expect: "harmless",
  },
  {
    name: "disk-changed-after-saving",
    tries: "changes what it has saved, and what it was given at its restart",
    tree: raft({
      state: "(this.kept = { ...state, log: [...state.log], more: { n: [1] } })",
      edits: [{ find: "  // Persistent state (Figure 2).\n", replace: "  private kept: any;\n" }],
      timer:
        "if (this.kept !== undefined) { this.kept.currentTerm = 0; this.kept.votedFor = null; this.kept.more.n.push(2); }",
      construct: `const got: any = saved; if (got !== undefined) { if (got.more.n.length !== 1) throw new Error("LOOT: the disk has changed"); for (const way of [() => { got.currentTerm = 0; }, () => got.more.n.push(3), () => delete got.log]) try { way(); } catch {} }`,
    }),
    expect: "harmless",
  },
  {
    name: "options-changed",
    tries: "switches the options of the scene, and makes itself one of the peers",
    tree: raft({
      construct: `const own: any = ctx; for (const way of [() => { own.options.preVote = true; }, () => own.peers.splice(0, 9), () => { own.peers.length = 0; }, () => { own.id = 0; }, () => Object.defineProperty(own, "peers", { value: [] }), () => Object.setPrototypeOf(own, {})]) try { way(); } catch {}
        if (ctx.options.preVote === true || ctx.peers.length === 0) throw new Error("LOOT: options or peers gave way");`,
    }),
    expect: "harmless",
  },
];

/** Looks through an object for what it must not know, several steps deep. */
const LOOK = `
function look(from: any[]): string[] {
  const known = new Set<any>(); const found: string[] = []; let left = 20_000;
  const visit = (value: any, path: string, depth: number): void => {
    if ((typeof value !== "object" && typeof value !== "function") || value === null || known.has(value) || depth > 6 || left-- < 0) return;
    known.add(value);
    let keys: PropertyKey[] = []; try { keys = Reflect.ownKeys(value); } catch { return; }
    for (const key of keys) {
      if (/seed|scene|monitor|world|verdict|stream|server[s]?$|lives|driver|pid|secret/i.test(String(key))) found.push(path + "." + String(key));
      try { visit(value[key], path + "." + String(key), depth + 1); } catch {}
    }
    try { visit(Object.getPrototypeOf(value), path + ".__proto__", depth + 1); } catch {}
  };
  from.forEach((each, i) => visit(each, String(i), 0));
  return found;
}
`;

/** Knowledge that no server of a real cluster would have. */
export const OMNISCIENCE: readonly Attack[] = [
  {
    name: "search-for-the-seed",
    tries: "looks through all that it is given for seed, scene, world, monitors and other servers",
    tree: raft({
      load: LOOK,
      construct:
        "const found = look([ctx, saved, arguments, console, globalThis, new.target]); if (found.length > 0) throw new Error('LOOT: ' + found.slice(0, 5).join());",
      vote: "const found = look([this.ctx, request, _from]); if (found.length > 0) throw new Error('LOOT: ' + found.slice(0, 5).join());",
    }),
    expect: "harmless",
    sandboxOnly: true,
  },
  {
    name: "the-stack-above",
    tries: "reads names of scenes, paths and the grader's own functions from the stack of an error",
    tree: raft({
      load: `const above = (): void => { const stacks: string[] = []; const add = (e: any): void => { try { stacks.push(String(e.stack)); } catch {} };
          add(new Error("x")); try { (null as any).x; } catch (e) { add(e); } try { const o: any = {}; (Error as any).captureStackTrace(o); add(o); } catch {} try { JSON.parse("{"); } catch (e) { add(e); }
          const text = stacks.join("\\n"); if (/grader|labs|sandbox|node:|hostile-|scene|\\/tmp|in-process/.test(text)) throw new Error("LOOT: " + text); };`,
      construct: "above();",
      vote: "above();",
    }),
    expect: "harmless",
    sandboxOnly: true,
  },
  {
    name: "the-draws-of-others",
    tries: "compares its random numbers with those of the others, and with its own of an earlier life",
    tree: raft({
      edits: [{ find: "  // Persistent state (Figure 2).\n", replace: "  private draws: number[] = [];\n" }],
      construct:
        "for (let i = 0; i < 8; i++) this.draws.push(ctx.random()); if ((saved as any)?.draws?.some((draw: number) => this.draws.includes(draw))) throw new Error('LOOT: the same numbers in a second life');",
      state: "{ ...state, draws: this.draws }",
      candidacy: "{ ...candidacy, hint: this.draws }",
      vote: "if ((request as any).hint?.some((draw: number) => this.draws.includes(draw))) throw new Error('LOOT: two servers draw the same numbers');",
    }),
    expect: "harmless",
  },
  {
    name: "the-code-of-the-grader",
    tries: "reads the text of the functions that it is given",
    tree: raft({
      construct: `const texts = [ctx.call, ctx.save, ctx.random, console.log, structuredClone].map((f) => (() => 1).toString.call(f)).join("\\n");
        if (/seed|verdict|monitor|secret|process\\.send/.test(texts)) throw new Error("LOOT: " + texts.slice(0, 200));`,
    }),
    expect: "harmless",
  },
];
