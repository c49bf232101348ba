/**
 * Runs every command whose output a page shows, and writes what it prints now into the page: `npm run docs:refresh`.
 * The points in the handouts are brought up to date, too. With the path of a page, that page alone.
 *
 * @module
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { changesOf } from "./changes";
import { withMarks } from "./marks";
import { outputOf, shownBy, withoutTimes } from "./outputs";
import { readPages, ROOT, type Page } from "./pages";

async function refresh(page: Page, pages: readonly Page[]): Promise<number> {
  const lines = withMarks(page);
  let changed = lines.some((line, i) => line !== page.lines[i]) ? 1 : 0;
  for (const block of [...page.blocks].reverse()) {
    const shown = shownBy(block);
    if (shown === undefined) continue;
    const output = await outputOf(shown, changesOf(pages));
    if (withoutTimes(output) === withoutTimes(shown.output)) continue;
    lines.splice(
      block.from + 1,
      block.to - block.from - 1,
      ...output.split("\n").map((line) => line.trimEnd()),
    );
    changed++;
  }
  if (changed > 0) writeFileSync(path.join(ROOT, page.path), lines.join("\n"));
  return changed;
}

async function main(wanted: readonly string[]): Promise<void> {
  const pages = readPages();
  for (const page of pages) {
    if (wanted.length > 0 && !wanted.includes(page.path)) continue;
    const changed = await refresh(page, pages);
    process.stdout.write(`${page.path}: ${changed === 0 ? "as it is" : `${changed} differences, written`}\n`);
  }
}

void main(process.argv.slice(2));
