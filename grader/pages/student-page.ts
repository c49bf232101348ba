import type { Stage, View } from "../policy/view";
import { instant, short } from "./format";
import { page } from "./frame";
import { type Html, html, type Part } from "./html";
import { shownName } from "./link";
import { labSection, labTable } from "./student-lab";
import { glossary } from "./student-glossary";
import { studentProvenance } from "./student-provenance";

/** So many lines of problems, remarks or type errors are shown. */
const MOST_LINES = 100;

const STAGES: Readonly<Record<Stage, string>> = {
  before: "As it may be seen before the deadline.",
  after: "As it may be seen after the deadline.",
  staff: "For staff: everything is shown.",
};

/**
 * The page of one student: points, why scenes failed, and what was not understood of the submission. It shows the view that it is given and
 * nothing else; what is hidden is said to be hidden. Equal views give equal bytes.
 */
export function studentPage(view: View): string {
  const { student, labs, stage, problems, remarks, typeErrors } = view;
  const body = html`<header>
      <p class="quiet">${stage === "staff" ? html`<a href="./index.html">Class report</a>` : "Lab report"}</p>
      <h1>${shownName(student)}</h1>
      <p class="lead">${total(view)}</p>
      <p class="quiet">${handedIn(view)} ${STAGES[stage]}</p>
    </header>
    <main>
      ${labs.length > 1 ? labTable(labs) : undefined} ${notFinal(view)}
      ${(view.chosen ?? []).map(({ sentence }) => html`<p class="notice">${sentence}</p>`)}
      ${lines("Problems", problems, "Some scenes could not be played, for this reason.", "serious")}
      ${labs.map(labSection)}
      ${lines("What does not count", remarks, "Left out of the submission. It costs nothing.")}
      ${lines("Type errors", typeErrors, "They cost no points, and often say what is wrong.")}
      ${glossary(view)} ${studentProvenance(view.provenance)}
    </main>`;
  return page({ title: `Lab report: ${student}`, body, layout: "narrow" });
}

function total({ points, maxPoints }: View): Part {
  return points === undefined
    ? html`The points are hidden for now; there are ${short(maxPoints)} in all.`
    : html`<strong>${short(points)}</strong> of ${short(maxPoints)} points`;
}

function handedIn({ submission, submittedAt }: View): Html {
  const when = submittedAt === undefined ? undefined : html`, handed in ${instant(submittedAt)}`;
  return html`Submission ${shownName(submission)}${when}.`;
}

function notFinal({ final }: View): Part {
  if (final) return undefined;
  return html`<div class="notice warn">
    <p>
      <strong>Not final.</strong> In some runs the grader itself failed, twice. That is not the fault of the
      program; somebody will look at it, and the points may change.
    </p>
  </div>`;
}

function lines(title: string, all: readonly string[], why: string, weight = ""): Part {
  if (all.length === 0) return undefined;
  const more = all.length - MOST_LINES;
  return html`<section>
    <h2>${title} (${all.length})</h2>
    <p>${why}</p>
    <ul class="notice lines ${weight}">
      ${all.slice(0, MOST_LINES).map((line) => html`<li>${placed(line)}</li> `)}
    </ul>
    ${more > 0 ? html`<p>And ${more} more.</p>` : undefined}
  </section>`;
}

/** File and line stand out: `raft/raft.ts:3:1: …`. */
function placed(line: string): Part {
  const found = /^(\S+?:\d+(?::\d+)?):? ([^]*)$/.exec(line);
  if (found === null) return html`<span class="text">${line}</span>`;
  return html`<code>${found[1] ?? ""}</code> <span class="text">${found[2] ?? ""}</span>`;
}
