import type { Model } from "../model";
import { tellKey, type Accesses, type Contradiction } from "./accesses";
import { firstWhere } from "./inference";
import type { Precedence } from "./precedence";
import { tellOperation } from "./tell";

// What holds only where all operations stand in one order.

/** Adds that lower versions of a cell come before higher ones, where answers name them. */
export function addVersions(accesses: Accesses, order: Precedence): void {
  const { made, met, key, numbered } = accesses;
  const version = (i: number): number => made[i] ?? -1;
  const makers = makersOf(accesses);
  for (const chain of makers.values()) {
    chain.forEach((after, i) => {
      const before = chain[i - 1];
      if (before !== undefined) order.add({ before, after, why: "version" });
    });
  }
  met.forEach((seen, reader) => {
    if (seen < 0 || version(reader) >= 0 || !numbered.has(key[reader] ?? 0)) return;
    const chain = makers.get(key[reader] ?? 0) ?? [];
    const at = firstWhere(chain, (i) => version(i) > seen);
    const [before, after] = [chain[at - 1], chain[at]];
    if (before !== undefined) order.add({ before, after: reader, why: "version" });
    if (after !== undefined) order.add({ before: reader, after, why: "version" });
  });
}

/**
 * Adds that a change which was answered before another was called comes first. Of those before a change, only
 * the ones that no other of them comes after: as many as were open at a time.
 */
export function addTime({ operations, cells, writes, optional }: Accesses, order: Precedence): void {
  const returned = (i: number): number => operations[i]?.return ?? Infinity;
  const changes = Array.from(operations, (_, i) => i)
    .filter((i) => writes[i] === 1 && operations[i]?.outcome === "ok")
    .sort((a, b) => returned(a) - returned(b));
  let latest = -Infinity;
  const latestCall = changes.map((i) => (latest = Math.max(latest, operations[i]?.call ?? latest)));
  operations.forEach(({ call }, after) => {
    if (cells[after]?.kind === "read" || (writes[after] !== 1 && optional[after] !== 1)) return;
    const last = firstWhere(changes, (i) => returned(i) >= call) - 1;
    for (let at = last; at >= 0; at--) {
      const before = changes[at] ?? 0;
      if (returned(before) < (latestCall[last] ?? 0)) break;
      order.add({ before, after, why: "time" });
    }
  });
}

/** A version below one that is known, which no change can have made; undefined if all have somebody. */
export function missingVersion(accesses: Accesses, model: Model): Contradiction | undefined {
  const { key, cells, made, met, operations } = accesses;
  const makers = makersOf(accesses);
  const spare = new Map<number, number>();
  const highest = new Map<number, number>();
  operations.forEach((_, i) => {
    const cell = key[i] ?? 0;
    const top = Math.max(made[i] ?? -1, met[i] ?? -1);
    if (top > (highest.get(cell) ?? -1)) highest.set(cell, top);
    if (cells[i]?.kind !== "read" && made[i] === -1 && met[i] === -1)
      spare.set(cell, (spare.get(cell) ?? 0) + 1);
  });
  for (const cell of accesses.numbered) {
    const chain = makers.get(cell) ?? [];
    const gaps = (highest.get(cell) ?? 0) - chain.length;
    if (gaps <= 0 || gaps <= (spare.get(cell) ?? 0)) continue;
    const at = chain.findIndex((i, place) => made[i] !== place + 1);
    const missing = (at < 0 ? chain.length : at) + 1;
    const witness =
      at < 0
        ? operations.findIndex((_, i) => key[i] === cell && (met[i] ?? -1) >= missing)
        : (chain[at] ?? 0);
    const told = tellOperation(operations[witness], model);
    const others = spare.get(cell) === undefined ? "no change" : "too few changes without an answer";
    return {
      sentence:
        `There is ${others} of ${tellKey(accesses, cell)} that can have made version ${missing}, ` +
        `but ${told} stands behind it.`,
      core: [operations[witness]?.id ?? 0],
    };
  }
  return undefined;
}

/** The changes of each numbered cell that say which version they made, by version. */
function makersOf({ made, key, numbered }: Accesses): Map<number, number[]> {
  const makers = new Map<number, number[]>();
  made.forEach((version, i) => {
    const cell = key[i] ?? 0;
    if (version < 0 || !numbered.has(cell)) return;
    const list = makers.get(cell);
    if (list) list.push(i);
    else makers.set(cell, [i]);
  });
  for (const list of makers.values()) list.sort((a, b) => (made[a] ?? 0) - (made[b] ?? 0));
  return makers;
}
