import type { ClassDocument, ClassGroup } from "../batch/class-document";
import { bar } from "./format";
import { type Html, html, type Part } from "./html";
import type { Links } from "./link";
import { counted, verdictWords } from "./words";

/** What the class fails at, by broken rule, with who is concerned and one message each. */
export function failures(document: ClassDocument, links: Links): Html {
  const { groups } = document;
  const most = Math.max(1, ...groups.map((group) => group.students.length));
  return html`<section id="failures" aria-labelledby="failures-title">
    <h2 id="failures-title">Failures by broken rule</h2>
    ${
      groups.length === 0
        ? html`<p>Nobody failed a scene.</p>`
        : html`<p class="quiet">
              The number is that of students. Open a rule for an example, the scenes and the names.
            </p>
            <ol class="groups">
              ${groups.map((group) => groupItem(group, most, links))}
            </ol>`
    }
  </section>`;
}

function groupItem(group: ClassGroup, most: number, links: Links): Html {
  const { rule, verdict, lab, students, scenes, example } = group;
  const count = students.length;
  return html`<li>
    <details>
      <summary>
        <span class="count">${count}</span> ${bar(count, most)}
        <span class="rule">${rule === "" ? verdictWords(verdict) : rule}</span>
        <span class="quiet">Lab ${lab}, ${verdictWords(verdict)}</span>
      </summary>
      <div class="inside">
        <p>${links(example.student)} in “${example.scene}”:</p>
        <blockquote class="text">${example.message}</blockquote>
        <p><strong>${counted(scenes.length, "scene")}:</strong> ${joined(scenes)}</p>
        <p><strong>${counted(count, "student")}:</strong> ${joined(students.map(links))}</p>
      </div>
    </details>
  </li> `;
}

function joined(parts: readonly Part[]): Part {
  return parts.map((part, i) => (i === 0 ? part : html`, ${part}`));
}
