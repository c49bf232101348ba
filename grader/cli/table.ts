/** Tables have a frame, and no rules between their rows. */
export const TABLE_STYLE = {
  chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  style: { head: [], border: [], "padding-left": 1, "padding-right": 1 },
};

const SIDES = ["top", "bottom", "left", "right"].flatMap((side) => [
  side,
  `${side}-mid`,
  `${side}-left`,
  `${side}-right`,
]);

/** For many narrow columns: no lines at all. */
export const BARE_STYLE = {
  chars: { ...Object.fromEntries(SIDES.map((side) => [side, ""])), mid: "", "mid-mid": "", middle: "" },
  style: { head: [], border: [], "padding-left": 1, "padding-right": 0 },
};
