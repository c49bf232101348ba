/** Whether two plain values are deeply equal: numbers, texts, lists, records and what is in them. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (one === other || Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  const kind = kindOf(one);
  if (kind !== kindOf(other) || (kind !== "[object Object]" && kind !== "[object Array]")) return false;
  const theirs = new Map<string, unknown>(Object.entries(other));
  const mine: [string, unknown][] = Object.entries(one);
  return (
    mine.length === theirs.size &&
    mine.every(([key, value]) => theirs.has(key) && sameValue(value, theirs.get(key)))
  );
}

/** Also of values that were made in another context, whose `Array` is not ours. */
function kindOf(value: object): string {
  return Object.prototype.toString.call(value);
}
