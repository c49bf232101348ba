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
  const change = proof.cell.kind !== "read" && held !== undefined;
  const verb = stuck.cell.kind === "read" ? "see" : "find";
  const must = change ? `: it must ${verb} ${quote(held)} or a later value` : "";
  const not = held === undefined ? `, so it had not found ${quote(value)}` : "";
  return {
    core: ids(stuck, proof, ...writers),
    sentence:
      `${claim(evidence)}, but ${past(proof.id, evidence, proof.cell.kind !== "write")}, before that call${must}${not}. ` +
      `${origin(value, writers, proof, evidence)}.`,
  };
};

/** Of what was answered before the call, what was called last and shows another value. */
function latest(value: Scalar, { stuck, others }: Evidence): CellEvent | undefined {
  const proofs = others.filter((event) => before(event, stuck) && excludes(event, value));
  return least(proofs, ({ call }) => -call);
}

/** Where the value comes from, and that this is too long ago. */
function origin(
  value: Scalar,
  writers: readonly CellEvent[],
  proof: CellEvent,
  { initial, words }: Evidence,
): string {
  const [only, ...more] = writers;
  const first = value === initial ? `${quote(value)} was there at first` : "";
  if (!only) return `${first}, and nobody wrote it again`;
  const older =
    more.length === 0
      ? `${words.who(only.id)} was answered at ${words.answeredAt(only.id)}`
      : `${writers.length === 2 ? "both" : `all ${writers.length}`} operations that write it were answered`;
  return `${first || `${quote(value)} is older`}${first ? "; " : ": "}${older}, before ${words.who(proof.id)} was called`;
}
