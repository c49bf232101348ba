import { before, claim, ids, least, mayChange, past, quote, left, type CellEvent, type Shape } from "./shape";

// Where answers name versions. Every change makes the next one, so they only ever go up, by one a change.

/** The version that an operation found, if its answer tells. */
function foundVersion({ cell, answered }: CellEvent): number | undefined {
  if (!answered || cell.version === undefined) return undefined;
  if (cell.kind === "cas" && cell.swapped === undefined) return undefined;
  return cell.kind === "read" || (cell.kind === "cas" && cell.swapped === false)
    ? cell.version
    : cell.version - 1;
}

/** The version that was there right behind it. */
function leftVersion({ cell, answered }: CellEvent): number | undefined {
  return answered ? cell.version : undefined;
}

/** What was answered before its call had already left a newer version than it found. */
export const older: Shape = (evidence) => {
  const { stuck, others } = evidence;
  const version = foundVersion(stuck);
  if (version === undefined) return undefined;
  const newer = others.filter((event) => before(event, stuck) && (leftVersion(event) ?? 0) > version);
  const newest = least(newer, (event) => -(leftVersion(event) ?? 0));
  if (!newest) return undefined;
  const reached = leftVersion(newest) ?? 0;
  const must = mayChange(stuck)
    ? `make version ${reached + 1} or a later one`
    : `see version ${reached} or a later one`;
  const seen = mayChange(newest) ? "" : "; what was seen once cannot be unseen";
  return {
    core: ids(stuck, newest),
    sentence: `${claim(evidence)}, but ${past(newest.id, evidence, true)}, before that call: it must ${must}${seen}.`,
  };
};

/** More changes than were ever asked for: each that was called by then makes at most one version. */
export const tooMany: Shape = (evidence) => {
  const { stuck, others, words } = evidence;
  const version = foundVersion(stuck);
  const changes = others.filter(mayChange);
  if (version === undefined || version <= changes.length) return undefined;
  const some = changes.length === 1 ? "only 1 other change" : `only ${changes.length} other changes`;
  const [only] = changes;
  const which = changes.length === 1 && only ? `, ${words.who(only.id)}` : "";
  return {
    core: ids(stuck, ...(changes.length <= 4 ? changes : [])),
    sentence:
      changes.length === 0
        ? `${claim(evidence)}, but no other change had been called by then.`
        : `${claim(evidence)}, but ${some} had been called by then${which}: it looks as if one took effect more than once.`,
  };
};

/** Two changes that were told the same version. */
export const sameVersion: Shape = (evidence) => {
  const { stuck, others, words } = evidence;
  const { version } = stuck.cell;
  if (version === undefined || !changed(stuck)) return undefined;
  const twin = others.find((event) => changed(event) && event.cell.version === version);
  if (!twin) return undefined;
  const [one, two] = twin.call <= stuck.call ? [twin, stuck] : [stuck, twin];
  return {
    core: ids(stuck, twin),
    sentence:
      `${words.whole(one.id)} and ${words.whole(two.id)} were both answered version ${version}: ` +
      "each change makes a version of its own, so one of them is lost.",
  };
};

/** For certain. */
function changed(event: CellEvent): boolean {
  return event.answered && mayChange(event) && (event.cell.kind !== "cas" || event.cell.swapped === true);
}

/** Two operations that were at the same version, and disagree on its value. */
export const wrongValue: Shape = (evidence) => {
  const { stuck, others, words } = evidence;
  const version = leftVersion(stuck);
  const value = left(stuck);
  if (version === undefined || value === undefined) return undefined;
  const other = others.find((event) => {
    const held = left(event);
    return leftVersion(event) === version && held !== undefined && held !== value;
  });
  if (!other) return undefined;
  const held = left(other) ?? null;
  return {
    core: ids(stuck, other),
    sentence:
      `${words.whole(stuck.id)} says that version ${version} is ${quote(value)}, but to ` +
      `${words.whole(other.id)} it was ${quote(held)}: a version has one value.`,
  };
};
