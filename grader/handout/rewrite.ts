import type { Contents } from "./contents";
import { linkProblem } from "./links";

/** What `npm run` offers in a handout, if its files are there. */
const SCRIPTS: readonly (readonly [name: string, file: string])[] = [
  ["lab", "labs/desk/lab.ts"],
  ["check-history", "labs/desk/check-history.ts"],
  ["compare", "labs/desk/compare.ts"],
  ["conjecture", "labs/desk/conjecture.ts"],
  ["handin", "labs/desk/handin.ts"],
];

/** The same files, with what only makes sense in the whole course taken out: scripts of the grader, links to what is not there. */
export function rewritten(contents: Contents, readme: string): Contents {
  const files = new Map(contents).set("README.md", Buffer.from(readme));
  const pages = [...files].filter(([file]) => file.endsWith(".md"));
  for (const [file, text] of pages)
    files.set(file, Buffer.from(withoutDeadLinks(file, text.toString("utf8"), files)));
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The package.json of a handout: the same libraries, so that the lock file fits, and the commands for students. */
export function packageFor(text: string, contents: Contents): string {
  const whole = JSON.parse(text) as { readonly scripts: Readonly<Record<string, string>> };
  const kept = SCRIPTS.filter(([, file]) => contents.has(file)).map(
    ([name]) => [name, whole.scripts[name] ?? ""] as const,
  );
  const scripts = {
    ...Object.fromEntries(kept),
    test: "mocha labs/mocha/scenes.test.ts",
    typecheck: whole.scripts.typecheck,
  };
  return `${JSON.stringify({ ...whole, scripts }, undefined, 2)}\n`;
}

/** A link to a page that a handout does not have becomes its text. */
function withoutDeadLinks(file: string, text: string, files: Contents): string {
  return text.replace(/(?<!!)\[([^\]]+)\]\(([^)\s]+)\)/g, (link: string, words: string, url: string) => {
    if (/^[a-z]+:/.test(url)) return link;
    const [target = "", anchor] = url.split("#");
    return linkProblem(file, target, anchor, files) === undefined ? link : words;
  });
}
