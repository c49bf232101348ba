import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { html as template } from "@remix-run/html-template";
import { type Html, html } from "./html";

/** One page. */
export interface Page {
  readonly title: string;
  readonly body: Html;
  /** A script of ours that the page can be read without. */
  readonly script?: string;
  /** `wide` for tables, unless it says otherwise; `narrow` for reading. */
  readonly layout?: "wide" | "narrow";
}

const SHEETS = ["base", "tables", "class", "student", "similar", "media"];
const STYLE = SHEETS.map((name) => fileBeside(`style/${name}.css`)).join("\n");

/** A file that lies beside this one, as text. */
export function fileBeside(name: string): string {
  return readFileSync(path.join(__dirname, name), "utf8").replaceAll("\r\n", "\n");
}

/**
 * A whole HTML document in one file. It loads nothing and says so: its policy allows this style and this script, by
 * their hashes, and nothing else, so that even HTML that had slipped in could do no harm.
 */
export function page({ title, body, script, layout = "wide" }: Page): string {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(STYLE)}'`,
    ...(script === undefined ? [] : [`script-src '${hashOf(script)}'`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        ${template.raw`<style>${STYLE}</style>`}
      </head>
      <body class="${layout}">
        ${body} ${script === undefined ? undefined : template.raw`<script>${script}</script>`}
      </body>
    </html> `;
  return `${String(document).trimEnd()}\n`;
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
