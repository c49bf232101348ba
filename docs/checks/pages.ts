import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The folder of the course. */
export const ROOT = path.resolve(__dirname, "..", "..");

/** A guide page: Markdown that the site shows. */
export interface Page {
  /** Relative to {@link ROOT}, with slashes: `docs/elections.md`. */
  readonly path: string;
  readonly lines: readonly string[];
  readonly blocks: readonly Block[];
}

/** A fenced block of a page. */
export interface Block {
  /** The first word after the fence, e.g. `console`. */
  readonly language: string;
  /** The words that follow it, e.g. `slow` and `change=plurality`. */
  readonly words: readonly string[];
  /** Indices of the first line inside the fence, and of the closing fence. */
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** All pages: the front page, the handouts, the guides. */
export function readPages(): Page[] {
  const inLabs = readdirSync(path.join(ROOT, "labs"))
    .filter((name) => /^\d+-/.test(name))
    .map((name) => `labs/${name}/README.md`);
  const guides = readdirSync(path.join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`);
  return ["README.md", ...inLabs, ...guides]
    .filter((file) => existsSync(path.join(ROOT, file)))
    .map((file) => parsePage(file, readFileSync(path.join(ROOT, file), "utf8")));
}

/** Finds the fenced blocks of a page. */
export function parsePage(file: string, text: string): Page {
  const lines = text.split(/\r?\n/);
  const blocks: Block[] = [];
  for (let i = 0; i < lines.length; i++) {
    const [, info] = /^```(\S.*)?$/.exec(lines[i] ?? "") ?? [];
    if (info === undefined) continue;
    const end = lines.indexOf("```", i + 1);
    if (end < 0) throw new Error(`${file}:${i + 1}: this block is not closed`);
    const [language = "", ...words] = info.trim().split(/\s+/);
    blocks.push({ language, words, from: i + 1, to: end, lines: lines.slice(i + 1, end) });
    i = end;
  }
  return { path: file, lines, blocks };
}

/** The value of `name=value` among the words of a block. */
export function wordOf(block: Block, name: string): string | undefined {
  return block.words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** The lines of a page that are prose: what stands in no fenced block. */
export function proseOf(page: Page): { readonly line: number; readonly text: string }[] {
  return page.lines
    .map((text, i) => ({ line: i + 1, text }))
    .filter(({ line }) => !page.blocks.some(({ from, to }) => line >= from && line <= to + 1));
}
