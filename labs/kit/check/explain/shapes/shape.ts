import type { CellOperation, Cells, Scalar } from "../../cell";
import type { History, Operation } from "../../history";
import { brief, type Words } from "../words";

/** An operation on the cell in question. */
export interface CellEvent {
  readonly id: number;
  readonly call: number;
  /** `Infinity` if no answer had come. */
  readonly return: number;
  readonly answered: boolean;
  readonly cell: CellOperation;
}

/** What a shape looks at: one cell, up to the answer that made it impossible. */
export interface Evidence {
  /** The operation whose answer makes it impossible. */
  readonly stuck: CellEvent;
  /** The others called by then, by call; what was still open then is without an answer. */
  readonly others: readonly CellEvent[];
  /** Those called only after that, by call. */
  readonly later: readonly CellEvent[];
  /** What the cell held at first. */
  readonly initial: Scalar;
  readonly words: Words<unknown, unknown, unknown>;
}

/** What a shape has found. */
export interface Finding {
  /** Operations that no order satisfies, whatever the others did. */
  readonly core: readonly number[];
  /** What is wrong, with a full stop. */
  readonly sentence: string;
}

/**
 * A way to be wrong that has a name. A shape must be sure: it may overlook a violation, but what it finds is one, by an
 * argument of its own that stands in its comment.
 */
export type Shape = (evidence: Evidence) => Finding | undefined;

/**
 * All there is to see of the cell of one operation when that was answered.
 *
 * @param cut - what had been called by then; what was open is without an answer
 * @param stuck - the operation
 * @param history - the whole one
 */
export function evidence<I, O>(
  cut: History<I, O>,
  stuck: Operation<I, O>,
  history: History<I, O>,
  cells: Cells<I, O>,
  words: Words<unknown, unknown, unknown>,
): Evidence {
  const event = (operation: Operation<I, O>): CellEvent => {
    const answered = operation.outcome === "ok";
    const { id, call, return: end } = operation;
    return { id, call, return: end, answered, cell: cells.of(operation.input, operation.output) };
  };
  const here = event(stuck);
  const isHere = ({ id, cell }: CellEvent): boolean => id !== stuck.id && cell.key === here.cell.key;
  const later = history
    .filter(({ call, outcome }) => call > stuck.return && outcome !== "failed")
    .sort((a, b) => a.call - b.call || a.id - b.id);
  return {
    stuck: here,
    others: cut.map(event).filter(isHere),
    later: later.map(event).filter(isHere),
    initial: cells.initial,
    words,
  };
}

/** Whether `a` was answered before `b` was called. */
export function before(a: CellEvent, b: CellEvent): boolean {
  return a.return < b.call;
}

/** Whether it changes the cell, or may have. */
export function mayChange({ cell }: CellEvent): boolean {
  return cell.kind === "write" || cell.kind === "append" || (cell.kind === "cas" && cell.swapped !== false);
}

/** The value that it found, if its answer tells; `null` is a value. */
export function found({ cell, answered }: CellEvent): Scalar | undefined {
  if (!answered) return undefined;
  if (cell.kind === "read") return cell.seen;
  return cell.kind === "cas" && cell.swapped === true ? cell.expected : undefined;
}

/** The value that it writes if it takes effect; not that of an append, which depends. */
export function writes(event: CellEvent): Scalar | undefined {
  const { cell } = event;
  return mayChange(event) && (cell.kind === "write" || cell.kind === "cas") ? cell.value : undefined;
}

/** The value that the cell held right behind it, if it was answered and that is certain. */
export function left(event: CellEvent): Scalar | undefined {
  const { cell, answered } = event;
  if (!answered) return undefined;
  if (cell.kind === "read") return cell.seen;
  return cell.kind === "write" || (cell.kind === "cas" && cell.swapped === true) ? cell.value : undefined;
}

/** Whether the cell held something else than `value` right behind it, for certain. */
export function excludes(event: CellEvent, value: Scalar): boolean {
  const { cell } = event;
  if (event.answered && cell.kind === "cas" && cell.swapped === false) return cell.expected === value;
  const held = left(event);
  return held !== undefined && held !== value;
}

/** The operations that write a value if they take effect. */
export function writersOf(value: Scalar, { others }: Evidence): readonly CellEvent[] {
  return others.filter((event) => writes(event) === value);
}

/** Whether values grow instead of being replaced only: then a value alone does not tell who wrote it. */
export function grows({ others, stuck }: Evidence): boolean {
  return [stuck, ...others].some(({ cell }) => cell.kind === "append");
}

/** A value as it is written: `"1"`, `7`, `null`. */
export function quote(value: Scalar): string {
  return brief(JSON.stringify(value));
}

/** The call of the stuck operation: `get("x") of client 2 (from 12.000 to 14.500 ms) answered "1", version 1`. */
export function claim({ stuck, words }: Evidence): string {
  const { cell } = stuck;
  const so = cell.kind === "cas" && cell.swapped === true ? `, so it found ${quote(cell.expected)}` : "";
  return `${words.whole(stuck.id)} answered ${words.answer(stuck.id)}${so}`;
}

/** `put("x", "2") of client 0 had been answered at 11.200 ms`, with the answer if it is worth telling. */
export function past(id: number, { words }: Evidence, tell = false): string {
  return `${words.who(id)} had been answered${tell ? ` ${words.answer(id)}` : ""} at ${words.answeredAt(id)}`;
}

/** Of some events the first by a measure; ties go to the earlier one. */
export function least(
  events: readonly CellEvent[],
  measure: (event: CellEvent) => number,
): CellEvent | undefined {
  let best: CellEvent | undefined;
  for (const event of events) if (!best || measure(event) < measure(best)) best = event;
  return best;
}

/** Their ids. */
export function ids(...events: readonly CellEvent[]): readonly number[] {
  return events.map(({ id }) => id);
}
