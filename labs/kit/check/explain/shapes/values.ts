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
  past,
  quote,
  writersOf,
  writes,
  type CellEvent,
  type Evidence,
  type Shape,
} from "./shape";

// Where values are replaced as a whole, by writes and compare-and-sets, a value is there only because somebody wrote it.

/** Nobody wrote the value that was found, or only somebody who came later. */
export const neverWritten: Shape = (evidence) => {
  const { stuck, initial, later, words } = evidence;
  const value = found(stuck);
  if (value === undefined || value === initial || grows(evidence)) return undefined;
  if (writersOf(value, evidence).length > 0) return undefined;
  const first = later.find((event) => writes(event) === value);
  const why = first
    ? `the first to write ${quote(value)}, ${words.who(first.id)}, was called only at ${words.called(first.id)}, after that answer`
    : `nobody ever wrote ${quote(value)}`;
  return { core: ids(stuck), sentence: `${claim(evidence)}, but ${why}.` };
};

/**
 * Something before the call shows another value, and whoever wrote the one that was found had been answered before that
 * something was called. So of the writers of this value even the last in order is followed by another value, and then by
 * the stuck operation.
 */
export const stale: Shape = (evidence) => {
  const { stuck } = evidence;
  const value = found(stuck);
  if (value === undefined || grows(evidence)) return undefined;
  const writers = writersOf(value, evidence);
  const proof = latest(value, evidence);
  if (!proof || writers.some((writer) => !before(writer, proof))) return undefined;
  const held = left(proof);
  const must =
    proof.cell.kind !== "read" && held !== undefined ? `: it must see ${quote(held)} or a later value` : "";
  return {
    core: ids(stuck, proof, ...writers),
    sentence:
      `${claim(evidence)}, but ${past(proof.id, evidence, proof.cell.kind !== "write")}, before that call${must}. ` +
      `${origin(value, writers, evidence)}.`,
  };
};

/** Of what was answered before the call, what was called last and shows another value. */
function latest(value: Scalar, { stuck, others }: Evidence): CellEvent | undefined {
  const proofs = others.filter((event) => before(event, stuck) && excludes(event, value));
  return least(proofs, ({ call }) => -call);
}

/** Where the value comes from, and that this is long ago. */
function origin(value: Scalar, writers: readonly CellEvent[], evidence: Evidence): string {
  const { initial, words } = evidence;
  const [only, ...more] = writers;
  const first = value === initial ? "at first" : "";
  if (!only) return `${quote(value)} is what was there at first, and nobody wrote it again`;
  if (more.length > 0) {
    return `All ${writers.length} operations that write ${quote(value)} had been answered before that one was called`;
  }
  const also = first && ` was there at first, and`;
  return `${quote(value)}${also} was written before that, by ${words.who(only.id)}, answered at ${words.answeredAt(only.id)}`;
}

/** What is known of the time in which the cell held a value that came about only once. */
interface Stay {
  readonly value: Scalar;
  /** The operation answered first that shows it; undefined if it was there at first. */
  readonly first: CellEvent | undefined;
  /** The operation called last that shows it. */
  readonly last: CellEvent;
}

/**
 * A value that came about only once was there all the time between any two operations that show it. So two such values
 * cannot each have been there both before and after the other (Gibbons & Korach, 1997, call these times zones).
 */
export const cameBack: Shape = (evidence) => {
  const { stuck, others, initial, words } = evidence;
  const value = found(stuck);
  if (value === undefined || grows(evidence) || sources(value, evidence) !== 1) return undefined;
  const shows = others.filter((event) => event.answered && shown(event).includes(value));
  const first = value === initial ? undefined : least(shows, (event) => event.return);
  if (value !== initial && !first) return undefined;
  const since = first?.return ?? -Infinity;
  const there = first
    ? `${quote(value)} had been there by ${words.answeredAt(first.id)} (${words.who(first.id)})`
    : "";
  const then = first ?? undefined;

  const between = others.find(
    (event) => event.call > since && before(event, stuck) && excludes(event, value),
  );
  if (between) {
    const start = there || `${quote(value)} was there at first`;
    return {
      core: ids(stuck, ...(then ? [then] : []), between),
      sentence:
        `${claim(evidence)}, but ${start}, and something else after that (${words.whole(between.id)} answered ` +
        `${words.answer(between.id)}), before that call. ${quote(value)} came about only once: it cannot come back.`,
    };
  }
  const other = stays(evidence).find(
    (stay) =>
      stay.value !== value && (stay.first?.return ?? -Infinity) < stuck.call && stay.last.call > since,
  );
  if (!other || !first) return undefined;
  const whence = other.first
    ? `${words.who(other.first.id)} was answered before that call`
    : "it was there at first";
  return {
    core: ids(stuck, first, ...(other.first ? [other.first] : []), other.last),
    sentence:
      `${claim(evidence)}, but ${quote(other.value)} was there before ${quote(value)} (${whence}) and also after it ` +
      `(${words.who(first.id)} was answered before ${words.who(other.last.id)} was called). ` +
      "Each of them came about only once.",
  };
};

/** The values that the cell held right before or behind an answered operation. */
function shown(event: CellEvent): readonly Scalar[] {
  return [found(event), left(event)].filter((value) => value !== undefined);
}

/** How often a value can have come about. */
function sources(value: Scalar, evidence: Evidence): number {
  const own = writes(evidence.stuck) === value ? 1 : 0;
  return writersOf(value, evidence).length + own + (value === evidence.initial ? 1 : 0);
}

function stays(evidence: Evidence): readonly Stay[] {
  const { others, initial } = evidence;
  const showing = new Map<Scalar, CellEvent[]>();
  for (const event of others) {
    if (!event.answered) continue;
    for (const value of new Set(shown(event))) {
      const events = showing.get(value);
      if (events) events.push(event);
      else showing.set(value, [event]);
    }
  }
  return [...showing].flatMap(([value, events]) => {
    const last = least(events, ({ call }) => -call);
    if (!last || sources(value, evidence) !== 1) return [];
    return [{ value, first: value === initial ? undefined : least(events, (event) => event.return), last }];
  });
}
