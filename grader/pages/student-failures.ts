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

/** The failed scenes of a lab. Those that failed in the same words are told once: a program that does not compile fails them all. */
export function failuresOf(scenes: readonly SceneView[]): Part {
  const groups = new Map<string, [SceneView, ...SceneView[]]>();
  for (const scene of scenes.filter(isFailure)) {
    const { verdict, rule, message, name } = scene;
    const key = message === undefined ? `alone ${name}` : JSON.stringify([verdict, rule, message]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [scene]);
    else group.push(scene);
  }
  if (groups.size === 0) return undefined;
  const count = [...groups.values()].reduce((sum, group) => sum + group.length, 0);
  return html`<h3>Failed (${count})</h3>
    ${[...groups.values()].map(failure)}`;
}

function failure([scene, ...others]: readonly [SceneView, ...SceneView[]]): Html {
  const { name, verdict = "wrong", rule, message, challenge } = scene;
  return html`<article class="failure">
    <h4>
      <span class="sign failed" role="img" aria-label="failed">✗</span> ${name}
      ${challenge ? html`<span class="tag">challenge</span>` : undefined}
      <span class="verdict">${verdictWords(verdict)}</span>
    </h4>
    ${also(others)} ${rule === undefined || rule === "" ? undefined : html`<p class="rule">${rule}</p>`}
    ${message === undefined || message === "" ? undefined : html`<p class="text">${message}</p>`}
    <p class="quiet">${where(scene)}</p>
    ${scene.replay === undefined ? undefined : replay(scene.replay)}
  </article> `;
}

function also(others: readonly SceneView[]): Part {
  if (others.length === 0) return undefined;
  const names = others.map(({ name }, i) => html`${i === 0 ? "" : ", "}${name}`);
  return html`<details>
    <summary>and ${counted(others.length, "scene")} more, in the same words</summary>
    <p>${names}</p>
  </details>`;
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
function replay(command: string): Html {
  return html`<pre
    class="command"
    tabindex="0"
    aria-label="The command that plays this failure again"
  ><code>${command}</code></pre>`;
}
