import type { Comparison } from "./comparison";
import { partNamed } from "./parts";
import { escape, renderSvg } from "./plots/render";

/** A file that is to be written. */
export interface OutputFile {
  readonly name: string;
  readonly text: string;
}

/** All pictures, each a file of its own. */
export function svgFiles({ parts }: Comparison): OutputFile[] {
  return parts.flatMap(({ name, rows }) =>
    partNamed(name)
      .plots(rows)
      .map((plot) => ({ name: `${plot.file}.svg`, text: renderSvg(plot) })),
  );
}

/** All of it on one page that needs nothing else: no scripts, no network; it opens from a folder. */
export function htmlFile(comparison: Comparison): OutputFile {
  const { subject, seed, seeds, parts } = comparison;
  const sections = parts.map(({ name, question, rows }) => {
    const pictures = svgFiles({ ...comparison, parts: [{ name, question, rows }] });
    return [
      `<section id="${escape(name)}">`,
      `<h2>${escape(question)}</h2>`,
      ...pictures.map(({ text }) => `<figure>\n${text}</figure>`),
      `<pre>${escape(partNamed(name).tell(rows))}</pre>`,
      "</section>",
    ].join("\n");
  });
  const text = [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    "<title>Quorums and Raft, compared</title>",
    `<style>${STYLE}</style>`,
    "</head>",
    "<body>",
    "<h1>Quorums and Raft, compared</h1>",
    `<p>Measured on ${escape(subject)}, seed ${seed}, ${seeds} ${seeds === 1 ? "run" : "runs"} where samples are taken. ` +
      "All times are virtual.</p>",
    ...sections,
    "</body>",
    "</html>",
    "",
  ].join("\n");
  return { name: "comparison.html", text };
}

const STYLE =
  "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}" +
  "figure{margin:1rem 0;overflow-x:auto}svg{max-width:100%;height:auto}" +
  "pre{overflow-x:auto;padding:1rem;border:1px solid #ddd;font:13px/1.4 monospace}";
