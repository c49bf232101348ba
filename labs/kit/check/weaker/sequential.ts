import type { History, Operation } from "../history";
import type { Model } from "../model";
import type { Budget } from "../verdict";
import type { Accesses } from "./accesses";
import { cycleAmong } from "./cycle";
import { searchFrontiers } from "./frontier";
import { Changes, inferNotYet, inferOverwritten, readersOf } from "./inference";
import type { LevelVerdict } from "./level";
import { Outlook } from "./outlook";
import { causality, type Precedence } from "./precedence";
import { sessionsOf, type Sessions } from "./sessions";
import { idsOf, tellCycle, tellOperation } from "./tell";
import { addTime, addVersions, missingVersion } from "./total-order";
import { accessesOf, withoutVoidReads } from "./who-read";

/** What a check may use if nobody says otherwise: about a second of work. */
export const ORDER_BUDGET: Budget = { steps: 500_000, bytes: 128 * 1024 * 1024 };

/** After so many rounds of inference the search takes over; each infers at least one step. */
const ROUNDS = 30;

/**
 * Sequential consistency (Lamport, 1979): one order of all operations, of all parts together, that keeps the
 * order of each session and that the model allows. Real time does not matter: a read may be as old as it
 * likes, as long as its session never notices. It is not local: each part may be in order and the whole not.
 */
export function checkSequential<S, I, O>(
  history: History<I, O>,
  model: Model<S, I, O>,
  budget: Budget = ORDER_BUDGET,
): LevelVerdict {
  return inOneOrder(history, model, budget, false);
}

/**
 * Sequential consistency, and changes stand in the order of real time: one that was answered before another
 * was called comes first. This is what ZooKeeper promises (Hunt et al., 2010: linearizable writes and FIFO
 * client order): all of one client's operations take effect in its order, its reads show its own writes and
 * never go back, but may be late.
 */
export function checkOrderedWrites<S, I, O>(
  history: History<I, O>,
  model: Model<S, I, O>,
  budget: Budget = ORDER_BUDGET,
): LevelVerdict {
  if (model.cells === undefined) {
    return {
      verdict: "undecided",
      sentence: `The model “${model.name}” does not say what changes something.`,
    };
  }
  return inOneOrder(history, model, budget, true);
}

/** Coherence: sequential consistency of each part on its own; what is said of other parts does not matter. */
export function checkCoherent<S, I, O>(
  history: History<I, O>,
  model: Model<S, I, O>,
  budget: Budget = ORDER_BUDGET,
): LevelVerdict {
  const parts = new Map<string, Operation<I, O>[]>();
  for (const operation of history) {
    const part = model.part?.(operation.input) ?? "";
    const members = parts.get(part);
    if (members) members.push(operation);
    else parts.set(part, [operation]);
  }
  const verdicts = [...parts.values()].map((part) => checkSequential(part, model, budget));
  return (
    verdicts.find(({ verdict }) => verdict === "no") ??
    verdicts.find(({ verdict }) => verdict === "undecided") ?? { verdict: "yes" }
  );
}

/** Infers what must be so; if that is no contradiction, seeks an order that the model allows. */
function inOneOrder(history: History, model: Model, budget: Budget, inTime: boolean): LevelVerdict {
  const { cells } = model;
  if (cells === undefined) {
    const sessions = sessionsOf(history);
    const required = (i: number): boolean => sessions.operations[i]?.outcome === "ok";
    const deadline = (i: number): number => sessions.operations[i]?.return ?? Infinity;
    return seek(sessions, model, { required, pure: () => false, deadline }, budget);
  }
  const accesses = accessesOf(sessionsOf(withoutVoidReads(history, cells)), cells);
  const fault = accesses.contradiction ?? accesses.clash ?? missingVersion(accesses, model);
  if (fault) return { verdict: "no", ...fault };
  const order = causality(accesses);
  addVersions(accesses, order);
  if (inTime) addTime(accesses, order);
  const stuck = inferAll(accesses, order);
  if (stuck.length > 0) {
    const headline = inTime
      ? "No order keeps the sessions' own and the changes in time"
      : "No order keeps the sessions' own";
    return tellCycle(headline, accesses, order, cycleAmong(order, stuck), model);
  }
  const required = (i: number): boolean => accesses.optional[i] !== 1;
  const pure = (i: number): boolean => {
    const cell = accesses.cells[i];
    return cell?.kind === "read" || (cell?.kind === "cas" && cell.swapped === false);
  };
  return seek(
    accesses,
    model,
    { order, required, pure, deadline: deadlines(accesses), outlook: new Outlook(accesses) },
    budget,
  );
}

/** Whoever was answered has taken effect, and whatever it read, too. */
function deadlines({ operations, from }: Accesses): (operation: number) => number {
  const by = Float64Array.from(operations, (one) => one.return);
  from.forEach((source, reader) => {
    if (source >= 0) by[source] = Math.min(by[source] ?? Infinity, operations[reader]?.return ?? Infinity);
  });
  return (i) => by[i] ?? Infinity;
}

/** Infers until nothing is new. @returns what cannot be put in order, if there is a cycle */
function inferAll(accesses: Accesses, order: Precedence): readonly number[] {
  const changes = new Changes(accesses);
  // Where versions have numbers, there is nothing left to infer.
  const readers = readersOf(accesses).filter((i) => !accesses.numbered.has(accesses.key[i] ?? 0));
  for (let round = 0, known = -1; round < ROUNDS && known < order.length; round++) {
    known = order.length;
    const stuck = order.settle();
    if (stuck.length > 0) return stuck;
    for (const reader of readers) {
      inferOverwritten(accesses, changes, order, reader);
      inferNotYet(accesses, changes, order, reader);
    }
  }
  return order.settle();
}

function seek(
  sessions: Sessions,
  model: Model,
  hints: Parameters<typeof searchFrontiers>[2],
  budget: Budget,
): LevelVerdict {
  const found = searchFrontiers(sessions, model, hints, budget);
  if (found.verdict === "yes") {
    return { verdict: "yes", order: found.order.flatMap((i) => sessions.operations[i]?.id ?? []) };
  }
  const { furthest } = found;
  const whole = sessions.operations.filter((_, i) => hints.required(i)).length;
  const reached = `The longest order that keeps the sessions' own has ${furthest.length} of ${whole} operations`;
  if (found.verdict === "undecided") {
    return { verdict: "undecided", sentence: `The budget was spent after ${found.steps} steps. ${reached}.` };
  }
  const placed = new Set(furthest);
  const heads = sessions.operations
    .map((_, i) => i)
    .filter((i) => !placed.has(i) && hints.required(i) && (isFirst(sessions, i) || placed.has(i - 1)));
  const words = heads.map((i) => tellOperation(sessions.operations[i], model));
  return {
    verdict: "no",
    sentence: `${reached}; after it, none of these can come next: ${words.join("; ")}.`,
    core: idsOf(sessions, heads),
  };
}

function isFirst({ first, of }: Sessions, i: number): boolean {
  return first[of[i] ?? 0] === i;
}
