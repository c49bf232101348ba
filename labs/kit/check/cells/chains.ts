import type { Decision } from "../decision";
import { Blocks } from "./blocks";
import { Kind, NONE, type Columns } from "./columns";
import { Links } from "./links";

/**
 * Where no value is written twice, each read names the change that it saw. Changes that must follow each other directly
 * (a compare-and-set and what it met, an append and what it was seen behind) form a block with all who saw them, and an
 * order of the operations is an order of the blocks. Exact, and O(n log n) however many operations are open at a time
 * (Gibbons & Korach, 1997, §4, carried over to compare-and-set and append).
 *
 * @returns undefined if values repeat, or if an answer says less or more than which change it saw
 */
export function decideByChains(columns: Columns): Decision | undefined {
  const { size } = columns;
  if (columns.versioned > 0) return undefined;
  for (let i = 0; i < size; i++) {
    if (columns.kind(i) === Kind.miss || columns.a(i) === NONE) return undefined;
  }
  const effort = { way: "chains", steps: size, bytes: size * BYTES } as const;
  const refuted = (core: readonly number[]): Decision => ({
    verdict: "not linearizable",
    ...(core.length > 0 && { core: columns.ids(core) }),
    ...effort,
  });

  const links = Links.of(columns);
  if (links === undefined) return undefined;
  if (links.clash !== undefined) return refuted(links.clash);

  const blocks = new Blocks(columns, links);
  const clash = blocks.clash ?? blocks.crossed();
  if (clash !== undefined) return refuted(links.withEvidence(clash));
  return { verdict: "linearizable", order: columns.ids(blocks.order()), ...effort };
}

// Columns, links and blocks.
const BYTES = 100;
