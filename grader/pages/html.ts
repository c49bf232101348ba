import { html as template, type SafeHtml } from "@remix-run/html-template";

/** A piece of HTML that is as it should be. */
export type Html = SafeHtml;

/** What may stand in a template: text of any origin, HTML, or lists of these. A condition is not: it would be printed. */
export type Part = Html | string | number | undefined | readonly Part[];

/** Longer texts are cut; the documents beside the pages have them in full. */
const LONGEST = 4000;

/** So many marks may stand on one letter; more would paint over the lines above. */
const MARKS = 4;

const UNSEEN = /[\p{C}\u2028\u2029]/gu;

/** Line ends, tabs, and what joins or parts letters of some scripts and the parts of some emoji. */
const HARMLESS = ["\n", "\t", "\u200c", "\u200d"];

const PILES = new RegExp(`(\\p{M}{${MARKS}})\\p{M}+`, "gu");

/**
 * Makes HTML of a template. Every text in it is escaped, and made {@link visible}, whatever it says; so nothing that a
 * submission brings becomes markup. Attributes are to be written with double quotes.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return template(strings, ...parts.map(prepare));
}

type Prepared = Html | string | number | undefined | Prepared[];

function prepare(part: Part): Prepared {
  if (typeof part === "string") return visible(part);
  return isList(part) ? part.map(prepare) : part;
}

function isList(part: Part): part is readonly Part[] {
  return Array.isArray(part);
}

/**
 * A text that looks like what it is: signs that nobody sees or that turn the direction of writing are shown as `‹U+202E›`, piles of accents are
 * taken down, and what is too long for a page is cut.
 */
export function visible(text: string): string {
  const cut = text.length > LONGEST;
  const seen = text.slice(0, LONGEST).replace(/\r\n/g, "\n").replace(UNSEEN, name).replace(PILES, "$1");
  return cut ? `${seen} … (${text.length - LONGEST} more characters)` : seen;
}

function name(sign: string): string {
  if (HARMLESS.includes(sign)) return sign;
  return `‹U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}›`;
}
