import { isRecord, type PlainData } from "../program";

/** Says what is wrong with the form of a saved state, or nothing. */
export function checkWarmupState(state: PlainData): string | undefined {
  const count = isRecord(state) ? state.count : undefined;
  if (Number.isInteger(count)) return undefined;
  const found = count === undefined ? "missing" : JSON.stringify(count);
  return `save { count }, with a whole number; count is ${found}`;
}

/** The count on a disk; 0 before the first save. */
export function countOf(saved: PlainData | undefined): number {
  return isRecord(saved) && typeof saved.count === "number" ? saved.count : 0;
}
