import { VERDICTS } from "../../labs/kit/scene/outcome";
import type { View } from "../policy/view";
import { type Html, html, type Part } from "./html";
import { MEANINGS, verdictWords } from "./words";

/** What the words of a page mean: the verdicts that it shows, and a few more. */
export function glossary({ labs }: View): Part {
  const scenes = labs.flatMap((lab) => lab.scenes);
  const shown = new Set(scenes.map(({ verdict }) => verdict));
  const seeded = scenes.some(({ seed, failed }) => seed !== undefined || failed !== undefined);
  const entries = [
    ...VERDICTS.filter((verdict) => shown.has(verdict)).map((verdict) =>
      entry(verdictWords(verdict), MEANINGS[verdict]),
    ),
    ...(seeded
      ? [
          entry(
            "seed",
            "The number that all chance of a run derives from: the same seed gives the same run, exactly.",
          ),
        ]
      : []),
    ...(scenes.some(({ virtualMs }) => virtualMs !== undefined)
      ? [entry("virtual time", "The time of the simulated cluster, from the start of the run.")]
      : []),
    ...(scenes.some(({ challenge }) => challenge)
      ? [entry("challenge", "A scene of the part of a lab that goes beyond what the others ask for.")]
      : []),
  ];
  if (entries.length === 0) return undefined;
  return html`<section aria-labelledby="words-title">
    <h2 id="words-title">Words on this page</h2>
    <dl class="facts">${entries}</dl>
  </section>`;
}

function entry(word: string, meaning: string): Html {
  return html`<div>
    <dt>${word}</dt>
    <dd>${meaning}</dd>
  </div> `;
}
