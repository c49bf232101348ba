import { proseOf, type Page } from "./pages";

/** A link of a page to a file of the course. */
export interface Link {
  readonly line: number;
  /** Relative to the page; empty for the page itself. */
  readonly target: string;
  readonly anchor: string | undefined;
}

/** The links of a page that do not lead to other sites. */
export function linksOf(page: Page): Link[] {
  return proseOf(page).flatMap(({ line, text }) =>
    [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, url = ""]) => {
      if (/^[a-z]+:/.test(url)) return [];
      const [target = "", anchor] = url.split("#");
      return [{ line, target, anchor }];
    }),
  );
}

/** How the headings of a page are reached. */
export function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-"),
  );
}
