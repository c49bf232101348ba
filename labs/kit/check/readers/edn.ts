import { quoted, wrongLine } from "./log";

/** A value in EDN, Clojure's notation: keywords are symbols, vectors and lists are lists; tags are dropped. */
export type Edn = null | boolean | number | string | symbol | Edn[] | EdnMap;

/** A map, and the line where it begins. */
export interface EdnMap {
  readonly line: number;
  readonly get: (key: Edn) => Edn | undefined;
}

// A blank, a comment, a tag; then what means something.
const TOKEN = /[\s,]+|;.*|#[\w./-]+|"(?:[^"\\]|\\.)*"|[[\](){}]|[^\s,;"[\](){}]+/gy;

const CLOSING: { readonly [opening: string]: string } = { "[": "]", "(": ")", "{": "}" };

/**
 * Reads all values of a text, one behind the other.
 *
 * @param line - the number of its first line
 * @throws HistoryError that names the line
 */
export function readForms(text: string, line = 1): Edn[] {
  const tokens = tokensOf(text, line);
  const forms: Edn[] = [];
  while (tokens.at < tokens.list.length) forms.push(form(tokens));
  return forms;
}

/** Reads a text of one value. */
export function readForm(text: string, line: number): Edn {
  const [only, ...more] = readForms(text, line);
  if (only === undefined || more.length > 0)
    throw wrongLine(line, `expected one value, got "${quoted(text)}"`);
  return only;
}

/** A key as a text, whatever it is written as. */
export function nameOf(key: Edn, line: number): string {
  if (typeof key === "string" || typeof key === "number") return String(key);
  if (typeof key === "symbol") return key.description ?? "";
  throw wrongLine(line, "a key that is neither a text nor a number");
}

interface Tokens {
  readonly list: readonly { readonly text: string; readonly line: number }[];
  at: number;
}

function tokensOf(text: string, first: number): Tokens {
  const list: { text: string; line: number }[] = [];
  let line = first;
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    end = match.index + match[0].length;
    if (!/^[\s,;#]/.test(match[0])) list.push({ text: match[0], line });
    line += match[0].split("\n").length - 1;
  }
  if (end < text.length) throw wrongLine(line, `not EDN: ${quoted(text.slice(end))}`);
  return { list, at: 0 };
}

function form(tokens: Tokens): Edn {
  const token = tokens.list[tokens.at++];
  if (token === undefined)
    throw wrongLine(tokens.list.at(-1)?.line ?? 1, "the text ends in the middle of a value");
  const { text, line } = token;
  const closing = CLOSING[text];
  if (closing === undefined) return atom(text, line);
  const items: Edn[] = [];
  while (tokens.list[tokens.at]?.text !== closing) items.push(form(tokens));
  tokens.at++;
  return text === "{" ? mapOf(items, line) : items;
}

function mapOf(items: readonly Edn[], line: number): EdnMap {
  if (items.length % 2 === 1) throw wrongLine(line, "a map has a key without a value");
  const entries = new Map<Edn, Edn>();
  for (let i = 0; i < items.length; i += 2) entries.set(items[i] ?? null, items[i + 1] ?? null);
  return { line, get: (key) => entries.get(key) };
}

function atom(text: string, line: number): Edn {
  if (text.startsWith('"')) return unquoted(text, line);
  if (text.startsWith(":") && text.length > 1) return Symbol.for(text.slice(1));
  if (/^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?[NM]?$/.test(text)) return Number(text.replace(/[NM]$/, ""));
  if (text === "nil") return null;
  if (text === "true" || text === "false") return text === "true";
  throw wrongLine(line, `not EDN: ${quoted(text)}`);
}

function unquoted(text: string, line: number): string {
  try {
    return JSON.parse(text.replaceAll("\n", "\\n")) as string;
  } catch {
    throw wrongLine(line, `not a text: ${quoted(text)}`);
  }
}
