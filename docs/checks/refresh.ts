/**
 * Runs every command whose output a page shows, and writes what it prints now into the page: `npm run docs:refresh`.
 * The points in the handouts and the pictures of the comparison are brought up to date, too. With the path of a page, that page alone.
 *
 * @module
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { changesOf } from "./changes";
import { withMarks } from "./marks";
import { outputOf, shownBy, withoutTimes } from "./outputs";
import { parsePage, readPages, ROOT, type Page } from "./pages";
import { PLOTS_PAGE, refreshPlots } from "./plots";

async function refresh(page: Page, pages: readonly Page[]): Promise<number> {
  const lines = [...page.lines];
  let changed = 0;
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
  const marked = withMarks(parsePage(page.path, lines.join("\n")));
  if (marked.join("\n") !== lines.join("\n")) changed++;
  if (changed === 0) return 0;
  const file = path.join(ROOT, page.path);
  writeFileSync(file, await format(marked.join("\n"), { ...(await resolveConfig(file)), filepath: file }));
  return changed;
}

async function main(wanted: readonly string[]): Promise<void> {
  const pages = readPages();
  if (wanted.length === 0 || wanted.includes(PLOTS_PAGE)) {
    const changed = await refreshPlots();
    process.stdout.write(`docs/plots: ${changed === 0 ? "as they are" : `${changed} files, written`}\n`);
  }
  for (const page of pages) {
    if (wanted.length > 0 && !wanted.includes(page.path)) continue;
    const changed = await refresh(page, pages);
    process.stdout.write(`${page.path}: ${changed === 0 ? "as it is" : `${changed} differences, written`}\n`);
  }
}

void main(process.argv.slice(2));
