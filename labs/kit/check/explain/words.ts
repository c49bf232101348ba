import type { History, Operation } from "../history";
import type { Model } from "../model";

/** How operations are spoken of: by what they ask, whose they are, what they were told, and when. */
export class Words<S, I, O> {
  private readonly operations: ReadonlyMap<number, Operation<I, O>>;

  constructor(
    history: History<I, O>,
    readonly model: Model<S, I, O>,
  ) {
    this.operations = new Map(history.map((operation) => [operation.id, operation]));
  }

  /** As it stands in the history, also if it was still open at some cut. */
  get(id: number): Operation<I, O> {
    const operation = this.operations.get(id);
    if (!operation) throw new RangeError(`No operation of the history has the id ${id}.`);
    return operation;
  }

  /** `put("x", "1")` */
  what(id: number): string {
    return brief(this.model.tellInput(this.get(id).input));
  }

  /** `put("x", "1") of client 2` */
  who(id: number): string {
    return `${this.what(id)} of client ${this.get(id).session}`;
  }

  /** `put("x", "1") of client 2 (from 12.000 to 14.500 ms)` */
  whole(id: number): string {
    return `${this.who(id)} (${this.span(id)})`;
  }

  /** `from 12.000 to 14.500 ms` */
  span(id: number): string {
    const end = this.get(id).return;
    const called = this.called(id);
    if (end === Infinity) return `from ${called} on, without an answer`;
    return `from ${called.replace(/ ms$/, "")} to ${this.answeredAt(id)}`;
  }

  /** When it was called: `12.000 ms`. */
  called(id: number): string {
    const { at, call } = this.get(id);
    return at ? ms(at[0]) : `${call}`;
  }

  /** When it was answered: `14.500 ms`. */
  answeredAt(id: number): string {
    const { at, return: end } = this.get(id);
    return at ? ms(at[1]) : `${end}`;
  }

  /** What it was told: `"1", version 1`; nothing if it was not told anything. */
  answer(id: number): string {
    const { outcome, output, input } = this.get(id);
    return outcome === "ok" ? brief(this.model.tellOutput(output as O, input)) : "";
  }
}

/** As the messages of a scene and the lines of a trace have it. */
function ms(time: number): string {
  return `${time.toFixed(3)} ms`;
}

const QUOTATION = /"(?:[^"\\]|\\.)*"/;

/** The most characters of a quotation that stand in a text, and how many at its ends stand for a longer one. */
const QUOTED = { whole: 40, start: 12, end: 20 };

/** Quotations that are too long lose their middle. */
export function brief(text: string): string {
  return text.replace(new RegExp(QUOTATION, "g"), (quotation) =>
    quotation.length <= QUOTED.whole
      ? quotation
      : `${quotation.slice(0, QUOTED.start)}…${quotation.slice(-QUOTED.end)}`,
  );
}

/** Where the values of two texts part, if that cannot be seen any more since they are shown in brief. */
export function parting(one: string, other: string): string {
  const [first, second] = [one, other].map((text) => QUOTATION.exec(text)?.[0] ?? "");
  if (!first || !second || first === second || brief(first) !== brief(second)) return "";
  let at = 0;
  while (first[at] === second[at]) at++;
  const around = (text: string): string => `…${text.slice(at - QUOTED.start, at + QUOTED.start)}…`;
  return ` (they part at ${around(first)} and ${around(second)})`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
}
