import type { Decision } from "../decision";
import type { History, Operation } from "../history";

/** Whether some operations of one part can be put in order. Any engine will do; it must not mind sessions. */
export type Oracle<I, O> = (operations: History<I, O>) => Decision;

/** What an engine says of a history that cannot be put in order. */
export interface Clues {
  /** Operations that no order satisfies on their own, by id: it is impossible by the last answer among them. */
  readonly core?: readonly number[];
  /** The operation whose answer no order gets past, by id. */
  readonly stuck?: number;
}

/** The moment at which a history becomes impossible. */
export interface Wall<I, O> {
  /** What had been called when `stuck` was answered; whatever was still open then is without an answer here. */
  readonly cut: History<I, O>;
  /** The operation that was answered then. */
  readonly stuck: Operation<I, O>;
  /** An order, by id, of what had been called before that answer; what was open then is in it where it is needed. */
  readonly prefix: readonly number[];
  /** A set of operations of the cut that no order satisfies on its own, by id, if the oracle named one. */
  readonly core: readonly number[] | undefined;
}

/**
 * Finds the first answer, in time, that leaves no order. Cuts of a history form a chain: what can be put in order up to
 * some time can be up to any earlier time (an order of the later cut, ended behind the last operation that the earlier
 * one knows the answer of). So the wall is found by halving. If the oracle cannot decide some cut, the wall is the first
 * answer that is known to leave none.
 *
 * @param history - of one part, known not to be linearizable
 * @throws RangeError if nothing in it was answered
 */
export function findWall<I, O>(history: History<I, O>, oracle: Oracle<I, O>, clues: Clues): Wall<I, O> {
  const cuts = new Cuts(history);
  let good = 0;
  let prefix: readonly number[] = [];
  /** The shortest cut known to be bad, and the shortest one not known to be good: they differ where one is undecided. */
  let bad = cuts.length;
  let top = cuts.length;
  let { core } = clues;
  let hint = cuts.hint(clues, top);
  let reach = 1;
  while (good + 1 < top) {
    let at = hint;
    if (at <= good || at >= top) {
      // In steps that double: the wall is mostly close below what is known of it.
      at = Math.max((good + top) >> 1, top - reach);
      reach *= 2;
    }
    const decision = oracle(cuts.upTo(at));
    if (decision.verdict === "linearizable") {
      good = at;
      prefix = decision.order;
    } else {
      top = at;
      if (decision.verdict === "not linearizable") {
        bad = at;
        core = decision.core;
        hint = cuts.hint(decision, at);
      }
    }
  }
  const cut = cuts.upTo(bad);
  return { cut, stuck: cuts.answered(bad), prefix, core };
}

/** The beginnings of a history: one for each answer. */
class Cuts<I, O> {
  private readonly byAnswer: readonly Operation<I, O>[];
  private readonly byCall: readonly Operation<I, O>[];
  /** How many answers there were when an operation was answered, its own included. */
  private readonly count: ReadonlyMap<number, number>;

  constructor(history: History<I, O>) {
    this.byAnswer = history
      .filter(({ outcome }) => outcome === "ok")
      .sort((a, b) => a.return - b.return || a.id - b.id);
    this.byCall = history
      .filter(({ outcome }) => outcome !== "failed")
      .sort((a, b) => a.call - b.call || a.id - b.id);
    this.count = new Map(this.byAnswer.map(({ id }, i) => [id, i + 1]));
  }

  get length(): number {
    return this.byAnswer.length;
  }

  /** The operation whose answer is the last of a cut. */
  answered(answers: number): Operation<I, O> {
    const operation = this.byAnswer[answers - 1];
    if (!operation) throw new RangeError("A history without an answer can always be put in order.");
    return operation;
  }

  /** What had been called by the answer of that number, and what of it had been answered. */
  upTo(answers: number): History<I, O> {
    const end = this.answered(answers).return;
    const cut: Operation<I, O>[] = [];
    for (const operation of this.byCall) {
      if (operation.call > end) break;
      cut.push((this.count.get(operation.id) ?? Infinity) <= answers ? operation : unanswered(operation));
    }
    return cut;
  }

  /**
   * The cut of at most so many answers that some clues point to. It is a guess: an engine that sees later answers may be
   * stuck earlier, by what they say of operations that are still open at that cut.
   */
  hint({ core = [], stuck }: Clues, within: number): number {
    const counts = (stuck === undefined ? core : [stuck]).map((id) => this.count.get(id) ?? 0);
    let last = counts.filter((count) => count <= within).reduce((most, count) => Math.max(most, count), 0);
    const instant = this.byAnswer[last - 1]?.return;
    while (last > 0 && last < within && this.byAnswer[last]?.return === instant) last++;
    return last;
  }
}

/** The same operation as if no answer had come. */
export function unanswered<I, O>(operation: Operation<I, O>): Operation<I, O> {
  if (operation.outcome === "unknown") return operation;
  const { output, ...rest } = operation;
  void output;
  return { ...rest, outcome: "unknown", return: Infinity };
}
