import type { SceneView } from "../policy/view";
import { short, virtual } from "./format";
import { type Html, html, type Part } from "./html";
import { counted, verdictWords } from "./words";

/** Whether a scene is known to have passed. */
export function isPass({ verdict }: SceneView): boolean {
  return verdict === "accepted";
}

/** Whether a scene is known to have failed. */
export function isFailure({ verdict }: SceneView): boolean {
  return verdict !== undefined && verdict !== "accepted";
}

type Some<T> = readonly [T, ...T[]];

/** So many cases of a rule are shown at once; the others can be opened. */
const AT_ONCE = 3;

/**
 * The failed scenes of a lab, by broken rule. Of one rule, those that failed in the same words are told once: a program that does not compile
 * fails them all.
 */
export function failuresOf(scenes: readonly SceneView[]): Part {
  const failed = scenes.filter(isFailure);
  if (failed.length === 0) return undefined;
  const rules = grouped(failed, ({ verdict, rule }) => JSON.stringify([verdict, rule]));
  return html`<h3>Failed (${failed.length})</h3>
    ${rules.map(brokenRule)}`;
}

function brokenRule(scenes: Some<SceneView>): Html {
  const { verdict = "wrong", rule = "" } = scenes[0];
  const words = verdictWords(verdict);
  const cases = grouped(scenes, ({ message }) => JSON.stringify([message])).map(oneCase);
  const more = cases.length - AT_ONCE;
  return html`<article class="failure">
    <h4>
      <span class="sign failed" role="img" aria-label="failed">✗</span>
      <span class="rule">${rule === "" ? words : rule}</span>
      ${rule === "" ? undefined : html`<span class="verdict">${words}</span>`}
    </h4>
    ${more > 1 ? [cases.slice(0, AT_ONCE), folded(more, cases.slice(AT_ONCE))] : cases}
  </article> `;
}

function folded(count: number, cases: readonly Html[]): Html {
  return html`<details>
    <summary>${counted(count, "more case")}</summary>
    ${cases}
  </details>`;
}

/** Scenes that failed in the same words, or whose words are hidden. */
function oneCase(scenes: Some<SceneView>): Html {
  const [first, ...others] = scenes;
  const { message, replay } = first;
  if (message === undefined) return html`<div class="case">${names(scenes)}</div> `;
  return html`<div class="case">
    <p><strong>${first.name}</strong> ${challengeTag(first)}</p>
    ${message === "" ? undefined : html`<p class="text">${message}</p>`}
    <p class="quiet">${where(first)}</p>
    ${replay === undefined ? undefined : command(replay)}
    ${
      others.length === 0
        ? undefined
        : html`<details>
            <summary>and ${counted(others.length, "scene")} more, in the same words</summary>
            ${names(others)}
          </details>`
    }
  </div> `;
}

function names(scenes: readonly SceneView[]): Html {
  const items = scenes.map(
    (scene) =>
      html`<li>${scene.name} ${challengeTag(scene)} <span class="quiet">${where(scene)}</span></li> `,
  );
  return html`<ul class="names">
    ${items}
  </ul>`;
}

function challengeTag({ challenge }: SceneView): Part {
  return challenge ? html`<span class="tag">challenge</span>` : undefined;
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Some<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/** `0 of 3 points; failed under 2 of 10 seeds, first under seed 7, at 123.400 ms of virtual time, by server 2`. */
function where({ points, maxPoints, failed, seeds, seed, virtualMs, server }: SceneView): string {
  const worth =
    points === undefined ? `${short(maxPoints)} points` : `${short(points)} of ${short(maxPoints)} points`;
  const run = [
    ...(failed === undefined ? [] : [`failed under ${failed} of ${counted(seeds, "seed")}`]),
    ...(seed === undefined ? [] : [`${failed === undefined ? "seen" : "first"} under seed ${seed}`]),
    ...(virtualMs === undefined ? [] : [`at ${virtual(virtualMs)} of virtual time`]),
    ...(server === undefined ? [] : [`by server ${server}`]),
  ];
  return [worth, ...(run.length === 0 ? [] : [run.join(", ")])].join("; ");
}

/** One click selects the whole command. */
function command(text: string): Html {
  return html`<pre
    class="command"
    tabindex="0"
    aria-label="The command that plays this failure again"
  ><code>${text}</code></pre>`;
}
