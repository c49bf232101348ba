import type { ClassDocument } from "../batch/class-document";
import { bar, percent, short } from "./format";
import { type Html, html, type Part } from "./html";
import { counted } from "./words";

type Lab = ClassDocument["labs"][number];
type Scene = Lab["scenes"][number];

/** How many passed each scene; before that, the scenes that say least: those that nobody or everybody passed. */
export function sceneRates({ labs }: ClassDocument): Html {
  return html`<section id="scenes" aria-labelledby="scenes-title">
    <h2 id="scenes-title">Scenes</h2>
    ${labs.map((lab) => labRates(lab, labs.length === 1))}
  </section>`;
}

function labRates(lab: Lab, alone: boolean): Html {
  const { title, scenes } = lab;
  const nobody = scenes.filter(isFailedByAll);
  const everybody = scenes.filter(isPassedByAll);
  return html`<h3>Lab ${lab.lab}: ${title}</h3>
    ${named("Nobody passed", nobody)} ${named("Everybody passed", everybody)}
    <details ${alone ? "open" : ""}>
      <summary>${counted(scenes.length, "scene")}, how many passed each</summary>
      <div class="scroll" role="region" aria-label="Scenes of lab ${lab.lab}" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">Scene</th>
              <th scope="col" class="number">Worth</th>
              <th scope="col" class="number" colspan="3">Passed</th>
            </tr>
          </thead>
          <tbody>
            ${scenes.map(sceneRow)}
          </tbody>
        </table>
      </div>
    </details> `;
}

function named(what: string, scenes: readonly Scene[]): Part {
  if (scenes.length === 0) return undefined;
  const names = scenes.map(({ name }, i) => html`${i === 0 ? "" : ", "}${name}`);
  return html`<p><strong>${what}</strong> (${scenes.length}): ${names}.</p> `;
}

function sceneRow(scene: Scene): Html {
  const { name, challenge, maxPoints, passed, judged } = scene;
  return html`<tr>
    <th scope="row">${name} ${challenge ? html`<span class="tag">challenge</span>` : undefined}</th>
    <td class="number">${short(maxPoints)}</td>
    <td class="number">${passed} of ${judged}</td>
    <td class="wide">${bar(passed, judged)}</td>
    <td class="number">${percent(passed, judged)}</td>
  </tr> `;
}

function isPassedByAll({ passed, judged }: Scene): boolean {
  return judged > 0 && passed === judged;
}

function isFailedByAll({ passed, judged }: Scene): boolean {
  return judged > 0 && passed === 0;
}
