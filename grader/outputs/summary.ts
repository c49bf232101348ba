import type { LabView, SceneView, View } from "../policy/view";
import { oneLine, plain } from "./plain";
import { ELSEWHERE } from "./verdicts";
import { labRemarks, labTitle, NOT_FINAL, pointsOf, provenanceFields, sceneText } from "./words";

/** GitHub drops the whole summary of a step if it has more than 1024 KiB; some is left for those of the same step. */
const MOST_BYTES = 900 * 1024;

const REST =
  "\n_The rest is left out here, as GitHub shows no longer summaries; the grade document has it._\n";

/**
 * The grade in Markdown, for `$GITHUB_STEP_SUMMARY`. Texts of the submission stand in `<pre>` with their signs escaped, where
 * nothing is read as Markdown or HTML; what is too much is left out in whole parts.
 */
export function githubSummary(view: View, mostBytes = MOST_BYTES): string {
  const parts = [
    `# ${escaped(pointsOf(view))} points\n`,
    ...(view.final ? [] : [`\n**${escaped(NOT_FINAL)}**\n`]),
    ...view.labs.flatMap(labParts),
    ...listed("What keeps scenes from being played", view.problems),
    ...listed("Type errors, which cost no points", view.typeErrors),
    ...listed("What does not count", view.remarks),
    provenance(view),
  ];
  let left = mostBytes - bytes(REST);
  const first = parts.findIndex((part) => (left -= bytes(part)) < 0);
  return first === -1 ? parts.join("") : parts.slice(0, first).join("") + REST;
}

function labParts(lab: LabView): string[] {
  const remarks = labRemarks(lab).map((line) => `\n${escaped(line)}\n`);
  const head = `\n## ${escaped(labTitle(lab))}: ${escaped(pointsOf(lab))} points\n${remarks.join("")}`;
  if (lab.scenes.length === 0) return [head];
  const table = `${head}\n| scene | points | verdict |\n| --- | ---: | --- |\n${lab.scenes.map(row).join("")}`;
  return [table, ...lab.scenes.filter(isTold).map(details)];
}

function row(scene: SceneView): string {
  const { name, verdict, challenge } = scene;
  const mark = verdict === undefined ? "" : ELSEWHERE[verdict].passed ? "✓ " : "✗ ";
  const title = `${escaped(oneLine(name))}${challenge ? " (challenge)" : ""}`;
  return `| ${title} | ${escaped(pointsOf(scene))} | ${mark}${escaped(verdict ?? "not shown")} |\n`;
}

function isTold({ verdict, rule }: SceneView): boolean {
  return verdict !== "accepted" && rule !== undefined;
}

function details(scene: SceneView): string {
  const title = `<summary>${escaped(oneLine(scene.name))}</summary>`;
  return `\n<details>${title}\n\n${preformatted(sceneText(scene))}\n</details>\n`;
}

function listed(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const all = lines.slice(0, 200).map((line) => plain(line, 1000));
  const more = lines.length > all.length ? [`and ${lines.length - all.length} more`] : [];
  return [`\n### ${title}\n\n${preformatted([...all, ...more].join("\n"))}\n`];
}

function provenance(view: View): string {
  const lines = Object.entries(provenanceFields(view)).map(([key, value]) => `${key}: ${value}`);
  return `\n${preformatted(lines.join("\n"))}\n`;
}

/** In a block that starts with `<pre>`, Markdown is not read up to its end, and the end cannot stand in escaped text. */
function preformatted(text: string): string {
  return `<pre>${text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")}</pre>\n`;
}

/** Every sign that means something in Markdown or HTML as a number: then it means nothing but itself. */
function escaped(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function bytes(text: string): number {
  return Buffer.byteLength(text, "utf8");
}
