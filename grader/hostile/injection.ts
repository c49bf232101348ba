import { type Attack, raft } from "./attack";

/** Texts that do harm where they are printed, shown or put into tables. */
export const HOSTILE_TEXTS: readonly string[] = [
  "\u001b[2J\u001b[31mPASSED 100/100\u001b[0m\u001b]0;owned\u0007\u001b]8;;http://evil.example\u0007here\u001b]8;;\u0007",
  "\r\b\b\b\b100 points\u0000\u009b31m",
  '<script>alert(1)</script><img src=x onerror="alert(1)"></script></title></textarea>-->]]>',
  '=HYPERLINK("http://evil.example","100")\n+1+cmd|\' /C calc\'!A0\n@SUM(1)\n-2+3\t|',
  "| 100 | **passed** | [x](javascript:alert(1)) ![](http://evil.example/x.png) `` ` `` <details open>",
  "::error file=x::y\n::set-output name=points::100\n::stop-commands::x\n%0A::add-mask::1\n##[error]x",
  '","points":100,"verdict":"accepted"},{"x":"',
  "\u202e001/001 dessap\u202c\u2066\u200f",
  "${process.env.HOME} $(touch x) `touch x` ; touch x #{1} {{7*7}} %s %n %0a",
  "../../../etc/passwd\\..\\..\\CON:NUL.",
];

const ALL = JSON.stringify(HOSTILE_TEXTS.join(" "));

/** Programs that speak to whoever reads the report. */
export const INJECTION: readonly Attack[] = [
  {
    name: "hostile-message",
    tries: "throws an error whose text does harm in terminals, pages, tables and workflows",
    tree: raft({ timer: `throw new Error(${ALL});` }),
    expect: { verdicts: ["run-error"] },
  },
  {
    name: "hostile-name",
    tries: "throws an error of such a name, from a class of such a name",
    tree: raft({ timer: `throw Object.assign(new Error("x"), { name: ${ALL} });` }),
    expect: { verdicts: ["run-error"] },
  },
  {
    name: "hostile-load",
    tries: "throws it while it is loaded",
    tree: raft({ load: `throw new Error(${ALL});` }),
    expect: { verdicts: ["does-not-compile"] },
  },
  {
    name: "hostile-notes",
    tries: "notes and logs it, and names timers so",
    tree: raft({
      timer: `this.ctx.note(${ALL}, { text: ${ALL} }); console.log(${ALL}); this.ctx.setTimer(${ALL}, 100); return;`,
    }),
    expect: { verdicts: ["stalled", "wrong"] },
  },
  {
    name: "hostile-method",
    tries: "calls a method of such a name",
    tree: raft({
      timer: `(this as any)[${ALL} + "Reply"] = () => {}; this.ctx.call(this.ctx.peers[0]!, ${ALL} as any, {} as any);`,
    }),
    expect: { verdicts: ["run-error"] },
  },
  {
    name: "hostile-keys",
    tries: "sends a function under such a key, so that it stands in the message",
    tree: raft({ candidacy: `{ ...candidacy, [${ALL}]: () => 1 }` }),
    expect: { verdicts: ["run-error"] },
  },
  {
    name: "hostile-class",
    tries: "calls its class so",
    tree: raft({
      edits: [
        {
          find: "  // Persistent state (Figure 2).\n",
          replace: `  static override readonly name: any = ${ALL};\n`,
        },
      ],
      candidacy: "{ ...candidacy, hint: this }",
    }),
    expect: { verdicts: ["run-error"] },
  },
  {
    name: "hostile-line",
    tries: "makes an error of the compiler that quotes it",
    tree: raft({ load: `import x from ${ALL};\nvoid x;` }),
    expect: { verdicts: ["does-not-compile"] },
  },
  {
    name: "hostile-export",
    tries: "exports it in the place of its class",
    tree: (_reference, bait) => [
      { path: "raft/raft.ts", text: bait.fill(`const x = 1; export { x as ${ALL} };`) },
    ],
    expect: { verdicts: ["not-gradable", "does-not-compile"] },
  },
  {
    name: "hostile-term",
    tries: "puts it where a number belongs",
    tree: raft({ candidacy: `{ ...candidacy, term: ${ALL}, candidateId: ${ALL} }` }),
    expect: { verdicts: ["run-error"] },
  },
];
