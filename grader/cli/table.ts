/** Tables have a frame, and no rules between their rows. */
export const TABLE_STYLE = {
  chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  style: { head: [], border: [], "padding-left": 1, "padding-right": 1 },
};
