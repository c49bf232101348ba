import type { Verdict } from "../../../labs/kit/scene/outcome";
import { SceneFailure } from "../../../labs/kit/scene/failure";
import { FloodError, LostError } from "../cell/cell";
import type { Limits } from "../isolation/node";
import type { Doing } from "./watched";

/** Killed from outside: the process that was started, or one that it had started itself, of which it tells by its exit code. */
const KILLED = /^(signal SIGKILL|exit code 137)$/;

/** How an engine ends that gets no more memory from the kernel; a program behind the engine's permissions cannot end it so. */
const ABORTED = /^(signal SIGABRT|exit code 134)$/;

/**
 * What the loss of a sandbox means for the run that was played input by input: the program's own fault, told with the handler that
 * was running; or undefined for what may be ours, such as a process that somebody has killed.
 */
export function failureOf(error: unknown, { what, server }: Doing, limits: Limits): SceneFailure | undefined {
  const by = server === undefined ? what : `${what} on server ${server}`;
  const fail = (verdict: Verdict, rule: string, message: string): SceneFailure =>
    new SceneFailure(verdict, rule, message, server);
  if (error instanceof FloodError) {
    const megabytes = Math.round(limits.outputBytes / 1024 / 1024);
    const message = `the programs of this run have sent, saved and noted more than ${megabytes} MB, the last of it in ${by}`;
    return fail("output-limit", "What a run tells is bounded", message);
  }
  if (!(error instanceof LostError)) return undefined;
  const { reason, how, lastWords } = error.ending;
  const memory = (): SceneFailure => {
    const message = `the programs of this run need more than ${limits.memoryMb} MB, the last of it in ${by}: does a list or a map grow without end?`;
    return fail("memory-limit", "Memory is bounded", message);
  };
  switch (reason) {
    case "handler": {
      const message = `${by} has taken ${limits.handlerMs / 1000} s of processor time and has not returned: a handler must end`;
      return fail("time-limit", "Handlers end", message);
    }
    case "run": {
      const message = `the run has not ended after ${limits.runMs / 1000} s of processor time, although its handlers end: they do too much`;
      return fail("time-limit", "Handlers end", message);
    }
    case "memory":
      return memory();
    case "processes":
      return fail("run-error", "A program starts no process", `${by} has started processes`);
    case "silence":
    case "told":
      return undefined;
    default:
      if (
        /out of memory|FATAL ERROR:.*(allocation|memory)|Allocation failed/i.test(lastWords) ||
        ABORTED.test(how)
      )
        return memory();
      if (KILLED.test(how)) return undefined; // not by us: perhaps the machine was short of memory
      return fail(
        "run-error",
        "A program does not end its process",
        `${by} has ended the process that it runs in (${how})`,
      );
  }
}
