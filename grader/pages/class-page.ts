import type { ClassDocument } from "../batch/class-document";
import { attention } from "./class-attention";
import { failures } from "./class-failures";
import { provenance } from "./class-provenance";
import { sceneRates } from "./class-scenes";
import { students } from "./class-students";
import { totals } from "./class-totals";
import { instant } from "./format";
import { fileBeside, page } from "./frame";
import { html } from "./html";
import { linksOf } from "./link";
import { BORDER_WORDS, counted, seedWords } from "./words";

const SCRIPT = fileBeside("sort.js");

/**
 * The page of a class, for staff: what needs a human, the points of everybody, what the class fails at, and how it was graded. It links to
 * `<file>.html` beside it, the page of each student. Equal documents give equal bytes.
 */
export function classPage(document: ClassDocument): string {
  const links = linksOf(document);
  const { course, isolation, border, createdAt } = document;
  const body = html`<header>
      <h1>Class report</h1>
      <p class="lead">
        ${counted(document.students.length, "student")},
        ${counted(document.submissions.length, "submission")}, graded ${instant(createdAt)}
      </p>
      <p class="quiet">
        ${course.name} ${course.version} · ${seedWords(document)} · isolation: ${isolation} ·
        ${BORDER_WORDS[border]} · <a href="#how">how it was graded</a>
      </p>
      <nav aria-label="On this page">
        <a href="#attention">Needs a human</a> <a href="#totals">Totals</a> <a href="#students">Students</a>
        <a href="#failures">Failures</a> <a href="#scenes">Scenes</a>
      </nav>
    </header>
    <main>
      ${attention(document, links)} ${totals(document)} ${students(document, links)}
      ${failures(document, links)} ${sceneRates(document)} ${provenance(document)}
    </main>`;
  return page({ title: "Class report", body, script: SCRIPT });
}
