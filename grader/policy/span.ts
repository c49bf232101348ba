const UNITS = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
  [1000, "s"],
] as const;

/**
 * A length of time in its two largest units: `2 d 3 h`, `5 min`, `less than 1 s`.
 *
 * @param ms - not negative
 */
export function span(ms: number): string {
  let rest = ms;
  const parts: string[] = [];
  for (const [unit, name] of UNITS) {
    const count = Math.floor(rest / unit);
    if (count === 0 && parts.length === 0) continue;
    parts.push(count === 0 ? "" : `${count} ${name}`);
    rest -= count * unit;
    if (parts.length === 2) break;
  }
  return parts.filter((part) => part !== "").join(" ") || "less than 1 s";
}
