import { type Attack, raft } from "./attack";

/** Programs that need more memory than there is. */
const needs = (
  name: string,
  tries: string,
  code: Parameters<typeof raft>[0],
  also: readonly ("run-error" | "time-limit")[] = [],
): Attack => ({
  name,
  tries,
  tree: raft(code),
  expect: { verdicts: ["memory-limit", ...also] },
  sandboxOnly: true,
});

/** Heap, buffers and what grows without end. */
export const MEMORY: readonly Attack[] = [
  needs("heap-of-lists", "fills the heap with lists", {
    load: "const all: any[] = [];",
    vote: "for (;;) all.push(new Array(1000).fill(all.length));",
  }),
  needs(
    "heap-at-load",
    "fills the heap when it is loaded",
    {
      load: "const all: any[] = []; for (;;) all.push({ all: [all.length] });",
    },
    ["time-limit"],
  ),
  needs(
    "heap-of-texts",
    "doubles a text, and keeps all of them flat",
    {
      timer: `const all: string[] = []; let text = "x"; for (;;) { if (text.length < 2 ** 24) text += text; all.push((text + all.length).split("").reverse().join("")); }`,
    },
    ["run-error", "time-limit"],
  ),
  needs(
    "buffers",
    "takes buffers of 64 MB, which no limit of the heap counts, and writes into them",
    { timer: "const all: any[] = []; for (;;) all.push(new Uint8Array(64 * 2 ** 20).fill(1));" },
    ["run-error"],
  ),
  needs(
    "buffers-at-load",
    "takes buffers when it is loaded",
    { load: "const all: any[] = []; for (;;) all.push(new Float64Array(2 ** 23).fill(1));" },
    ["run-error"],
  ),
  needs(
    "buffers-caught",
    "takes buffers, goes on where there are no more, and holds on to them",
    {
      timer:
        "const all: any[] = []; for (let i = 0; i < 1e5; i++) try { all.push(new Uint8Array(2 ** 24).fill(1)); } catch {} (this as any).all = all;",
    },
    ["run-error", "time-limit"],
  ),
  needs(
    "one-great-list",
    "asks for a list of a thousand million numbers at once",
    { timer: "(this as any).all = new Array(2 ** 30).fill(0);" },
    ["run-error", "time-limit"],
  ),
  needs(
    "a-great-map",
    "puts more into maps than maps hold",
    {
      timer:
        "const maps: any[] = [new Map()]; for (let i = 0; ; i++) { if (i % 10_000_000 === 0) maps.push(new Map()); maps.at(-1).set(i, [i]); }",
    },
    ["run-error", "time-limit"],
  ),
  needs("closures", "keeps functions that keep functions", {
    timer:
      "let f: any = () => 1; for (;;) { const g = f, list = new Array(100).fill(0); f = () => [g, list]; }",
  }),
  needs(
    "a-growing-disk",
    "saves twice as much each time",
    {
      edits: [
        { find: "  // Persistent state (Figure 2).\n", replace: `  private grown = "x".repeat(2 ** 20);\n` },
      ],
      timer:
        "for (;;) { this.grown = this.grown.length < 2 ** 27 ? this.grown + this.grown : this.grown; this.ctx.save({ all: new Array(50).fill(0).map((_, i) => i + this.grown) }); }",
    },
    ["run-error", "time-limit"],
  ),
];
