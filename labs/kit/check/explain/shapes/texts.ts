import { parting } from "../words";
import {
  before,
  claim,
  found,
  ids,
  least,
  past,
  quote,
  writes,
  type CellEvent,
  type Evidence,
  type Shape,
} from "./shape";

// Where texts grow by appends: a text tells what it is made of, and in which order.

/** A text that is not made of what was put and appended by then, or holds something more often than it was appended. */
export const madeOf: Shape = (evidence) => {
  const { stuck, others } = evidence;
  const text = found(stuck);
  const appends = others.filter(({ cell }) => cell.kind === "append");
  if (typeof text !== "string" || appends.length === 0) return undefined;
  const made = piecesOf(text, evidence);
  if (made === undefined) return undefined;
  if (made.length === 0) {
    const what = `but ${quote(text)} is not made of what had been put and appended by then`;
    return { core: ids(stuck), sentence: `${claim(evidence)}, ${what}.` };
  }
  const standing = timesOf(made.slice(1));
  const asked = timesOf(appends.map(valueOf));
  const [piece, times] = [...standing].find(([text, n]) => n > (asked.get(text) ?? 0)) ?? [];
  if (piece === undefined) return undefined;
  const same = appends.filter((event) => valueOf(event) === piece);
  const some = same.length === 1 ? "only 1 append" : `only ${same.length} appends`;
  return {
    core: ids(stuck, ...same),
    sentence:
      `${claim(evidence)}: ${quote(piece)} stands in it ${times} times, but ${some} of it had been ` +
      "called by then.",
  };
};

/** How often each of some texts is among them. */
function timesOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1);
  return times;
}

/**
 * What a text is made of, if there is just one way: what was put, and the appends behind it. An empty list if there is
 * no way, nothing if there are several. Every text is one that was put, or the initial one, with appends behind it.
 */
function piecesOf(text: string, { others, initial }: Evidence): readonly string[] | undefined {
  const tokens = new Set(others.filter(({ cell }) => cell.kind === "append").map(valueOf));
  const puts = new Set([initial, ...others.map(writes).filter((value) => value !== undefined)]);
  if (tokens.has("") || [...puts].some((put) => typeof put !== "string")) return undefined;
  /** How many ways lead to a place in the text (two stand for many), and the last piece on the way. */
  const ways = new Array<number>(text.length + 1).fill(0);
  const pieces = new Map<number, string>();
  const reach = (place: number, piece: string, more: number): void => {
    ways[place] = Math.min(2, (ways[place] ?? 0) + more);
    pieces.set(place, piece);
  };
  for (const put of puts) if (typeof put === "string" && text.startsWith(put)) reach(put.length, put, 1);
  const starts = ways.map((n) => n > 0);
  for (let place = 0; place < text.length; place++) {
    const here = ways[place] ?? 0;
    if (here === 0) continue;
    for (const token of tokens) if (text.startsWith(token, place)) reach(place + token.length, token, here);
  }
  const last = ways[text.length] ?? 0;
  if (last !== 1) return last === 0 ? [] : undefined;
  const made: string[] = [];
  let place = text.length;
  while (!starts[place]) {
    const piece = pieces.get(place) ?? "";
    made.unshift(piece);
    place -= piece.length;
  }
  return [text.slice(0, place), ...made];
}

function valueOf({ cell }: CellEvent): string {
  return cell.kind === "append" ? cell.value : "";
}

/**
 * An append that was answered before the call is not in the text; or a text that was seen before the call is not its
 * beginning. Whatever replaces texts had been answered before that append, or that read, was called.
 */
export const missing: Shape = (evidence) => {
  const { stuck, others, words } = evidence;
  const text = found(stuck);
  if (typeof text !== "string") return undefined;
  const puts = others.filter((event) => writes(event) !== undefined);
  const lastPut = puts.reduce((last, event) => Math.max(last, event.return), -Infinity);
  const since = others.filter((event) => event.answered && before(event, stuck) && event.call > lastPut);
  const unseen = since.filter(({ cell }) => cell.kind === "append" && !text.includes(cell.value));
  const append = least(unseen, (event) => event.return);
  if (append) {
    return {
      core: ids(stuck, append, ...puts),
      sentence: `${claim(evidence)}, but ${past(append.id, evidence)}, before that call: its ${quote(valueOf(append))} is missing.`,
    };
  }
  const seen = least(
    since.filter((event) => {
      const value = event.cell.kind === "read" ? found(event) : undefined;
      return typeof value === "string" && !text.startsWith(value);
    }),
    (event) => event.return,
  );
  if (!seen) return undefined;
  const apart = parting(JSON.stringify(text), JSON.stringify(found(seen)));
  return {
    core: ids(stuck, seen, ...puts),
    sentence:
      `${claim(evidence)}, but ${words.who(seen.id)} had already been answered ${words.answer(seen.id)} at ` +
      `${words.answeredAt(seen.id)}, before that call: since then the text can only have grown${apart}.`,
  };
};
