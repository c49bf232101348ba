import type { Provenance } from "../policy/view";
import { fact } from "./class-provenance";
import { type Html, html, type Part } from "./html";
import { BORDER_WORDS, ISOLATION_WORDS } from "./words";

/** How a submission was graded, and exactly which one. */
export function studentProvenance({ course, node, isolation, border, digest, ...seeds }: Provenance): Html {
  return html`<section aria-labelledby="how-title">
    <h2 id="how-title">How it was graded</h2>
    <dl class="facts">
      ${fact("Course", html`${course.name} ${course.version}`)} ${fact("Node", node)} ${seedFact(seeds)}
      ${fact("Isolation", html`${isolation}: ${ISOLATION_WORDS[isolation]}`)}
      ${fact("Border", html`${border}: ${BORDER_WORDS[border]}`)}
      ${fact("Digest", digest === null ? "none: the files could not be read as a whole" : html`<code>${digest}</code>`)}
    </dl>
    <p class="quiet">
      The digest is SHA-256 over the files that count. Equal files, course and seeds give equal points.
    </p>
  </section>`;
}

function seedFact({ seedCommitment, seedBase }: Pick<Provenance, "seedCommitment" | "seedBase">): Part {
  if (seedCommitment !== undefined)
    return fact("Seeds", html`derived from a secret whose SHA-256 is <code>${seedCommitment}</code>`);
  return seedBase === undefined ? fact("Seeds", "hidden") : fact("Seeds", html`derived from ${seedBase}`);
}
