import { equalPlain, isRecord, sharedPrefix, type PlainData } from "../program";

/** What a save changed; with the state before it, it tells the state after it. Nothing set: nothing changed. */
export type Delta = {
  /** The whole state, if one of the two is not an object. */
  readonly whole?: PlainData;
  /** Fields with their new values. */
  readonly set?: { readonly [field: string]: PlainData };
  /** Lists: how many leading items stay, and what follows them. */
  readonly lists?: {
    readonly [field: string]: { readonly keep: number; readonly then: readonly PlainData[] };
  };
  /** Fields that are no more. */
  readonly gone?: readonly string[];
};

/**
 * What changed from one saved state to the next, by value. Parts that did not change are mostly the same
 * objects (see `copyPlain`), and lists know how much they share (see `sharedPrefix`), so that little is compared.
 */
export function deltaOf(previous: PlainData | undefined, next: PlainData): Delta {
  if (previous === next) return {};
  if (!isRecord(previous) || !isRecord(next)) return equalPlain(previous, next) ? {} : { whole: next };
  const set: Record<string, PlainData> = {};
  const lists: Record<string, { keep: number; then: readonly PlainData[] }> = {};
  for (const [field, value] of Object.entries(next)) {
    const before = Object.hasOwn(previous, field) ? previous[field] : undefined;
    if (isList(before) && isList(value)) {
      const keep = sharedPrefix(before, value);
      if (keep < before.length || keep < value.length) lists[field] = { keep, then: value.slice(keep) };
    } else if (!equalPlain(before, value)) {
      set[field] = value;
    }
  }
  const gone = Object.keys(previous).filter((field) => !Object.hasOwn(next, field));
  return {
    ...(Object.keys(set).length === 0 ? {} : { set }),
    ...(Object.keys(lists).length === 0 ? {} : { lists }),
    ...(gone.length === 0 ? {} : { gone }),
  };
}

function isList(value: PlainData | undefined): value is readonly PlainData[] {
  return Array.isArray(value);
}
