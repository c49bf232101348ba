import type { Scalar } from "../../cell";
import {
  before,
  claim,
  found,
  grows,
  ids,
  least,
  left,
  mayChange,
  past,
  quote,
  writersOf,
  writes,
  type CellEvent,
  type Shape,
} from "./shape";

/**
 * A compare-and-set that says it did not swap, though the value that it expected was there before its call, and whatever
 * could have put another one had been answered before that.
 */
export const hadToSwap: Shape = (evidence) => {
  const { stuck, others, initial } = evidence;
  const { cell } = stuck;
  if (cell.kind !== "cas" || cell.swapped !== false) return undefined;
  const others_ = others.filter((event) => mayChange(event) && writes(event) !== cell.expected);
  const showing = others.filter((event) => before(event, stuck) && left(event) === cell.expected);
  const proof = least(showing, ({ call }) => -call);
  if (others_.some((event) => !proof || !before(event, proof))) return undefined;
  if (!proof && initial !== cell.expected) return undefined;
  const there = proof
    ? `${past(proof.id, evidence, proof.cell.kind !== "write")}, before that call, and nothing else was written since`
    : `${quote(cell.expected)} was there at first, and nothing else was written`;
  return {
    core: ids(stuck, ...(proof ? [proof] : []), ...others_),
    sentence: `${claim(evidence)}, but ${there}: it had to swap.`,
  };
};

/** More compare-and-sets took a value away than times that it came about. */
export const swappedTwice: Shape = (evidence) => {
  const { stuck, others, initial, words } = evidence;
  const { cell } = stuck;
  if (cell.kind !== "cas" || !takes(stuck, cell.expected) || grows(evidence)) return undefined;
  const rivals = others.filter((event) => takes(event, cell.expected));
  const writers = writersOf(cell.expected, evidence);
  const times = writers.length + (cell.expected === initial ? 1 : 0);
  if (rivals.length < times || rivals.length === 0 || times === 0) return undefined;
  const value = quote(cell.expected);
  const who =
    rivals.length === 1 ? rivals.map(({ id }) => words.whole(id)).join("") : `${rivals.length} others`;
  return {
    core: ids(stuck, ...rivals, ...writers),
    sentence:
      `${claim(evidence)}, but ${who} swapped from ${value} too, and ${value} came about only ` +
      `${times === 1 ? "once" : `${times} times`}.`,
  };
};

/** Whether it certainly put another value in the place of this one. */
function takes(event: CellEvent, value: Scalar): boolean {
  return event.cell.kind === "cas" && found(event) === value && left(event) !== value;
}
