import type { Colors } from "picocolors/types";
import { rulesOf } from "../kit/rules";
import { measuredIn } from "../kit/scene/outcome";
import { measuredLines } from "./measured";
import type { LabOptions } from "./options";
import { commonCause, failureBlock, replayCommand, rulesLine, sceneLine, type SceneSummary } from "./report";

/** Where a session writes, line by line. */
export interface Paper {
  readonly line: (text?: string) => void;
  readonly colors: Colors;
}

/** A {@link Paper} that knows how to leave one line free, and never two. */
export interface Page extends Paper {
  readonly gap: () => void;
}

/** A page on this paper. */
export function pageOn({ line, colors }: Paper): Page {
  let last = "";
  const write = (text = ""): void => {
    last = text;
    line(text);
  };
  return { colors, line: write, gap: () => (last === "" ? undefined : write()) };
}

/** Lab, program and seeds. */
export function tellHeading(options: LabOptions, { line, gap, colors }: Page): void {
  const { suite, subject, seedBase, seeds, hidden } = options;
  const what = `Lab ${suite.lab}: ${suite.title}${hidden ? " (hidden scenes)" : ""}`;
  const how = seeds === 1 ? `seed ${seedBase}` : `${seeds} seeds a scene`;
  line(`${colors.bold(what)} ${colors.dim(`on ${subject}, ${how}`)}`);
  gap();
}

/** A scene's line, and its failure below. */
export function tellScene(
  summary: SceneSummary,
  width: number,
  options: LabOptions,
  { line, gap, colors }: Page,
): void {
  line(sceneLine(summary, width, colors));
  const { scene, firstFailure } = summary;
  if (firstFailure === undefined || commonCause(firstFailure) !== undefined) return;
  const { suite, subject, hidden } = options;
  const replay = replayCommand({ lab: suite.lab, scene, seed: firstFailure.seed, subject, hidden });
  gap();
  for (const each of failureBlock(firstFailure, replay, colors)) line(`    ${each}`.trimEnd());
  gap();
}

/** What was left out of the scenes, because it concerns all of them. */
export function tellCommonCauses(summaries: readonly SceneSummary[], { line, gap, colors }: Page): void {
  const causes = summaries.flatMap(({ firstFailure }) => (firstFailure && commonCause(firstFailure)) ?? []);
  const unusable = causes.filter(({ kind }) => kind === "unusable").map(({ text }) => text);
  const nextStep = causes.find(({ kind }) => kind === "unfinished")?.text ?? [];
  for (const text of new Set(unusable.concat(nextStep))) {
    gap();
    for (const each of text.split("\n")) line(colors.yellow(each));
  }
}

/** How many type errors are shown. */
const TYPE_ERRORS = 10;

/** The type errors, if there are any. */
export function tellTypeErrors(errors: readonly string[], { line, gap, colors }: Page): void {
  if (errors.length === 0) return;
  gap();
  line(colors.yellow("Type errors, which cost nothing here and are worth a look:"));
  for (const error of errors.slice(0, TYPE_ERRORS)) line(`  ${error}`);
  if (errors.length > TYPE_ERRORS) line(`  … and ${errors.length - TYPE_ERRORS} more`);
}

/** What was measured against a claim, all scenes together; nothing where nothing was. */
export function tellMeasured(summaries: readonly SceneSummary[], { line, gap, colors }: Page): void {
  const lines = measuredLines(measuredIn(summaries), colors);
  if (lines.length > 0) gap();
  for (const each of lines) line(each);
}

/** How many scenes passed. */
export function tellTotal(summaries: readonly SceneSummary[], { line, gap, colors }: Page): void {
  const passed = summaries.filter((each) => each.firstFailure === undefined).length;
  const text = `${passed} of ${summaries.length} scene${summaries.length === 1 ? "" : "s"} passed`;
  gap();
  line(passed === summaries.length ? colors.green(text) : colors.red(text));
}

/**
 * How much of the protocol the runs saw; nothing where nobody looks for that, or where every scene failed: then a run ended
 * where it failed.
 */
export function tellRules(lab: number, summaries: readonly SceneSummary[], { line, colors }: Page): void {
  const seen = summaries.flatMap(({ rules }) => (rules === undefined ? [] : [rules]));
  if (seen.length === 0 || summaries.every(({ firstFailure }) => firstFailure !== undefined)) return;
  const runs = summaries.reduce((sum, { seeds }) => sum + seeds, 0);
  line(colors.dim(rulesLine(seen.flat(), rulesOf(lab), runs)));
}
