import type { Cells } from "../cell";
import type { Decision } from "../decision";
import type { History } from "../history";
import type { Budget } from "../verdict";
import { decideByChains } from "./chains";
import { Columns } from "./columns";
import { decideBySearch } from "./search";
import { decideByVersions } from "./versions";

/**
 * Decides one part of a history whose operations are reads and writes of one cell, by the shortest way that its answers
 * allow: `versions` where all of them name versions, `chains` where no value is written twice, else `search`. The first
 * two need no budget; the third, asked again with a larger one, starts anew.
 *
 * @param operations - on one cell, in any order
 * @param cells - how they read as reads and writes
 * @returns undefined if the part does not keep to the language of cells: then the plain engine must do it
 */
export function decideCells<I, O>(
  operations: History<I, O>,
  cells: Cells<I, O>,
  budget: Budget,
): Decision | undefined {
  const columns = Columns.of(operations, cells);
  if (columns === undefined) return undefined;
  return decideByVersions(columns) ?? decideByChains(columns) ?? decideBySearch(columns, budget);
}
