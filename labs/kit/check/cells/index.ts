import type { Scalar } from "../cell";
import type { Decision } from "../decision";
import type { Budget } from "../verdict";
import { decideByChains } from "./chains";
import { Columns, type CellPart } from "./columns";
import { decideByVersions } from "./versions";

export type { CellPart } from "./columns";

/**
 * Decides one part of a history whose operations are reads and writes of one cell, by the shortest of the ways that its
 * answers allow. Undefined if the part does not keep to the language of cells: then the plain engine must do it.
 *
 * @param parts - the operations on one cell, in any order
 * @param initial - what the cell holds at first
 */
export function decideCells(
  parts: readonly CellPart[],
  initial: Scalar,
  _budget: Budget,
): Decision | undefined {
  const columns = Columns.of(parts, initial);
  return columns && (decideByVersions(columns) ?? decideByChains(columns));
}
