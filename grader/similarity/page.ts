import { page } from "../pages/frame";
import { type Html, html } from "../pages/html";
import { shownName } from "../pages/link";
import type { CommonFragment, Place, SimilarPair, Similarity } from "./document";

/** The lines of a file of a program; undefined if there is no such thing. */
export type LinesOf = (program: string, file: string) => readonly string[] | undefined;

/** What is shown with its text; the list has all. */
const MOST = { pairs: 100, fragments: 20, lines: 120 } as const;

/** The comparison as one HTML page, with what is alike side by side. */
export function similarityPage(similarity: Similarity, linesOf: LinesOf): string {
  const { programs, pairs, more, usual, threshold } = similarity;
  const shown = pairs.slice(0, MOST.pairs);
  const body = html`<header>
      <h1>Similar programs</h1>
      <p class="lead">
        ${programs.length} programs, ${usual.pairs} pairs. Half of the pairs share ${percent(usual.half)} or
        less, 95 of 100 share ${percent(usual.most)} or less.
      </p>
      <p>
        Listed is what shares ${percent(threshold.share)} or ${threshold.tokens} tokens in one piece, without
        what everybody was given. Names, values, types, comments and layout do not count.
      </p>
      <p class="notice">
        This is a list for human eyes. Likeness has many causes: work in pairs, a common source, one way to
        write it. It is no mark, and it does not say who had it from whom.
      </p>
    </header>
    <main>
      ${twins(similarity)} ${table(shown)} ${rest(pairs.length + more - shown.length)}
      ${shown.map((pair, i) => section(pair, i, linesOf))} ${leftOut(similarity)}
    </main>`;
  return page({ title: "Similar programs", body });
}

function twins({ identical }: Similarity): Html | undefined {
  if (identical.length === 0) return undefined;
  return html`<h2>The same to the last character</h2>
    <ul>
      ${identical.map((names) => html`<li>${joined(names.map(shownName))}</li>`)}
    </ul>`;
}

function table(pairs: readonly SimilarPair[]): Html {
  if (pairs.length === 0) return html`<p>No other pair is worth a look.</p>`;
  const rows = pairs.map(
    ({ left, right, share, fragments }, i) =>
      html`<tr>
        <td>${percent(share)}</td>
        <td>${fragments[0]?.tokens ?? 0}</td>
        <td><a href="#pair-${i + 1}">${shownName(left)} and ${shownName(right)}</a></td>
      </tr>`,
  );
  return html`<h2>Pairs</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Share</th>
            <th scope="col">Longest piece, tokens</th>
            <th scope="col">Programs</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`;
}

function rest(count: number): Html | undefined {
  return count > 0
    ? html`<p>And up to ${count} more pairs, of which similar.json has the first.</p>`
    : undefined;
}

function section(pair: SimilarPair, i: number, linesOf: LinesOf): Html {
  const { left, right, shares, fragments } = pair;
  const pieces = fragments
    .slice(0, MOST.fragments)
    .map((fragment, k) => piece(pair, fragment, k === 0, linesOf));
  const count = fragments.length - pieces.length;
  return html`<section>
    <h2 id="pair-${i + 1}">${shownName(left)} and ${shownName(right)}</h2>
    <p>
      ${percent(shares[0])} of ${shownName(left)} stands in ${shownName(right)}, and ${percent(shares[1])} of
      ${shownName(right)} in ${shownName(left)}.
    </p>
    ${pieces} ${count > 0 ? html`<p>And ${count} shorter pieces.</p>` : undefined}
  </section>`;
}

function piece(
  { left, right }: SimilarPair,
  fragment: CommonFragment,
  isOpen: boolean,
  linesOf: LinesOf,
): Html {
  const body = html`<summary>
      ${fragment.tokens} tokens: ${where(fragment.left)} and ${where(fragment.right)}
    </summary>
    <div class="sides">
      ${text(fragment.left, linesOf(left, fragment.left.file))}
      ${text(fragment.right, linesOf(right, fragment.right.file))}
    </div>`;
  return isOpen ? html`<details open>${body}</details>` : html`<details>${body}</details>`;
}

function text({ from, to }: Place, lines: readonly string[] = []): Html {
  const last = Math.min(to, from + MOST.lines - 1);
  const numbered = lines.slice(from - 1, last).map((line, i) => `${String(from + i).padStart(4)}  ${line}\n`);
  const more = to > last ? `      … ${to - last} more lines` : undefined;
  return html`<pre>${numbered}${more}</pre>`;
}

function leftOut({ programs, unread }: Similarity): Html | undefined {
  const remarks = programs.flatMap(({ name, remarks: all }) =>
    all.map((remark) => html`<li>${shownName(name)}: ${remark}</li>`),
  );
  const lines = [...remarks, ...unread.map((line) => html`<li>${shownName(line)}</li>`)];
  if (lines.length === 0) return undefined;
  return html`<section>
    <h2>Not compared, or not all of it</h2>
    <ul>
      ${lines}
    </ul>
  </section>`;
}

function where({ file, from, to }: Place): Html {
  return html`${shownName(file)}:${from}-${to}`;
}

function joined(names: readonly Html[]): Html[] {
  return names.map((each, i) => (i === 0 ? each : html`, ${each}`));
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
