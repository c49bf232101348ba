import type { History } from "../history";
import type { Model } from "../model";
import type { Verdict, Violation } from "../verdict";
import { REFUSALS } from "./refusals";
import { Words } from "./words";

/** Columns of a terminal. */
const WIDTH = 100;

/** Operations, orders and parts that are shown; of more there is only the number. */
const SHOWN = { operations: 6, refusals: 3, violations: 4 };

/**
 * A verdict for a terminal or the report of a failing scene: what is wrong first, then the operations it is about and
 * how far their orders get. No line is longer than 100 columns.
 *
 * @param history - the one that was checked
 */
export function tellVerdict<S, I, O>(
  verdict: Verdict,
  history: History<I, O>,
  model: Model<S, I, O>,
): string {
  switch (verdict.verdict) {
    case "linearizable":
      return `linearizable: ${count(verdict.order.length, "operation")} in an order that the model allows`;
    case "undecided":
      return fold(`undecided: ${verdict.sentence}`, "").join("\n");
    case "not linearizable": {
      const words = new Words(history, model);
      const shown = verdict.violations.slice(0, SHOWN.violations);
      const more = verdict.violations.length - shown.length;
      return [
        ...shown.flatMap((violation) => tellViolation(violation, words)),
        ...(more > 0 ? [`and ${count(more, "more part")} that cannot be put in order`] : []),
      ].join("\n");
    }
  }
}

function tellViolation<S, I, O>(violation: Violation, words: Words<S, I, O>): readonly string[] {
  const { part, sentence, prefix, core, refusals } = violation;
  const where = part === undefined ? "" : ` (${JSON.stringify(part)})`;
  const named = new Set([...core.slice(-SHOWN.operations), violation.stuck]);
  const hidden = core.length - named.size;
  const untold = refusals.filter(({ why }) => !sentence.includes(why));
  const shown = untold.slice(0, SHOWN.refusals);
  const more = untold.length - shown.length;
  return [
    ...fold(`not linearizable${where}: ${sentence}`, "  "),
    `  Before it, ${count(prefix.length, "operation")} can be put in order. In question:`,
    ...(hidden > 0 ? [`    ${hidden} more`] : []),
    ...core.filter((id) => named.has(id)).map((id) => cut(`    ${row(id, words)}`)),
    ...(shown.length > 0 ? [`  As far as their orders get:`] : []),
    ...shown.flatMap(({ why }) => fold(`    ${why}`, "      ")),
    ...(more > 0 ? [`    and ${more}${refusals.length === REFUSALS ? " or more" : ""} further orders`] : []),
  ];
}

/** `put("x", "1") of client 0 (from 1.000 to 2.000 ms): version 1` */
function row<S, I, O>(id: number, words: Words<S, I, O>): string {
  const answer = words.answer(id);
  return words.whole(id) + (answer ? `: ${answer}` : "");
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}

/** A line that is too long loses its middle. */
function cut(line: string): string {
  if (line.length <= WIDTH) return line;
  const half = (WIDTH - 3) >> 1;
  return `${line.slice(0, half)} … ${line.slice(line.length - half)}`;
}

/** Breaks a text at blanks into lines of 100 columns; those after the first begin with `indent`. */
export function fold(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = /^ */.exec(text)?.[0] ?? "";
  let empty = true;
  for (const word of text.trim().split(" ")) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      [line, empty] = [indent, true];
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].map(cut);
}
