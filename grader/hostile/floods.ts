import { type Attack, raft } from "./attack";
import { THIEF } from "./thief";

const LIMITS = [
  "output-limit",
  "memory-limit",
  "time-limit",
  "too-many-messages",
  "too-many-bytes",
  "run-error",
] as const;

const flood = (
  name: string,
  tries: string,
  code: Parameters<typeof raft>[0],
  expect: Attack["expect"] = { verdicts: LIMITS },
): Attack => ({
  name,
  tries,
  tree: raft(code),
  expect,
  sandboxOnly: true,
});

/** Too much of everything: words, timers, messages, processes. */
export const FLOODS: readonly Attack[] = [
  flood("many-words", "logs a million lines in every handler", {
    timer: "for (let i = 0; i < 1_000_000; i++) console.log('all is well', i);",
  }),
  flood(
    "long-words",
    "notes ten million characters in every handler",
    {
      timer: "this.ctx.note('x'.repeat(10_000_000));",
      vote: "this.ctx.note('x'.repeat(10_000_000), { data: 'y'.repeat(10_000_000) });",
    },
    { either: [...LIMITS, "accepted"] },
  ),
  flood(
    "wide-words",
    "logs one great object, over and over",
    {
      load: "const great = new Array(1_000_000).fill('x');",
      timer: "for (let i = 0; i < 1000; i++) console.log(great, great, great);",
    },
    { either: [...LIMITS, "accepted"] },
  ),
  flood("many-timers", "sets a million timers with names of their own", {
    construct: "for (let i = 0; i < 1_000_000; i++) ctx.setTimer('t' + i, 1 + (i % 7));",
  }),
  flood(
    "long-timers",
    "sets timers whose names are a million characters long",
    { construct: "for (let i = 0; i < 300; i++) ctx.setTimer('t'.repeat(1_000_000) + i, 1e6);" },
    { either: [...LIMITS, "accepted"] },
  ),
  flood("many-messages", "sends a hundred thousand messages from one handler", {
    timer:
      "for (let i = 0; i < 100_000; i++) for (const peer of this.ctx.peers) this.ctx.call(peer, 'requestVote', this.candidacy(this.currentTerm));",
  }),
  flood("echoes", "answers every answer with two questions", {
    edits: [
      {
        find: '    if (reply.term > this.currentTerm) return this.becomeFollower(reply.term);\n    if (this.role !== "candidate"',
        replace:
          "    this.ctx.call(from, 'requestVote', request); this.ctx.call(from, 'requestVote', request);\n    if (this.role !== \"candidate\"",
      },
    ],
  }),
  flood(
    "giant-messages",
    "sends fifty million characters in each message",
    { candidacy: "{ ...candidacy, hint: 'x'.repeat(50_000_000) + this.ctx.now() }" },
    { either: [...LIMITS, "accepted", "stalled"] },
  ),
  flood(
    "giant-saves",
    "saves fifty million characters at every turn",
    { state: "{ ...state, more: 'x'.repeat(50_000_000) + this.ctx.now() }" },
    { either: [...LIMITS, "accepted"] },
  ),
  flood(
    "many-saves",
    "saves a hundred thousand times in one handler",
    {
      timer:
        "for (let i = 0; i < 100_000; i++) this.ctx.save({ currentTerm: this.currentTerm, votedFor: this.votedFor, log: [], snapshot: null, i } as any);",
    },
    { either: [...LIMITS, "too-many-writes", "accepted"] },
  ),
  flood(
    "great-files-of-one-value",
    "sends a list of ten million numbers",
    { candidacy: "{ ...candidacy, hint: new Array(10_000_000).fill(this.ctx.random()) }" },
    { either: [...LIMITS, "accepted", "stalled"] },
  ),
  {
    name: "forks",
    tries: "starts processes, threads and clusters by every road that there is",
    tree: raft({
      load: `${THIEF}\nconst starters: any[] = [];
        for (const name of ["Worker", "SharedWorker", "Deno", "Bun", "child_process", "worker_threads", "cluster", "BroadcastChannel", "MessageChannel"]) for (const way of [() => (globalThis as any)[name], () => Reflect.get(globalThis, name)])
          try { const got = way(); if (got !== undefined) { new got("data:text/javascript,for(;;);"); loot(name); } } catch (e: any) { if (String(e.message).startsWith("LOOT")) throw e; }
        seek([console, structuredClone, globalThis]);`,
      construct: "seek([ctx]);",
      timer: "report();",
    }),
    expect: "harmless",
    sandboxOnly: true,
  },
];
