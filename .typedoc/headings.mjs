// Guide pages are called by their first heading, not by their file: every handout is a README.md.
import { Converter } from "typedoc";

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, page) => {
    const heading = takeHeading(page.content);
    if (heading !== undefined) page.name = heading;
  });
}

/**
 * Takes the heading out of the text, since the page shows its name already. `code` in it is a part of its own.
 *
 * @param {import("typedoc").CommentDisplayPart[]} parts
 */
function takeHeading(parts) {
  if (!/^\s*# /.test(parts[0]?.text ?? "")) return undefined;
  parts[0].text = parts[0].text.trimStart();
  const last = parts.findIndex(({ kind, text }) => kind === "text" && text.includes("\n"));
  if (last < 0) return undefined;
  const line = parts.splice(0, last).map(({ text }) => text);
  const end = parts[0].text.indexOf("\n");
  line.push(parts[0].text.slice(0, end));
  parts[0].text = parts[0].text.slice(end);
  return line.join("").slice(2).replaceAll("`", "").trim();
}
