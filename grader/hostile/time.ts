import { type Attack, raft } from "./attack";

const HANGS = { verdicts: ["time-limit"] } as const;

const hangs = (name: string, tries: string, code: Parameters<typeof raft>[0]): Attack => ({
  name,
  tries,
  tree: raft(code),
  expect: HANGS,
});

/** Programs that do not end. Each costs the grader its patience, so they are few. */
export const TIME: readonly Attack[] = [
  hangs("loop-in-a-handler", "never returns from a vote", { vote: "for (;;);" }),
  hangs("loop-at-load", "never ends to load", { load: "for (let i = 0; ; i++) if (i < 0) break;" }),
  hangs("loop-in-a-static-block", "never ends to define its class", {
    edits: [{ find: "  // Persistent state (Figure 2).\n", replace: "  static { while (true); }\n" }],
  }),
  hangs("loop-in-the-constructor", "never ends to boot", { construct: "while (this !== undefined);" }),
  hangs("loop-in-a-getter", "never ends to read a field of a message", {
    candidacy: "{ ...candidacy, get hint() { for (;;); } }",
  }),
  hangs("loop-in-status", "never says whether it leads", { status: "for (;;) this.ctx.now();" }),
  hangs("loop-in-a-regular-expression", "matches a regular expression for a thousand years", {
    timer: `/^(a+)+$/.test("a".repeat(60) + "b");`,
  }),
  hangs("loop-in-a-sort", "sorts with a comparator that sorts", {
    timer: "const sort = (): number => { for (;;) [2, 1].sort(() => 1); }; [3, 2, 1].sort(sort);",
  }),
  hangs("loop-in-an-iterator", "spreads an iterator that has no end", {
    timer:
      "let n = 0; for (const _ of { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: n++ }) }) }) void _;",
  }),
  hangs("loop-that-is-caught", "overflows the stack, and begins again", {
    timer: "const dive = (): void => { for (;;) try { dive(); } catch {} }; dive();",
  }),
  hangs("loop-with-a-debugger", "stops at a debugger statement, over and over", {
    vote: "for (;;) debugger;",
  }),
  hangs("loop-in-the-engine", "has the engine count to 2^32 in one call that cannot be interrupted", {
    timer:
      "const list: any[] = []; list.length = 2 ** 32 - 1; for (let i = 0; i < 1e6; i++) Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);",
  }),
  hangs("loop-in-a-name", "never ends to tell the name of what it throws", {
    timer: "throw new (class extends Error { override get name(): string { for (;;); } })();",
  }),
  {
    name: "loop-of-large-numbers",
    tries: "raises a large number to a large power",
    tree: raft({ timer: "let n = 3n; for (;;) n = n * n;" }),
    expect: { verdicts: ["time-limit", "run-error", "memory-limit"] },
  },
  {
    name: "loop-of-timers",
    tries: "sets a timer of 0 ms whenever one runs out, so that virtual time stands still",
    tree: raft({
      timer: `if (name === "now") { this.ctx.setTimer("now", 0); return; } this.ctx.setTimer("now", 0);`,
    }),
    expect: { verdicts: ["too-many-messages", "stalled", "run-error", "time-limit"] },
  },
  {
    name: "loop-of-tiny-timers",
    tries: "sets timers of a thousandth of a thousandth of a ms, which round to nothing",
    tree: raft({
      timer: `this.ctx.setTimer("now", 1e-9); this.ctx.setTimer("then", 5e-324); if (name === "now" || name === "then") return;`,
    }),
    expect: { verdicts: ["too-many-messages", "stalled", "run-error", "time-limit"] },
  },
];
