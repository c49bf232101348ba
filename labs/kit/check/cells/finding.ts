import type { Decision } from "../decision";

/**
 * What a way over cells saw at once, by the ids of the operations:
 *
 * - `goes back` [a, b]: `a` was answered before `b` was called, yet `b` is at an older version than `a`.
 * - `before its change` [observer, change]: the observer was answered before the call of the change that it saw.
 * - `same version` [a, b]: two changes made the same version, or changed the same one.
 * - `wrong value` [a, b]: by `a` a version held one value, by `b` another; [b] alone contradicts the initial value.
 * - `never made` [observer, …]: nothing can have made what it saw; of several observers, not of all together.
 * - `crossed` [x1, x2, y1, y2]: x1 was answered before y2 was called and y1 before x2, so version X, which x1 and x2
 *   saw or made, would have to come both before and after version Y.
 */
export interface Finding {
  readonly kind:
    "goes back" | "before its change" | "same version" | "wrong value" | "never made" | "crossed";
  readonly ids: readonly number[];
}

/** A decision of one of the ways over cells. */
export type CellDecision = Decision & { readonly finding?: Finding };
