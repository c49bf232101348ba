import { createHash } from "node:crypto";
import { html, type SafeHtml } from "@remix-run/html-template";
import type { CommonFragment, Place, SimilarPair, Similarity } from "./document";

/** The lines of a file of a program; undefined if there is no such thing. */
export type LinesOf = (program: string, file: string) => readonly string[] | undefined;

/** What is shown with its text; the list has all. */
const MOST = { pairs: 100, fragments: 20, lines: 120 } as const;

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; }
th, td { padding: 0.2rem 0.8rem 0.2rem 0; text-align: left; vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
section { border-top: 1px solid GrayText; margin-top: 2rem; }
.sides { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1rem; }
pre { overflow-x: auto; margin: 0; padding: 0.5rem; border: 1px solid GrayText; font: 12.5px/1.4 ui-monospace, monospace; }
bdi { overflow-wrap: anywhere; }
summary { cursor: pointer; padding: 0.3rem 0; }
@media print { .sides { display: block; } }
`;

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** Nothing is fetched and nothing runs, whatever stands in a program. */
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'`;

/**
 * The comparison as one HTML page, with what is alike side by side. Everything that comes from a submission is text in it.
 */
export function similarityPage(similarity: Similarity, linesOf: LinesOf): string {
  const { programs, pairs, usual, threshold } = similarity;
  const shown = pairs.slice(0, MOST.pairs);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width" />
        <title>Similar programs</title>
        ${html.raw`<style>${STYLE}</style>`}
      </head>
      <body>
        <h1>Similar programs</h1>
        <p>
          ${programs.length} programs, ${usual.pairs} pairs. Half of the pairs share ${percent(usual.half)} or
          less, 95 of 100 share ${percent(usual.most)} or less. Listed is what shares
          ${percent(threshold.share)} or ${threshold.tokens} tokens in one piece, what everybody was given
          left out. Names, values, types, comments and layout do not count.
        </p>
        <p>
          This is a list for human eyes. Likeness has many causes: work in pairs, a common source, one way to
          write it. It is no mark, and it does not say who had it from whom.
        </p>
        ${twins(similarity)} ${table(shown)} ${rest(pairs.length + similarity.more - shown.length)}
        ${shown.map((pair, i) => section(pair, i, linesOf))} ${leftOut(similarity)}
      </body>
    </html> `;
  return String(page);
}

function twins({ identical }: Similarity): SafeHtml | undefined {
  if (identical.length === 0) return undefined;
  const groups = identical.map((names) => html`<li>${joined(names.map(name))}</li>`);
  return html`<h2>The same to the last character</h2>
    <ul>
      ${groups}
    </ul>`;
}

function table(pairs: readonly SimilarPair[]): SafeHtml {
  if (pairs.length === 0) return html`<p>No other pair is worth a look.</p>`;
  const rows = pairs.map(
    ({ left, right, share, fragments }, i) =>
      html`<tr>
        <td class="number">${percent(share)}</td>
        <td class="number">${fragments[0]?.tokens ?? 0}</td>
        <td><a href="#pair-${i + 1}">${name(left)} and ${name(right)}</a></td>
      </tr> `,
  );
  return html`<h2>Pairs</h2>
    <table>
      <tr>
        <th scope="col">Share</th>
        <th scope="col">Longest piece, tokens</th>
        <th scope="col">Programs</th>
      </tr>
      ${rows}
    </table>`;
}

function rest(count: number): SafeHtml | undefined {
  return count > 0 ? html`<p>And ${count} more pairs, of which similar.json has the first.</p>` : undefined;
}

function section(pair: SimilarPair, i: number, linesOf: LinesOf): SafeHtml {
  const { left, right, shares, fragments } = pair;
  const pieces = fragments
    .slice(0, MOST.fragments)
    .map((fragment, k) => piece(pair, fragment, k === 0, linesOf));
  const more = fragments.length - pieces.length;
  return html`<section id="pair-${i + 1}">
    <h2>${name(left)} and ${name(right)}</h2>
    <p>
      ${percent(shares[0])} of ${name(left)} stands in ${name(right)}, and ${percent(shares[1])} of
      ${name(right)} in ${name(left)}.
    </p>
    ${pieces} ${more > 0 ? html`<p>And ${more} shorter pieces.</p>` : undefined}
  </section> `;
}

function piece(
  { left, right }: SimilarPair,
  fragment: CommonFragment,
  isOpen: boolean,
  linesOf: LinesOf,
): SafeHtml {
  const body = html`<summary>
      ${fragment.tokens} tokens: ${where(fragment.left)} and ${where(fragment.right)}
    </summary>
    <div class="sides">
      ${text(fragment.left, linesOf(left, fragment.left.file))}
      ${text(fragment.right, linesOf(right, fragment.right.file))}
    </div>`;
  return isOpen ? html`<details open>${body}</details>` : html`<details>${body}</details>`;
}

function text({ from, to }: Place, lines: readonly string[] = []): SafeHtml {
  const last = Math.min(to, from + MOST.lines - 1);
  const numbered = lines.slice(from - 1, last).map((line, i) => `${String(from + i).padStart(4)}  ${line}`);
  const more = to > last ? [`      … ${to - last} more lines`] : [];
  return html`<pre>${[...numbered, ...more].join("\n")}</pre>`;
}

function leftOut({ programs, unread }: Similarity): SafeHtml | undefined {
  const remarks = programs.flatMap((each) =>
    each.remarks.map((remark) => html`<li>${name(each.name)}: ${remark}</li>`),
  );
  const lines = [...remarks, ...unread.map((line) => html`<li>${name(line)}</li>`)];
  if (lines.length === 0) return undefined;
  return html`<section>
    <h2>Not compared, or not all of it</h2>
    <ul>
      ${lines}
    </ul>
  </section>`;
}

/** `bdi`: a name that runs from right to left must not turn the rest of the line. */
function name(text: string): SafeHtml {
  return html`<bdi>${text}</bdi>`;
}

function where({ file, from, to }: Place): SafeHtml {
  return html`<bdi>${file}</bdi>:${from}-${to}`;
}

function joined(names: readonly SafeHtml[]): SafeHtml[] {
  return names.map((each, i) => (i === 0 ? each : html`, ${each}`));
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
