import { majorityOf } from "../systems";

/** The largest size that was measured: what a picture shows if it can show only one. */
export function largest<Row extends { readonly N: number }>(rows: readonly Row[]): readonly Row[] {
  const N = Math.max(...rows.map((row) => row.N));
  return rows.filter((row) => row.N === N);
}

/** E.g. `5 servers; a majority is 3`. */
export function serversText(N: number): string {
  return `${N} servers; a majority is ${majorityOf(N)}`;
}
