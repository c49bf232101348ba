import type { Scalar } from "../../cell";
import {
  before,
  claim,
  excludes,
  found,
  grows,
  ids,
  least,
  left,
  quote,
  writes,
  type CellEvent,
  type Evidence,
  type Shape,
} from "./shape";

// A value that came about only once stays for a while, and then is gone for good: it was there all the time between any
// two operations that show it (Gibbons & Korach, 1997, call such a time a zone).

/** A value that came about only once was seen, then something else, then this value again. */
export const cameBack: Shape = (evidence) => {
  const { stuck, others, words } = evidence;
  const value = found(stuck);
  const first = firstOf(value, evidence);
  if (value === undefined || !first) return undefined;
  const between = others.find(
    (event) => before(first, event) && before(event, stuck) && excludes(event, value),
  );
  if (!between) return undefined;
  return {
    core: ids(stuck, first, between),
    sentence:
      `${claim(evidence)}, but ${quote(value)} had been there by ${words.answeredAt(first.id)} ` +
      `(${words.who(first.id)}), and then, before that call, ${words.whole(between.id)} answered ` +
      `${words.answer(between.id)}. ${quote(value)} came about only once: it cannot come back.`,
  };
};

/** Two values that came about only once, each of them there both before and after the other. */
export const crossed: Shape = (evidence) => {
  const { stuck, words } = evidence;
  const value = found(stuck);
  const first = firstOf(value, evidence);
  if (value === undefined || !first) return undefined;
  const other = stays(evidence).find(
    (stay) => stay.value !== value && before(first, stay.last) && (!stay.first || before(stay.first, stuck)),
  );
  if (!other) return undefined;
  const there = (shows: CellEvent): string =>
    `was there by ${words.answeredAt(shows.id)} (${words.who(shows.id)})`;
  const early = other.first ? `${there(other.first)}, before that call` : "was there at first";
  return {
    core: ids(stuck, first, ...(other.first ? [other.first] : []), other.last),
    sentence:
      `${claim(evidence)}, but ${quote(value)} ${there(first)}, before ${words.whole(other.last.id)} shows ` +
      `${quote(other.value)}, and ${quote(other.value)} ${early}. Each came about only once: one of them must have ` +
      "been gone for good before the other.",
  };
};

/** The operation answered first that shows a value, if that value came about only once, and not at first. */
function firstOf(value: Scalar | undefined, evidence: Evidence): CellEvent | undefined {
  if (value === undefined || value === evidence.initial || grows(evidence)) return undefined;
  if (sources(evidence).get(value) !== 1) return undefined;
  const showing = evidence.others.filter((event) => shown(event).includes(value));
  return least(showing, (event) => event.return);
}

/** What is known of the time in which the cell held a value. */
interface Stay {
  readonly value: Scalar;
  /** The operation answered first that shows it; undefined if it was there at first. */
  readonly first: CellEvent | undefined;
  /** The operation called last that shows it. */
  readonly last: CellEvent;
}

/** Of all values that came about only once. */
function stays(evidence: Evidence): readonly Stay[] {
  const { others, initial } = evidence;
  const times = sources(evidence);
  const showing = new Map<Scalar, CellEvent[]>();
  for (const event of others) {
    for (const value of shown(event)) {
      const events = showing.get(value);
      if (events) events.push(event);
      else showing.set(value, [event]);
    }
  }
  return [...showing].flatMap(([value, events]) => {
    const last = least(events, ({ call }) => -call);
    if (!last || times.get(value) !== 1) return [];
    return [{ value, first: value === initial ? undefined : least(events, (event) => event.return), last }];
  });
}

/** The values that the cell held right before or behind an answered operation. */
function shown(event: CellEvent): readonly Scalar[] {
  return [found(event), left(event)].filter((value) => value !== undefined);
}

/** How often each value can have come about. */
function sources({ initial, others, stuck }: Evidence): ReadonlyMap<Scalar, number> {
  const times = new Map<Scalar, number>([[initial, 1]]);
  for (const event of [stuck, ...others]) {
    const value = writes(event);
    if (value !== undefined) times.set(value, (times.get(value) ?? 0) + 1);
  }
  return times;
}
