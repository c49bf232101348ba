import { type Attack, raft } from "./attack";

const candidacy = (
  name: string,
  tries: string,
  fields: string,
  expect: Attack["expect"],
  load = "",
): Attack => ({
  name,
  tries,
  tree: raft({ candidacy: fields, load }),
  expect,
});

const REFUSED = { verdicts: ["run-error"] } as const;

/** What a program sends, saves and answers. */
export const MESSAGES: readonly Attack[] = [
  candidacy(
    "message-with-getters",
    "sends getters that count how often they are read",
    "{ ...candidacy, get hint() { return ++reads % 3; } }",
    { either: ["accepted", "run-error"] },
    "let reads = 0;",
  ),
  candidacy(
    "message-that-throws",
    "sends a getter that throws",
    "{ ...candidacy, get hint() { throw new Error('x'); } }",
    REFUSED,
  ),
  candidacy(
    "message-that-sends",
    "sends a getter that sends again, saves and sets timers",
    "{ ...candidacy, get hint() { const { ctx } = self; ctx.note('in'); ctx.setTimer('x', 5000); return 1; } }",
    { either: ["accepted", "run-error"] },
    "let self: any;",
  ),
  candidacy("message-of-functions", "sends a function", "{ ...candidacy, hint: () => this }", REFUSED),
  candidacy(
    "message-of-classes",
    "sends an instance of a class, with the sender in it",
    "Object.assign(new (class { me = 1; }), candidacy)",
    REFUSED,
  ),
  candidacy(
    "message-with-a-map",
    "sends a frozen object with a Map inside, to share it",
    "Object.freeze({ ...candidacy, hint: shared })",
    REFUSED,
    "const shared = new Map();",
  ),
  candidacy(
    "message-in-a-circle",
    "sends an object that contains itself",
    "(() => { const m: any = { ...candidacy }; m.hint = { m }; return m; })()",
    REFUSED,
  ),
  candidacy(
    "message-of-a-million-depths",
    "sends a list in a list, a million deep",
    "{ ...candidacy, hint: deep }",
    REFUSED,
    "let deep: any = []; for (let i = 0; i < 1_000_000; i++) deep = [deep];",
  ),
  candidacy(
    "message-with-a-prototype",
    "sends a key __proto__",
    '{ ...candidacy, hint: JSON.parse(\'{"__proto__":{"voteGranted":true}}\') }',
    REFUSED,
  ),
  candidacy(
    "message-on-a-prototype",
    "sends an object whose fields are its prototype's",
    "Object.create(candidacy)",
    REFUSED,
  ),
  candidacy(
    "message-of-odd-numbers",
    "sends NaN, infinities and negative zero",
    "{ ...candidacy, term: NaN }",
    REFUSED,
  ),
  candidacy(
    "message-of-false-bytes",
    "sends what claims to be bytes, two thousand million of them",
    "{ ...candidacy, hint: Object.create(Uint8Array.prototype, { length: { value: 2 ** 31 }, [Symbol.iterator]: { value: undefined } }) }",
    { verdicts: ["run-error", "memory-limit"] },
  ),
  candidacy(
    "message-of-shrinking-bytes",
    "sends bytes and lists that shrink and grow while they are copied",
    "{ ...candidacy, hint: odd() }",
    { either: ["accepted", "run-error"] },
    `function odd(): any { const bytes = new (class Bytes extends Uint8Array { static get [Symbol.species]() { return Array as any; } override get length(): any { return 2 ** 40; } })(3);
      const list: any[] = [1, 2, 3]; Object.defineProperty(list, 0, { get() { list.length = 1; list.push(4, 5, 6); return bytes; }, enumerable: true });
      class Strange extends Array { static override get [Symbol.species](): any { return Uint8Array; } override map(): never { throw new Error("map"); } } const strange = new Strange(); strange.push(list); return strange; }`,
  ),
  candidacy(
    "message-of-holes",
    "sends a list of four thousand million holes",
    "{ ...candidacy, hint: new Array(2 ** 32 - 1) }",
    REFUSED,
  ),
  candidacy(
    "message-that-doubles",
    "sends one list ten times in a list, ten times in a list, twenty deep",
    "{ ...candidacy, hint: laughs }",
    { verdicts: ["time-limit", "memory-limit", "too-many-bytes", "run-error"] },
    "let laughs: any = []; for (let i = 0; i < 20; i++) laughs = new Array(10).fill(laughs);",
  ),
  {
    name: "reply-that-doubles",
    tries:
      "answers with what it was sent, twice, so that a message doubles with each trip while it shares its halves",
    tree: raft({
      candidacy: "{ ...candidacy, hint: this.doubled ?? ['x'] }",
      answer: "{ term, voteGranted: false, hint: [(request as any).hint, (request as any).hint] }",
      edits: [
        {
          find: "    if (!reply.voteGranted) return;\n    this.votes.add(from);\n    if (this.isMajority(this.votes)) this.becomeLeader();\n",
          replace: "    this.doubled = (reply as any).hint; this.ctx.setTimer('election', 1);\n",
        },
        { find: "  // Persistent state (Figure 2).\n", replace: "  private doubled: any;\n" },
      ],
    }),
    expect: { verdicts: ["run-error", "too-many-bytes", "memory-limit", "time-limit", "stalled", "wrong"] },
  },
  {
    name: "reply-that-deepens",
    tries: "answers with a list around what it was sent, for ever, past the limit of nesting",
    tree: raft({
      candidacy: "{ ...candidacy, hint: this.deeper ?? ['x'] }",
      answer: "{ term, voteGranted: false, hint: [(request as any).hint] }",
      edits: [
        {
          find: "    if (!reply.voteGranted) return;\n    this.votes.add(from);\n    if (this.isMajority(this.votes)) this.becomeLeader();\n",
          replace: "    this.deeper = [(reply as any).hint]; this.ctx.setTimer('election', 0);\n",
        },
        { find: "  // Persistent state (Figure 2).\n", replace: "  private deeper: any;\n" },
      ],
    }),
    expect: {
      verdicts: [
        "run-error",
        "too-many-bytes",
        "too-many-messages",
        "memory-limit",
        "time-limit",
        "stalled",
        "wrong",
      ],
    },
  },
  candidacy(
    "message-of-odd-texts",
    "sends half characters, line separators, NUL, marks of direction, and keys like constructor, which is no crime",
    `{ ...candidacy, hint: { "\\ud800": "\\udfff\\ud83d", "\\u2028": "\\u0000\\ufeff", constructor: "x", hasOwnProperty: 1, toString: [], length: 0, "2": 1, "1": 2, "": { "": null }, "\\u202e": "\\u001b[2J", big: 2 ** 53 + 2, small: 5e-324, zero: -0, third: 1 / 3, then: 1, toJSON: "x", valueOf: true } }`,
    "harmless",
  ),
  {
    name: "reply-that-is-a-promise",
    tries: "answers with a thenable, whose then is called by whoever awaits it",
    tree: raft({
      answer: "{ term, voteGranted, then(resolve: any) { resolve({ verdict: 'accepted' }); } } as any",
    }),
    expect: REFUSED,
  },
  {
    name: "reply-of-another-kind",
    tries: "answers with texts, lists and nulls in turn",
    tree: raft({
      load: "let n = 0;",
      answer: `(["accepted", [1], null, 7, false, { term: "1", voteGranted: 1 }][n++ % 6]) as any`,
    }),
    expect: REFUSED,
  },
  {
    name: "shapes-of-all-kinds",
    tries:
      "puts every odd value into every field of every message, status and save, so that a monitor breaks",
    tree: raft({
      load: `const ODD: any[] = [null, -1, 1.5, 2 ** 53, 1e308, "", "x", [], {}, true, [[]], { length: 5 }, new Uint8Array(3), 0];
        const odd = (ctx: any, value: any): any => { const keys = Object.keys(value); const key = keys[Math.floor(ctx.random() * keys.length)]!; return { ...value, [key]: ODD[Math.floor(ctx.random() * ODD.length)] }; };`,
      candidacy: "odd(this.ctx, candidacy)",
    }),
    expect: { either: ["run-error", "wrong", "stalled", "too-many-messages", "accepted"] },
  },
  {
    name: "states-of-all-kinds",
    tries: "saves odd values in the place of term, vote and log",
    tree: raft({
      load: `const ODD: any[] = [null, -1, 1.5, 2 ** 53, "x", [], {}, true, [[]], [{ term: "x" }], { length: 5 }, new Uint8Array(3)];
        const odd = (ctx: any, value: any): any => { const keys = Object.keys(value); const key = keys[Math.floor(ctx.random() * keys.length)]!; return { ...value, [key]: ODD[Math.floor(ctx.random() * ODD.length)] }; };`,
      state: "odd(this.ctx, state)",
    }),
    expect: { either: ["run-error", "wrong", "stalled", "accepted"] },
  },
  {
    name: "a-status-of-all-kinds",
    tries: "says of its status what is no status: texts, getters, functions, itself",
    tree: raft({
      load: `const ODD: any[] = [undefined, null, "leader", 7, [], {}, { term: "1", isLeader: "yes" }, { get term(): never { throw new Error("x"); } }, () => 1, { term: -1, isLeader: true }, { term: 1e400, isLeader: 1 }];`,
      status:
        "return this.ctx.id === 0 ? (this as any) : ODD[(this.currentTerm * 7 + this.ctx.id) % ODD.length];",
    }),
    expect: { verdicts: ["run-error", "wrong", "stalled", "not-gradable"] },
  },
  {
    name: "calls-of-all-kinds",
    tries: "calls verbs with methods, names, times and calls that are none, and a method called constructor",
    tree: raft({
      timer: `const ctx: any = this.ctx;
        for (const way of [() => ctx.call(0, "constructor", {}), () => ctx.call(0, "__proto__", {}), () => ctx.call("1", "requestVote", {}), () => ctx.call({ toString: 1 }, Symbol(), {}), () => ctx.reply(1e9, {}), () => ctx.setTimer({}, 1),
          () => ctx.setTimer("x", "1"), () => ctx.setTimer("service:x", 1), () => ctx.apply(1, 1, 1), () => ctx.restore(1, 1, 1), () => ctx.leadership("x", 1), () => ctx.done(1), () => ctx.readReady({}, {}), () => ctx.savedBytes(), () => ctx.note(Symbol("x"), Symbol("y"))])
          try { way(); } catch {}`,
    }),
    expect: REFUSED,
  },
];
