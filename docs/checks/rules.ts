import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT, type Page } from "./pages";

/** The rules that a page quotes: lines in bold, under the heading on common mistakes. */
export function rulesOf(page: Page): string[] {
  const from = page.lines.indexOf("## Common mistakes");
  const to = page.lines.findIndex((line, i) => i > from && line.startsWith("## "));
  if (from < 0) return [];
  return page.lines.slice(from, to).flatMap((line) => /^\*\*(.+)\*\*$/.exec(line)?.[1] ?? []);
}

/** The texts in the sources of these folders, as patterns: what a template fills in may be anything. */
export function literalsIn(folders: readonly string[]): RegExp[] {
  return folders
    .flatMap((folder) => sourcesIn(path.join(ROOT, folder)))
    .flatMap((file) => [...joined(readFileSync(file, "utf8")).matchAll(/"([^"\n]{12,})"|`([^`\n]{12,})`/g)])
    .map(([, plain, template]) => (plain === undefined ? patternOf(template ?? "") : exactly(plain)));
}

/** A long text stands on several lines, as a sum. */
function joined(source: string): string {
  return source.replace(/" \+\s+"|` \+\s+`/g, "");
}

/** True if one of the texts is this rule. */
export function isQuoted(rule: string, literals: readonly RegExp[]): boolean {
  return literals.some((literal) => literal.test(rule));
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) return sourcesIn(name);
    return entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts") ? [name] : [];
  });
}

function patternOf(template: string): RegExp {
  const parts = template.split(/\$\{[^}]*\}/);
  // A template that is nothing but what is filled in would fit any rule.
  return parts.join("").length < 12 ? /^$/ : new RegExp(`^${parts.map(escape).join(".+")}$`);
}

function exactly(text: string): RegExp {
  return new RegExp(`^${escape(text)}$`);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
