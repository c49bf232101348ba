import { type Attack, raft } from "./attack";

/** What a program throws at the grader, and what it does with what the grader throws. */
const thrown = (name: string, tries: string, code: string): Attack => ({
  name,
  tries,
  tree: raft({ timer: code }),
  expect: { verdicts: ["run-error"] },
});

/** Exceptions that lie, and stacks that do not end. */
export const ERRORS: readonly Attack[] = [
  thrown("throws-nothing", "throws undefined", "throw undefined;"),
  thrown(
    "throws-an-empty-object",
    "throws an object without a prototype, which cannot be made a text",
    "throw Object.create(null);",
  ),
  thrown("throws-a-symbol", "throws a symbol", `throw Symbol("x");`),
  thrown(
    "throws-a-liar",
    "throws an error whose name, message, stack and cause throw when they are read",
    `const lie = { get(): never { throw new RangeError("liar"); }, configurable: true };
      throw Object.defineProperties(Object.defineProperty(new Error("x"), "stack", lie), { name: lie, message: lie, cause: lie, toString: lie });`,
  ),
  thrown(
    "throws-what-is-no-text",
    "throws an error whose message is an object and whose name is a function",
    `throw Object.assign(new Error("x"), { message: { toString: 1, valueOf: 2 }, name: () => "x", stack: 7 });`,
  ),
  thrown(
    "throws-what-is-never-a-text",
    "throws an object whose conversion to a text throws again",
    `throw { toString(): never { throw this; }, valueOf(): never { throw this; }, [Symbol.toPrimitive](): never { throw this; } };`,
  ),
  thrown(
    "throws-a-long-text",
    "throws an error with a message of 50 MB",
    `throw new Error("x".repeat(50_000_000));`,
  ),
  thrown(
    "throws-a-chain",
    "throws an error that is its own cause, with a thousand lines",
    `const e: any = new AggregateError([], "line\\n".repeat(1000)); e.cause = e; e.errors = [e, e]; throw e;`,
  ),
  thrown(
    "throws-another-class",
    "throws an object that only looks like an error, with getters that count",
    `let n = 0; class Odd extends Error { override get message(): string { return n++ === 0 ? "not implemented yet" : "x".repeat(n); } get where(): never { throw 1; } } throw new Odd();`,
  ),
  thrown("throws-a-function", "throws a class", "throw class Accepted { static verdict = 'accepted'; };"),
  {
    name: "overflow",
    tries: "calls itself without end",
    tree: raft({ timer: "this.timer(name);" }),
    expect: { verdicts: ["run-error"], says: /stack/i },
  },
  {
    name: "overflow-caught",
    tries: "overflows the stack in every handler, and catches it",
    tree: raft({ timer: "const dive = (): void => { try { dive(); } catch {} }; dive();" }),
    expect: "harmless",
  },
  {
    name: "depth-of-the-stack",
    tries: "notes how deep the stack is when it overflows, so that two runs of one seed differ",
    tree: raft({
      timer:
        "let depth = 0; const dive = (): void => { depth++; dive(); }; try { dive(); } catch {} this.ctx.note(String(depth));",
    }),
    expect: { either: ["accepted", "run-error"] },
  },
  {
    name: "overflow-in-a-verb",
    tries: "saves and sends at the very edge of the stack, so that the grader overflows half way",
    tree: raft({
      timer: `let left = 20; const dive = (): void => { try { dive(); } catch { if (left-- > 0) try { this.persist(); this.ctx.note("edge", { at: left }); } catch {} } }; dive();`,
    }),
    expect: { either: ["accepted", "run-error"] },
  },
  {
    name: "changed-fault",
    tries: "changes the error that a verb has thrown, before the grader reads it",
    tree: raft({
      timer: `try { this.ctx.call(99, "requestVote", {} as any); } catch (e: any) {
        try { Object.assign(e, { message: { toString: null }, name: 5, server: "<b>0</b>", where: { length: 1 } }); } catch {}
        try { Object.defineProperty(e, "where", { get() { throw new Error("where"); } }); } catch {}
        try { Object.setPrototypeOf(e, null); } catch {} }`,
    }),
    expect: { verdicts: ["run-error"] },
  },
  {
    name: "forged-fault",
    tries: "makes an error of the grader's own class, from one that it has thrown",
    tree: raft({
      timer: `try { this.ctx.call(99, "requestVote", {} as any); } catch (e: any) { throw new e.constructor("<script>", { toString: null }, { length: 3, join: 1 }); }`,
    }),
    expect: { verdicts: ["run-error"] },
  },
  {
    name: "swallowed-faults",
    tries: "breaks rules in every handler and catches what is thrown",
    tree: raft({
      vote: `try { this.ctx.save(() => 1 as any); } catch {} try { this.ctx.setTimer("x", -1); } catch {}`,
    }),
    expect: { verdicts: ["run-error"] },
  },
  {
    name: "context-used-later",
    tries: "keeps the context of an earlier life and of other handlers, and uses it at all times",
    tree: raft({
      load: "const kept: any[] = [];",
      construct: "kept.push(ctx);",
      status: "for (const each of kept) if (each !== this.ctx) each.call(0, 'requestVote', {});",
    }),
    expect: { either: ["accepted", "run-error", "not-gradable", "wrong"] },
  },
];
