import type { ClassDocument } from "../batch/class-document";
import { duration, instant } from "./format";
import { type Html, html, type Part } from "./html";
import { BORDER_WORDS, ISOLATION_WORDS, seedWords } from "./words";

/** How the class was graded: what it takes to do it again, and to trust it. */
export function provenance(document: ClassDocument): Html {
  const { course, node, isolation, border, createdAt, wallMs, workers, submissions } = document;
  return html`<section id="how" aria-labelledby="how-title">
    <h2 id="how-title">How it was graded</h2>
    <dl class="facts">
      ${fact("Course", html`${course.name} ${course.version}`)} ${fact("Node", node)}
      ${fact("Seeds", seeds(document))}
      ${fact("Isolation", html`${isolation}: ${ISOLATION_WORDS[isolation]}`)}
      ${fact("Border", html`${border}: ${BORDER_WORDS[border]}`)} ${fact("Graded", instant(createdAt))}
      ${fact("Time", cost(wallMs, workers, submissions.length))}
    </dl>
  </section>`;
}

/** One line of a list of facts. */
export function fact(name: string, value: Part): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div> `;
}

function seeds(document: ClassDocument): Part {
  const { seedCommitment } = document;
  const words = seedWords(document);
  if (seedCommitment === undefined) return words;
  return html`${words} whose SHA-256 is <code>${seedCommitment}</code>`;
}

function cost(wallMs: number, workers: number, submissions: number): string {
  const each = submissions === 0 ? "" : `, ${duration(wallMs / submissions)} a submission`;
  return `${duration(wallMs)} of gradings${each}, ${workers} at a time`;
}
