import { precedes, type History } from "../history";
import { checkLinearizable } from "../linearizable";
import type { Model } from "../model";
import type { Budget } from "../verdict";
import { checkCausal, checkCausalMemory, checkConvergence, checkPram } from "./causal";
import { checkSession } from "./guarantees";
import { below, LEVELS, type Level, type LevelVerdict } from "./level";
import { sessionsOf, type Sessions } from "./sessions";
import { checkCoherent, checkOrderedWrites, checkSequential, ORDER_BUDGET } from "./sequential";

/** What a history keeps, promise by promise. */
export interface Ladder {
  /** In the order of {@link LEVELS}. */
  readonly levels: readonly (LevelVerdict & { readonly level: Level })[];
  /** The promises kept that follow from no other one kept. */
  readonly strongest: readonly Level[];
}

/**
 * Checks a history for all levels. What follows from a stronger one that holds is not checked again.
 *
 * @throws HistoryError if the history is written down wrongly
 */
export function ladder<S, I, O>(
  history: History<I, O>,
  model: Model<S, I, O>,
  budget: Budget = ORDER_BUDGET,
): Ladder {
  const kept = new Set<Level>();
  const given = new Set<Level>();
  const levels = LEVELS.map((level) => {
    const verdict: LevelVerdict = given.has(level)
      ? { verdict: "yes" }
      : checkLevel(level, history, model, budget);
    if (verdict.verdict === "yes") {
      if (!given.has(level)) kept.add(level);
      if (level !== "linearizable" || isSpaced(sessionsOf(history)))
        for (const weaker of below(level)) given.add(weaker);
    }
    return { level, ...verdict };
  });
  return { levels, strongest: [...kept] };
}

/** Whether real time, in which equal stamps count as concurrent, tells the order of every session. */
function isSpaced({ operations, of }: Sessions): boolean {
  return operations.every((operation, i) => {
    const before = of[i] === of[i - 1] ? operations[i - 1] : undefined;
    return before === undefined || precedes(before, operation);
  });
}

/** Checks a history for one level. */
export function checkLevel<S, I, O>(
  level: Level,
  history: History<I, O>,
  model: Model<S, I, O>,
  budget: Budget = ORDER_BUDGET,
): LevelVerdict {
  switch (level) {
    case "linearizable":
      return linearizable(history, model, budget);
    case "ordered writes":
      return checkOrderedWrites(history, model, budget);
    case "sequential":
      return checkSequential(history, model, budget);
    case "causal memory":
      return checkCausalMemory(history, model);
    case "causal convergence":
      return checkConvergence(history, model);
    case "causal":
      return checkCausal(history, model);
    case "PRAM":
      return checkPram(history, model);
    case "coherent":
      return checkCoherent(history, model, budget);
    case "read your writes":
    case "monotonic reads":
    case "monotonic writes":
    case "writes follow reads":
      return checkSession(level, history, model);
  }
}

function linearizable<S, I, O>(history: History<I, O>, model: Model<S, I, O>, budget: Budget): LevelVerdict {
  const found = checkLinearizable(history, model, { budget });
  switch (found.verdict) {
    case "linearizable":
      return { verdict: "yes", order: found.order };
    case "undecided":
      return { verdict: "undecided", sentence: found.sentence };
    case "not linearizable": {
      const [first] = found.violations;
      return { verdict: "no", sentence: first?.sentence ?? "", core: first?.core ?? [] };
    }
  }
}
