import type { ClassDocument } from "../batch/class-document";
import { type Html, html, visible } from "./html";

/** Makes a link of a name, to the page of that student or submission. A name without one is only shown: what could not be judged has no page. */
export type Links = (name: string) => Html;

/** The links of a class, to the pages beside its own. */
export function linksOf({ students, submissions }: ClassDocument): Links {
  const judged = [...submissions, ...students].filter(
    ({ flags }) => !flags.some(({ kind }) => kind === "ungraded"),
  );
  const files = new Map(judged.map(({ name, file }) => [name, file]));
  return (name) => {
    const file = files.get(name);
    return file === undefined ? shownName(name) : html`<a href="${hrefOf(file)}">${shownName(name)}</a>`;
  };
}

/** A name as it was handed in, kept from turning the text around it. */
export function shownName(name: string): Html {
  return html`<bdi>${name === "" ? "(no name)" : name}</bdi>`;
}

/** The page `<file>.html` in the same folder. Whatever the name says, it leads nowhere else. */
export function hrefOf(file: string): string {
  return `./${encodeURIComponent(visible(file))}.html`;
}
