import type { Operation } from "../history";
import type { Model } from "../model";
import { INITIAL, tellKey, type Accesses } from "./accesses";
import { wayFrom } from "./cycle";
import type { LevelVerdict } from "./level";
import type { Precedence, Step } from "./precedence";

/** A cycle of steps as a verdict: what each step rests on stands before it. */
export function tellCycle(
  headline: string,
  accesses: Accesses,
  order: Precedence,
  cycle: readonly Step[],
  model: Model,
): LevelVerdict {
  const facts = new Map<string, Step>();
  for (const step of cycle) collect(accesses, order, step, facts);
  const steps = [...facts.values()];
  const core = new Set<number>();
  for (const { before, after, reader } of steps) {
    for (const i of [before, after, ...(reader === undefined ? [] : [reader])]) {
      core.add(i);
      for (let by = accesses.shownBy[i] ?? -1; by >= 0; by = accesses.shownBy[by] ?? -1) core.add(by);
    }
  }
  const words = steps.map((step) => tellStep(accesses, step, model));
  return { verdict: "no", sentence: `${headline}: ${words.join("; ")}.`, core: idsOf(accesses, [...core]) };
}

/** An operation in words, e.g. `client 2's get("x") → "1"`. */
export function tellOperation(operation: Operation | undefined, model: Model): string {
  if (operation === undefined) return "an operation";
  return `client ${operation.session}'s ${tellAlone(operation, model)}`;
}

/** That an operation came before another one of its session. */
export function tellInSession(one: Operation | undefined, next: Operation | undefined, model: Model): string {
  return one && next ? `${tellOperation(one, model)} came before its ${tellAlone(next, model)}` : "";
}

/** An operation without its client; that a change was made is not worth a word. */
function tellAlone({ input, output, outcome }: Operation, model: Model): string {
  const words = model.tellInput(input);
  if (outcome !== "ok") return `${words} without an answer`;
  const cell = model.cells?.of(input, output);
  const plain = (cell?.kind === "write" || cell?.kind === "append") && cell.version === undefined;
  return plain ? words : `${words} → ${model.tellOutput(output, input)}`;
}

/** The ids of operations, in the order of the sessions. */
export function idsOf({ operations }: Pick<Accesses, "operations">, numbers: readonly number[]): number[] {
  return [...numbers].sort((a, b) => a - b).flatMap((i) => operations[i]?.id ?? []);
}

/** A step, after all that it rests on. */
function collect(accesses: Accesses, order: Precedence, step: Step, facts: Map<string, Step>): void {
  const name = `${step.before} ${step.after} ${step.why} ${step.reader}`;
  if (facts.has(name)) return;
  const [from, to] = premiseOf(accesses, step);
  if (from !== to) {
    for (const each of wayFrom(order, from, to, step.known ?? 0)) collect(accesses, order, each, facts);
  }
  facts.set(name, step);
}

/** What an inference rests on: that the first comes before the second. */
function premiseOf({ from }: Accesses, { before, after, why, reader }: Step): [number, number] {
  if (reader === undefined) return [0, 0];
  if (why === "overwritten") return [before, reader];
  const source = from[reader] ?? INITIAL;
  return why === "not yet" && source !== INITIAL ? [source, after] : [0, 0];
}

function tellStep(accesses: Accesses, { before, after, why, reader }: Step, model: Model): string {
  const tell = (i: number): string => tellOperation(accesses.operations[i], model);
  const [a, b] = [tell(before), tell(after)];
  const witness = accesses.shownBy[after] ?? -1;
  switch (why) {
    case "session":
      return tellInSession(accesses.operations[before], accesses.operations[after], model);
    case "read":
      return witness < 0
        ? `${b} read what ${a} wrote`
        : `${b} met what ${a} wrote, as ${tell(witness)} shows`;
    case "time":
      return `${a} was answered before ${b} was called`;
    case "version":
      return `by the versions of ${tellKey(accesses, accesses.key[before] ?? 0)}, ${a} comes before ${b}`;
    case "overwritten":
      return `${tell(reader ?? before)} came after ${a} and read what ${b} wrote, so that is the later one`;
    case "not yet": {
      const source = accesses.from[before] ?? INITIAL;
      const what = source === INITIAL ? "the initial value" : `what ${tell(source)} wrote`;
      return `${a} read ${what}, so it comes before ${b}`;
    }
  }
}
