import type { Scalar } from "../cell";
import type { Decision } from "../decision";
import type { Budget } from "../verdict";
import { decideByChains } from "./chains";
import { Columns, type CellPart } from "./columns";
import { decideBySearch } from "./search";
import { decideByVersions } from "./versions";

export type { CellPart } from "./columns";

/**
 * Decides one part of a history whose operations are reads and writes of one cell, by the shortest way that its answers
 * allow: `versions` where all of them name versions, `chains` where no value is written twice, else `search`. The first
 * two need no budget; the third, asked again with a larger one, starts anew.
 *
 * @param parts - the operations on one cell, in any order
 * @param initial - what the cell holds at first
 * @returns undefined if the part does not keep to the language of cells: then the plain engine must do it
 */
export function decideCells(
  parts: readonly CellPart[],
  initial: Scalar,
  budget: Budget,
): Decision | undefined {
  const columns = Columns.of(parts, initial);
  if (columns === undefined) return undefined;
  return decideByVersions(columns) ?? decideByChains(columns) ?? decideBySearch(columns, budget);
}
