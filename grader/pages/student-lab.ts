import type { LabView } from "../policy/view";
import { pointsLike, short } from "./format";
import { type Html, html, type Part } from "./html";
import { failuresOf, isFailure, isPass } from "./student-failures";
import { counted } from "./words";

/** All labs at a glance. */
export function labTable(labs: readonly LabView[]): Html {
  const withPoints = pointsLike(labs.flatMap(({ points }) => points ?? []));
  const rows = labs.map((view) => {
    const { lab, title, points, maxPoints } = view;
    return html`<tr>
      <th scope="row"><a href="#lab-${lab}">${lab}: ${title}</a></th>
      <td class="number">${passedOf(view) ?? "hidden"}</td>
      <td class="number strong">${points === undefined ? "hidden" : withPoints(points)}</td>
      <td class="number">${short(maxPoints)}</td>
      <td>${marks(view)}</td>
    </tr> `;
  });
  return html`<div class="scroll" role="region" aria-label="Points by lab" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Lab</th>
          <th scope="col" class="number">Scenes passed</th>
          <th scope="col" class="number">Points</th>
          <th scope="col" class="number">Out of</th>
          <th scope="col">Lowered</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** One lab: what failed and why, then what passed, then what is hidden. */
export function labSection(view: LabView): Html {
  const { lab, title, scenes } = view;
  const passed = scenes.filter(isPass);
  const silent = scenes.filter(({ verdict }) => verdict === undefined);
  return html`<section id="lab-${lab}" aria-labelledby="lab-${lab}-title">
    <h2 id="lab-${lab}-title">Lab ${lab}: ${title}</h2>
    <p class="lead">${standing(view)}</p>
    ${reasons(view).map((sentence) => html`<p class="notice warn">${sentence}</p>`)} ${failuresOf(scenes)}
    ${
      passed.length === 0
        ? undefined
        : html`<h3>Passed (${passed.length}) <small>and what each earned</small></h3>
            ${sceneList(passed, "✓", "passed")}`
    }
    ${
      silent.length === 0
        ? undefined
        : html`<h3>Not told how they went (${silent.length})</h3>
            ${sceneList(silent, "·", "hidden")}`
    }
    ${hidden(view)}
  </section>`;
}

function standing(view: LabView): Html {
  const { points, maxPoints } = view;
  const passed = passedOf(view);
  const scenes = passed === undefined ? undefined : html`, ${passed} scenes passed`;
  return points === undefined
    ? html`Points hidden for now, out of ${short(maxPoints)}${scenes}`
    : html`<strong>${short(points)}</strong> of ${short(maxPoints)} points${scenes}`;
}

/** The same in a word or two. */
function marks({ late, cap }: LabView): Part {
  return [
    late === undefined ? undefined : html`<span class="tag">late, × ${short(late.factor)}</span> `,
    cap === undefined ? undefined : html`<span class="tag">at most ${short(cap.to)}</span> `,
  ];
}

/** Why the points are fewer than those of the scenes. */
function reasons({ late, cap }: LabView): string[] {
  return [late?.sentence, cap?.sentence].filter((sentence) => sentence !== undefined);
}

/** `27 of 33`, unless that is hidden. */
function passedOf({ scenes, hidden: unlisted, passed }: LabView): string | undefined {
  const all = scenes.length + unlisted;
  if (passed !== undefined) return `${passed} of ${all}`;
  const known = scenes.every(({ verdict }) => verdict !== undefined) && unlisted === 0;
  return known ? `${scenes.filter(isPass).length} of ${all}` : undefined;
}

function sceneList(scenes: LabView["scenes"], sign: string, word: string): Html {
  const items = scenes.map(({ name, challenge, points }) => {
    const worth = points === undefined ? undefined : html` <span class="quiet">${short(points)}</span>`;
    const tag = challenge ? html` <span class="tag">challenge</span>` : undefined;
    return html`<li>
      <span class="sign ${word}" role="img" aria-label="${word}">${sign}</span>
      <span>${name}${tag}${worth}</span>
    </li> `;
  });
  return html`<ul class="scenes">
    ${items}
  </ul>`;
}

/** What the reader does not see, and how much of it there is. */
function hidden({ scenes, hidden: unlisted }: LabView): Part {
  const failures = scenes.filter(isFailure);
  const noMessage = failures.filter(({ message }) => message === undefined).length;
  const noRule = failures.filter(({ rule }) => rule === undefined).length;
  const sentences = [
    ...(unlisted === 0
      ? []
      : [`${counted(unlisted, "scene")} of this lab ${unlisted === 1 ? "is" : "are"} hidden.`]),
    ...(noRule === 0
      ? []
      : [`Of ${counted(noRule, "failure")} only the verdict is shown; the broken rule is hidden.`]),
    ...(noMessage > noRule
      ? [
          `Of ${counted(noMessage - noRule, "failure")} only the broken rule is shown; message, seed and replay are hidden.`,
        ]
      : []),
  ];
  return sentences.map((sentence) => html`<p class="quiet">${sentence}</p>`);
}
