import type { Verdict } from "../kit/scene/outcome";
import type { Loss } from "./worker";

/** What a lost child means for the run that it was playing. */
export interface Description {
  readonly verdict: Verdict;
  readonly rule: string;
  readonly message: string;
}

/** Puts the loss of a child process into words for whoever wrote the program that it played. */
export function describeLoss(loss: Loss, scene: string, seed: number): Description {
  const run = `scene “${scene}”, seed ${seed}`;
  switch (loss.kind) {
    case "hung":
      return { verdict: "time-limit", rule: "Handlers end", message: `${describeHang(loss)}; ${run}` };
    case "out-of-memory":
      return {
        verdict: "memory-limit",
        rule: "Memory is bounded",
        message: `the program needs more than ${loss.memoryMb} MB: does a list or a map grow without end? ${run}`,
      };
    case "died":
      return {
        verdict: "judge-error",
        rule: "A process of the runner lives until it is told to end",
        message: `${describeDeath(loss)}; ${run}`,
      };
  }
}

/** The loss of a child that was not playing anything. */
export function describeDeath(loss: Loss): string {
  const how = loss.kind === "died" ? loss.how : loss.kind;
  const lastWords = loss.kind === "died" && loss.lastWords !== "" ? `: ${loss.lastWords}` : "";
  return `a process of the runner has ended (${how})${lastWords}`;
}

function describeHang({ waitedMs, look }: Extract<Loss, { kind: "hung" }>): string {
  const time = `${waitedMs / 1000} s`;
  switch (look.kind) {
    case "stuck": {
      const { handler, file, line } = look.place;
      if (handler === undefined)
        return `the program has not loaded for ${time} (${file}:${line}): loading must end`;
      return `${handler} has not returned for ${time} (${file}:${line}): a handler must end`;
    }
    case "moving":
      return `the run has not ended after ${time} of real time, although its handlers end: they do too much`;
    case "silent":
      return `the run has not ended after ${time} of real time; the line could not be found out`;
  }
}
