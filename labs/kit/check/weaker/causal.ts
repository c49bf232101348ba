import type { History } from "../history";
import type { Model } from "../model";
import type { Accesses } from "./accesses";
import { cycleAmong } from "./cycle";
import { Changes, inferOverwritten, readersOf } from "./inference";
import type { LevelVerdict } from "./level";
import { causality, type Precedence } from "./precedence";
import { sessionsOf } from "./sessions";
import { tellCycle } from "./tell";
import { accessesOf, withoutVoidReads } from "./who-read";

// One operation causes another if it comes before it in a session, if the other read what it wrote, or over
// several such steps. The definitions, and the patterns that refute them, are those of Bouajjani, Enea,
// Guerraoui & Hamza, “On verifying causal consistency”, POPL 2017, said of reads and writes of cells: a
// compare-and-set that swapped reads and writes; in the orders below it writes what it wrote in the history.

/**
 * Causal consistency (CC): each read can be explained by an order of what caused it. Nobody reads a value of
 * which it could know that it was overwritten; but two readers may see two writes that know nothing of each
 * other in two orders, and even the same reader may change its mind.
 */
export function checkCausal<S, I, O>(history: History<I, O>, model: Model<S, I, O>): LevelVerdict {
  return overAccesses(history, model, (accesses) => causal(accesses, causality(accesses), model));
}

/**
 * Causal convergence (CCv): as CC, and there is one order of all changes, the same for all, by which the
 * later one wins wherever a reader knows of both. What a store gives that settles conflicts by the last
 * writer.
 */
export function checkConvergence<S, I, O>(history: History<I, O>, model: Model<S, I, O>): LevelVerdict {
  return overAccesses(history, model, (accesses) => {
    const order = causality(accesses);
    const verdict = causal(accesses, order, model);
    if (verdict.verdict !== "yes") return verdict;
    const changes = new Changes(accesses);
    for (const reader of readersOf(accesses)) inferOverwritten(accesses, changes, order, reader);
    return cyclic("No one order of the changes suits all readers", accesses, order, model);
  });
}

/**
 * Causal memory (CM): each session has an order of all changes and its own reads, in which causes come first
 * and each read sees the last change before it (Ahamad et al., 1995). Two sessions may see two writes that
 * know nothing of each other in two orders, but each sticks to its own.
 */
export function checkCausalMemory<S, I, O>(history: History<I, O>, model: Model<S, I, O>): LevelVerdict {
  return overAccesses(history, model, (accesses) =>
    sessionBySession(accesses, causality(accesses), model as Model),
  );
}

/**
 * PRAM, or FIFO consistency (Lipton & Sandberg, 1988): each session has an order of all changes and its own
 * reads, in which each session's changes keep their order and each read sees the last change before it. Who
 * knew what does not matter.
 */
export function checkPram<S, I, O>(history: History<I, O>, model: Model<S, I, O>): LevelVerdict {
  return overAccesses(history, model, (accesses) => sessionBySession(accesses, undefined, model as Model));
}

/** Looks for a read of what its reader could know to be overwritten. */
function causal(accesses: Accesses, order: Precedence, model: Model): LevelVerdict {
  const stuck = order.settle();
  if (stuck.length > 0) {
    return fault("Somebody read what was written only because of that", accesses, order, stuck, model);
  }
  const changes = new Changes(accesses);
  const known = order.length;
  const overwrites = (other: number, source: number): boolean => order.before(source, other);
  for (const reader of readersOf(accesses)) {
    inferOverwritten(accesses, changes, order, reader, overwrites);
    // Each such step closes a cycle; steps of two readers in one would prove nothing.
    if (order.length > known) break;
  }
  return order.length === known
    ? { verdict: "yes" }
    : cyclic("Somebody read a value that it could know to be overwritten", accesses, order, model);
}

/**
 * For each session: its own reads see one order. Theirs alone are looked at, again and again until nothing is
 * new.
 */
function sessionBySession(accesses: Accesses, causes: Precedence | undefined, model: Model): LevelVerdict {
  const changes = new Changes(accesses);
  const readers = readersOf(accesses);
  const order = causes ?? causality({ ...accesses, from: new Int32Array(0) });
  const base = order.length;
  for (let session = 0; session < accesses.count; session++) {
    const own = readers.filter((i) => accesses.of[i] === session);
    order.cutBack(base);
    if (causes === undefined) {
      for (const after of own) {
        const before = accesses.from[after] ?? -1;
        if (before >= 0) order.add({ before, after, why: "read" });
      }
    }
    for (let known = -1; known < order.length;) {
      known = order.length;
      const stuck = order.settle();
      if (stuck.length > 0) {
        const name = accesses.operations[accesses.first[session] ?? 0]?.session;
        const headline = `No order of the changes suits the reads of session ${name}`;
        return fault(headline, accesses, order, stuck, model);
      }
      for (const reader of own) inferOverwritten(accesses, changes, order, reader);
    }
  }
  return { verdict: "yes" };
}

function cyclic(headline: string, accesses: Accesses, order: Precedence, model: Model): LevelVerdict {
  const stuck = order.settle();
  return stuck.length > 0 ? fault(headline, accesses, order, stuck, model) : { verdict: "yes" };
}

function fault(
  headline: string,
  accesses: Accesses,
  order: Precedence,
  stuck: readonly number[],
  model: Model,
): LevelVerdict {
  return tellCycle(headline, accesses, order, cycleAmong(order, stuck), model);
}

/** Who read from whom, if the model says so; what nobody can know makes of a "yes" an "undecided". */
function overAccesses<S, I, O>(
  history: History<I, O>,
  model: Model<S, I, O>,
  check: (accesses: Accesses) => LevelVerdict,
): LevelVerdict {
  const { cells } = model;
  if (cells === undefined) {
    return { verdict: "undecided", sentence: `The model “${model.name}” does not say who reads what.` };
  }
  const accesses = accessesOf(sessionsOf(withoutVoidReads(history, cells)), cells);
  if (accesses.contradiction) return { verdict: "no", ...accesses.contradiction };
  const verdict = check(accesses);
  if (verdict.verdict !== "yes" || accesses.blind === undefined) return verdict;
  return { verdict: "undecided", sentence: `No fault can be seen, but ${accesses.blind}.` };
}
