import { type Decimal, type Filled, fillIn, type Mark } from "./fill";
import type { Sheet } from "./sheet";

/**
 * Fills in the grades of a worksheet that Moodle gave out for offline grading. Its titles are in the language of the site, so whoever calls
 * names both columns.
 *
 * @throws UsageError if a column is not there; see {@link fillIn}
 */
export function fillMoodle(
  sheet: Sheet,
  marks: readonly Mark[],
  column: string,
  match: string,
  decimal?: Decimal,
): Filled {
  return fillIn(sheet, marks, {
    column,
    match,
    from: 1,
    sacred: [],
    ...(decimal !== undefined && { decimal }),
  });
}
