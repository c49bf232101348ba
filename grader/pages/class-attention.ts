import type { ClassDocument } from "../batch/class-document";
import { type Html, html, type Part } from "./html";
import type { Links } from "./link";
import { counted, ISOLATION_WORDS } from "./words";

/** What somebody must look at before the marks are given out. */
export function attention(document: ClassDocument, links: Links): Html {
  const parts = [
    judgeErrors(document, links),
    audited(document, links),
    ungraded(document, links),
    weak(document),
    ignored(document),
  ];
  const open = parts.filter((part) => part !== undefined);
  return html`<section id="attention" aria-labelledby="attention-title">
    <h2 id="attention-title">Needs a human</h2>
    ${open.length > 0 ? open : html`<p class="notice good">Nothing: no error of the grader is left.</p>`}
  </section>`;
}

function judgeErrors({ judgeErrors: errors }: ClassDocument, links: Links): Part {
  if (errors.length === 0) return undefined;
  const rows = errors.map(
    ({ student, scene, seed, message }) =>
      html`<tr>
        <th scope="row">${links(student)}</th>
        <td>${scene}</td>
        <td class="number">${seed}</td>
        <td class="text">${message}</td>
      </tr> `,
  );
  const runs = counted(errors.length, "run");
  return html`<div class="notice serious">
    <p><strong>${runs} ended twice in an error of the grader.</strong> Those marks are not final.</p>
    <div class="scroll" role="region" aria-label="Errors of the grader" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Student</th>
            <th scope="col">Scene</th>
            <th scope="col" class="number">Seed</th>
            <th scope="col">What happened</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </div>`;
}

/** An honest program plays alike in both ways: what does not may have got out of the sandbox. */
function audited({ submissions }: ClassDocument, links: Links): Part {
  const found = submissions.flatMap(({ name, flags }) =>
    flags.filter(({ kind }) => kind === "audit").map(({ text }) => html`<li>${links(name)}: ${text}</li> `),
  );
  if (found.length === 0) return undefined;
  return html`<div class="notice serious">
    <p><strong>The audit of transcripts found differences.</strong></p>
    <ul>
      ${found}
    </ul>
  </div>`;
}

function ungraded({ ungraded: submissions }: ClassDocument, links: Links): Part {
  if (submissions.length === 0) return undefined;
  return html`<div class="notice serious">
    <p>
      <strong>${counted(submissions.length, "submission")} could not be judged,</strong> by our own fault.
      Another run tries again.
    </p>
    <ul>
      ${submissions.map(({ submission, message }) => html`<li>${links(submission)}: ${message}</li> `)}
    </ul>
  </div>`;
}

function weak({ isolation }: ClassDocument): Part {
  if (isolation !== "process" && isolation !== "permission") return undefined;
  return html`<div class="notice warn">
    <p>
      <strong>No sandbox stood between the programs and the grader:</strong> they ran in
      ${ISOLATION_WORDS[isolation]}. A program that meant harm could have changed its result.
    </p>
  </div>`;
}

function ignored({ ignored: lines }: ClassDocument): Part {
  if (lines.length === 0) return undefined;
  return html`<details class="notice">
    <summary>${counted(lines.length, "entry").replace("entrys", "entries")} of the folder left out</summary>
    <ul>
      ${lines.map((line) => html`<li>${line}</li> `)}
    </ul>
  </details>`;
}
