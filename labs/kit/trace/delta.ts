import { isRecord, type PlainData } from "../program";

/**
 * What a save changed: for each field that differs its new value, or for a list how many leading items stay and
 * what follows them. Unchanged parts are the same objects (see `copyPlain`), so this is a scan, not a comparison.
 */
export function deltaOf(previous: PlainData | undefined, next: PlainData): PlainData {
  if (previous === next) return null;
  if (!isRecord(previous) || !isRecord(next)) return next;
  const changed: Record<string, PlainData> = {};
  for (const [key, value] of Object.entries(next)) {
    const before = previous[key];
    if (value !== before) changed[key] = fieldDelta(before, value);
  }
  const gone = Object.keys(previous).filter((key) => !(key in next));
  return gone.length === 0 ? changed : { ...changed, gone };
}

function fieldDelta(before: PlainData | undefined, value: PlainData): PlainData {
  if (!Array.isArray(before) || !Array.isArray(value)) return value;
  let keep = 0;
  while (keep < before.length && keep < value.length && before[keep] === value[keep]) keep++;
  return { keep, then: value.slice(keep) as PlainData[] };
}
