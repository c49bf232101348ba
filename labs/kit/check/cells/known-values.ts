import type { Scalar } from "../cell";
import { Kind, NONE, type Columns } from "./columns";
import type { Slots } from "./slots";

/** What the cell held at each version, as far as the answers tell; undefined where they do not. */
export type KnownValues = readonly (Scalar | undefined)[];

/**
 * Finds out what the cell held at each version: who wrote it, read it or compared with it says so, and an append carries
 * it to the next version and back. The gaps, versions that no answered change made, stay unknown unless shown.
 *
 * @returns the values; or, if they contradict each other, the operations that do so on their own, none if it takes many
 */
export function knownValues(
  columns: Columns,
  slots: Slots,
): { values: (Scalar | undefined)[] } | { clash: readonly number[] } {
  const { top } = slots;
  const text = (i: number): string => columns.values[columns.a(i)] as string;
  const values: (Scalar | undefined)[] = [columns.values[0], ...Array<undefined>(top).fill(undefined)];
  const source = new Int32Array(top + 1).fill(NONE);
  let clash: readonly number[] | undefined;
  const learn = (version: number, value: Scalar | undefined, from: number): void => {
    if (values[version] === undefined) {
      values[version] = value;
      source[version] = from;
    } else if (values[version] !== value) {
      clash ??= [source[version] as number, from].filter((i) => i !== NONE);
    }
  };

  for (let v = 0; v <= top; v++) {
    const maker = slots.maker(v);
    if (maker !== NONE) {
      const kind = columns.kind(maker);
      if (kind === Kind.write) learn(v, columns.values[columns.a(maker)], maker);
      if (kind === Kind.cas) {
        learn(v - 1, columns.values[columns.a(maker)], maker);
        learn(v, columns.values[columns.b(maker)], maker);
      }
    }
    for (const i of slots.observersOf(v)) {
      if (columns.kind(i) === Kind.read && columns.a(i) !== NONE) learn(v, columns.values[columns.a(i)], i);
    }
  }
  if (clash !== undefined) return { clash };

  const appendTo = (v: number): number => {
    const maker = slots.maker(v);
    return maker !== NONE && columns.kind(maker) === Kind.append ? maker : NONE;
  };
  for (let v = 1; v <= top; v++) {
    const maker = appendTo(v);
    const before = values[v - 1];
    if (maker !== NONE && before !== undefined) learn(v, (before as string) + text(maker), maker);
  }
  for (let v = top; v >= 1; v--) {
    const maker = appendTo(v);
    const after = values[v] as string | undefined;
    if (maker === NONE || after === undefined || values[v - 1] !== undefined) continue;
    if (!after.endsWith(text(maker))) return { clash: [] };
    learn(v - 1, after.slice(0, after.length - text(maker).length), maker);
  }
  if (clash !== undefined) return { clash: [] };

  return { values };
}

/** Whether a compare-and-set failed although it met what it expected. */
export function isMissRefuted(columns: Columns, slots: Slots, values: KnownValues): boolean {
  for (let v = 0; v <= slots.top; v++) {
    for (const i of slots.observersOf(v)) {
      if (columns.kind(i) === Kind.miss && columns.values[columns.a(i)] === values[v]) return true;
    }
  }
  return false;
}
