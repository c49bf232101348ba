import { type Attack, raft } from "./attack";
import { THIEF } from "./thief";

/** A program that elects nobody: whatever it says, it must not get a point. */
const IDLE = { timer: "return;" };

const WON = JSON.stringify({
  kind: "played",
  played: {
    outcome: { scene: "initial election", seed: 1, verdict: "accepted", hash: "", inputs: 1, virtualMs: 1 },
    wallMs: 1,
  },
});

const FORBIDDEN = /process\S* is not available in a simulated world/;

/** Ends of processes, and results that the program makes itself. */
export const EXIT: readonly Attack[] = [
  {
    name: "exit-at-load",
    tries: "ends its process with code 0 before it is asked anything",
    tree: raft({ load: "(process as any).exit(0);" }),
    expect: { verdicts: ["does-not-compile"], says: FORBIDDEN },
  },
  {
    name: "exit-in-a-handler",
    tries: "ends its process with code 0 while it is judged",
    tree: raft({ vote: "(process as any).exit(0);" }),
    expect: { verdicts: ["run-error"], says: FORBIDDEN },
  },
  {
    name: "exit-code-set",
    tries: "sets the exit code of its process",
    tree: raft({ timer: "(process as any).exitCode = 0;" }),
    expect: { verdicts: ["run-error"], says: FORBIDDEN },
  },
  {
    name: "exit-caught",
    tries: "ends its process wherever it can, and keeps quiet where it cannot",
    tree: raft({
      load: `function leave(): void { for (const way of [() => (process as any).exit(0), () => (process as any).abort(),
        () => (process as any).reallyExit(0), () => (globalThis as any).process.exit(0)]) { try { way(); } catch {} } }`,
      construct: "leave();",
      vote: "leave();",
    }),
    expect: "harmless",
  },
  {
    name: "kill-the-parent",
    tries: "finds the process by any road, and from there its parent",
    tree: raft({
      load: THIEF,
      construct: "seek([this, ctx, ctx.call, ctx.now, console.log, structuredClone]);",
    }),
    expect: "harmless",
    sandboxOnly: true,
  },
  {
    name: "forged-line",
    tries: "prints what the grader's own process would say of a good run",
    tree: raft({
      ...IDLE,
      construct: `console.log(${JSON.stringify(WON)}); console.error(${JSON.stringify(WON)}); ctx.note(${JSON.stringify(WON)});`,
    }),
    expect: { verdicts: ["stalled", "wrong"] },
  },
  {
    name: "forged-message",
    tries: "sends the parent a result of its own making",
    tree: raft({
      ...IDLE,
      load: THIEF,
      construct: `try { (globalThis as any).process.send(${WON}); } catch {}
        try { (process as any).stdout.write(${JSON.stringify(`${WON}\n`)}); } catch {}
        seek([console, ctx]);`,
    }),
    expect: { verdicts: ["stalled", "wrong"] },
    sandboxOnly: true,
  },
  {
    name: "forged-failure",
    tries: "throws what looks like a verdict of the grader's own",
    tree: raft({
      timer: `throw Object.assign(new Error("all is well"), { name: "SceneFailure", verdict: "accepted", rule: "", code: 0, where: [], server: 0 });`,
    }),
    expect: { verdicts: ["run-error"] },
  },
  {
    name: "forged-subject-error",
    tries: "throws what looks like an error of the grader's own while it is loaded",
    tree: raft({
      load: `throw Object.assign(new Error("x"), { name: "UsageError", verdict: "judge-error", lines: ["LOOK"], kind: "misused" });`,
    }),
    expect: { verdicts: ["does-not-compile"] },
  },
  {
    name: "forged-status",
    tries: "says that it leads, in every term, and does nothing",
    tree: raft({ ...IDLE, status: "return { term: 1, isLeader: this.ctx.id === 0 };" }),
    expect: { verdicts: ["stalled", "wrong", "run-error"] },
  },
];
