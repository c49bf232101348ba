// eslint-disable-next-line no-control-regex -- control characters are what it is about
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * A text of a submission as one line that does no harm to a terminal: nothing in it moves the cursor, changes colours or the direction of
 * writing.
 *
 * @param longest - in characters; what is longer is cut
 */
export function printable(text: string, longest = Infinity): string {
  const characters = [...text.replace(HARMFUL, "?")];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : characters.join("");
}
