/** Stands for what no reader should be sent. */
const REPLACEMENT = "\ufffd";

/**
 * Characters that steer terminals, turn the direction of lines, hide in them, or are forbidden in XML: controls but
 * tab and line feed, marks of direction, invisible ones, halves of characters, and what is no character at all.
 */
const STEERING =
  // eslint-disable-next-line no-control-regex -- control characters are what it is about
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Surrogate}\p{Noncharacter_Code_Point}\u{e0000}-\u{e007f}]/gu;

/** The most characters of one text of a submission that an output repeats. */
export const LONGEST = 4000;

/** Text of a submission as plain text: nothing in it steers a terminal or hides, and it is no longer than `longest`. */
export function plain(text: string, longest = LONGEST): string {
  return cut(text.replace(/\r\n/g, "\n").replace(STEERING, REPLACEMENT), longest);
}

/** The same in one line, for names and titles. */
export function oneLine(text: string, longest = 200): string {
  return cut(plain(text).replace(/\s+/g, " ").trim(), longest);
}

/** A number of points in as few digits as say it, at most two behind the point. */
export function number(points: number): string {
  return String(Math.round(points * 100) / 100);
}

function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/\p{Surrogate}$/u, "")}…`;
}
