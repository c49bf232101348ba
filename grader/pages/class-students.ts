import type { ClassDocument, ClassStudent, Flag } from "../batch/class-document";
import { type Pointed, pointsLike, short } from "./format";
import { type Html, html, type Part } from "./html";
import { type Links, shownName } from "./link";
import { counted, FLAG_WORDS } from "./words";

/** The table of all students. A script of the page lets one sort and filter it. */
export function students(document: ClassDocument, links: Links): Html {
  const withPoints = pointsLike(
    document.students.flatMap((own) => [own.points, ...own.labs.map((lab) => lab.points)]),
  );
  const rows = document.students.map((student) => studentRow(student, document, withPoints, links));
  return html`<section id="students" aria-labelledby="students-title">
    <h2 id="students-title">Students</h2>
    <div class="scroll tall" role="region" aria-labelledby="students-title" tabindex="0">
      <table class="sortable">
        <thead>
          <tr>
            <th scope="col">Student</th>
            <th scope="col" class="number">Points <small>of ${short(document.maxPoints)}</small></th>
            ${document.labs.map(
              ({ lab, title, maxPoints }) =>
                html`<th scope="col" class="number" title="${title}">
                  Lab ${lab} <small>of ${short(maxPoints)}</small>
                </th> `,
            )}
            <th scope="col">Notes</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    <p class="quiet">
      Open a note for its sentence. Beside the points of a lab, <abbr class="mark">late</abbr> and
      <abbr class="mark">cap</abbr> say what lowered them.
    </p>
  </section>`;
}

function studentRow(student: ClassStudent, { labs }: ClassDocument, withPoints: Pointed, links: Links): Html {
  const { name, points } = student;
  return html`<tr>
    <th scope="row">${links(name)}</th>
    <td class="number strong"><data value="${points}">${withPoints(points)}</data></td>
    ${labs.map(({ lab }) => labCell(student, lab, withPoints))}
    <td class="notes">${notes(student, links)}</td>
  </tr> `;
}

function labCell(student: ClassStudent, lab: number, withPoints: Pointed): Html {
  const own = student.labs.find((one) => one.lab === lab);
  if (own === undefined) return html`<td class="number">–</td>`;
  const { points, late, cap } = own;
  const marks = [
    late !== undefined && late.factor < 1
      ? html`<abbr class="mark" title="${short(late.hours)} h late, × ${short(late.factor)}">late</abbr> `
      : undefined,
    cap === undefined
      ? undefined
      : html`<abbr class="mark" title="at most ${short(cap.to)}, released by ${cap.by}">cap</abbr> `,
  ];
  return html`<td class="number">${marks}<data value="${points}">${withPoints(points)}</data></td> `;
}

function notes(student: ClassStudent, links: Links): Part {
  const { flags, identicalTo, submissions } = student;
  const attempts = submissions.length > 1;
  if (flags.length === 0 && identicalTo === undefined && !attempts) return undefined;
  return html`<details>
    <summary>
      ${flags.map((flag) => flagTag(flag, identicalTo))}
      ${attempts ? html`<span class="tag">${counted(submissions.length, "attempt")}</span>` : ""}
    </summary>
    <ul>
      ${flags.map(({ text }) => html`<li>${text}</li> `)}
      ${identicalTo === undefined ? undefined : html`<li>Judged was ${links(identicalTo)}.</li>`}
      ${attempts ? html`<li>${submissions.map((name) => html`${links(name)} `)}</li>` : undefined}
    </ul>
  </details>`;
}

function flagTag({ kind }: Flag, twin: string | undefined): Html {
  const weight = kind === "judge-error" || kind === "audit" || kind === "ungraded" ? " serious" : "";
  const whom = kind === "identical" && twin !== undefined ? html` to ${shownName(twin)}` : undefined;
  return html`<span class="tag${weight}">${FLAG_WORDS[kind]}${whom}</span> `;
}
