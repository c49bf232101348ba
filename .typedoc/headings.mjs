// Guide pages are called by their first heading, not by their file: every handout is a README.md.
import { Converter } from "typedoc";

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, page) => {
    const [first] = page.content;
    const heading = first?.kind === "text" ? /^\s*# (.+)\n/.exec(first.text) : null;
    if (heading === null) return;
    page.name = heading[1].replaceAll("`", "").trim();
    first.text = first.text.slice(heading[0].length); // the page shows its name already
  });
}
