import type { Colors } from "picocolors/types";
import { titleOf } from "../kit/rules";
import { measuredIn, sumUsed, type Measurement, type Outcome, type Used } from "../kit/scene/outcome";
import type { Played } from "../runner/protocol";

/** What it takes to see one run again. */
export interface Replay {
  readonly lab: number;
  readonly scene: string;
  readonly seed: number;
  /** The folder of the program, as the user named it; the skeleton needs no mention. */
  readonly subject?: string;
  /** The scene is one of the grader's. */
  readonly hidden?: boolean;
}

/** The folder that `lab` plays if nobody names another. */
export const DEFAULT_SUBJECT = "skeleton";

/** The command that plays one run again, exactly. */
export function replayCommand({
  lab,
  scene,
  seed,
  subject = DEFAULT_SUBJECT,
  hidden = false,
}: Replay): string {
  const words = ["npm run lab --", String(lab), "--only", quoted(scene), "--seed", String(seed)];
  if (subject !== DEFAULT_SUBJECT)
    words.push("--subject", /^[\w./\\:-]+$/.test(subject) ? subject : quoted(subject));
  if (hidden) words.push("--hidden");
  return words.join(" ");
}

/** Double quotes work in every shell; inside them some signs mean something to some. */
function quoted(text: string): string {
  return `"${text.replace(/["$`\\]/g, "\\$&")}"`;
}

/** One scene, after all its seeds. */
export interface SceneSummary {
  readonly scene: string;
  readonly passed: number;
  readonly seeds: number;
  /** Virtual time of all runs together, in ms. */
  readonly virtualMs: number;
  /** Real time of all runs together, in ms. */
  readonly wallMs: number;
  /** What all runs together cost the simulated clusters. */
  readonly used: Used;
  /** The failed run with the first of its seeds; an error of our own only if nothing else failed. */
  readonly firstFailure: Outcome | undefined;
  /** Runs that ended in an error of our own. */
  readonly judgeErrors: number;
  /** The rules of the paper that the runs exercised; undefined if nobody looked, or the program cannot be played at all. */
  readonly rules: readonly string[] | undefined;
  /** What the runs measured against a claim, one line for each thing. */
  readonly measured: readonly Measurement[];
}

/** Sums up the runs of one scene, which stand in the order of their seeds. */
export function summarize(scene: string, played: readonly Played[]): SceneSummary {
  const outcomes = played.map(({ outcome }) => outcome);
  return {
    scene,
    passed: outcomes.filter(({ verdict }) => verdict === "accepted").length,
    seeds: played.length,
    virtualMs: outcomes.reduce((sum, { virtualMs }) => sum + virtualMs, 0),
    wallMs: played.reduce((sum, { wallMs }) => sum + wallMs, 0),
    firstFailure: firstFailure(outcomes),
    used: usedByRuns(outcomes),
    judgeErrors: outcomes.filter(({ verdict }) => verdict === "judge-error").length,
    rules: rulesOfRuns(outcomes),
    measured: measuredIn(outcomes),
  };
}

/** What some runs cost the simulated clusters, all together. */
export function usedByRuns(outcomes: readonly Outcome[]): Used {
  return sumUsed(outcomes.flatMap(({ used }) => (used === undefined ? [] : [used])));
}

/** The rules that some runs exercised; undefined if none of them was played with an eye on that. */
export function rulesOfRuns(outcomes: readonly Outcome[]): string[] | undefined {
  const played = outcomes.filter((outcome) => commonCause(outcome) === undefined);
  const rules = played.flatMap((outcome) => (outcome.rules === undefined ? [] : [outcome.rules]));
  return rules.length === 0 ? undefined : [...new Set(rules.flat())];
}

/** So many rules that were not exercised are all called by name; of more, the first few. */
const ALL_NAMED = 5;
const FEW_NAMED = 3;

/**
 * `these runs exercised 10 of 12 rules of the paper; not: a split vote, a vote for an earlier term`.
 *
 * @param known - the ids of all rules that count
 * @param runs - how many runs they were
 */
export function rulesLine(exercised: readonly string[], known: readonly string[], runs: number): string {
  const missing = known.filter((id) => !exercised.includes(id));
  const who = runs === 1 ? "this run" : "these runs";
  if (missing.length === 0) return `${who} exercised all ${known.length} rules of the paper that count here`;
  const named = missing.slice(0, missing.length > ALL_NAMED ? FEW_NAMED : ALL_NAMED);
  const others = missing.length - named.length;
  const more = others > 0 ? ` and ${others} more` : "";
  const count = `${known.length - missing.length} of ${known.length} rules of the paper`;
  return `${who} exercised ${count}; not: ${named.map(titleOf).join(", ")}${more}`;
}

function firstFailure(outcomes: readonly Outcome[]): Outcome | undefined {
  const failures = outcomes.filter(({ verdict }) => verdict !== "accepted");
  return failures.find(({ verdict }) => verdict !== "judge-error") ?? failures[0];
}

/** `✓ the name  5/5  1234 calls  45 saves  61.0 s virtual  45 ms`, the name filled up to `width`. */
export function sceneLine(summary: SceneSummary, width: number, colors: Colors): string {
  const { scene, passed, seeds, virtualMs, wallMs, used } = summary;
  const mark = passed === seeds ? colors.green("✓") : colors.red("✗");
  const calls = `${String(used.calls).padStart(6)} ${used.calls === 1 ? "call " : "calls"}`;
  const saves = `${String(used.writes).padStart(5)} ${used.writes === 1 ? "save " : "saves"}`;
  const cost = `${calls} ${saves}${seconds(virtualMs)} virtual  ${wallMs.toFixed(0).padStart(5)} ms`;
  return `${mark} ${scene.padEnd(width)}  ${`${passed}/${seeds}`.padStart(5)}  ${colors.dim(cost)}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`.padStart(9);
}

/** Why a run failed: the rule and the sentence, the last events, the seed and how to see it again. */
export function failureBlock(outcome: Outcome, replay: string, colors: Colors): string[] {
  const { failure, verdict, seed } = outcome;
  const events = failure?.events ?? [];
  return [
    `${colors.red(failure?.rule ?? verdict)} ${colors.dim(`(${verdict})`)}`,
    ...(failure?.message.split("\n") ?? []),
    ...(events.length > 0 ? ["", ...events.map((event) => colors.dim(event))] : []),
    "",
    `seed ${seed}: ${colors.cyan(replay)}`,
  ];
}

/**
 * What concerns the program as a whole rather than one scene, so that it is said once and not for each scene.
 *
 * - `unusable`: it does not compile, or lacks a part
 * - `unfinished`: a hole of the skeleton is still open; the first one is the next step
 */
export interface CommonCause {
  readonly kind: "unusable" | "unfinished";
  readonly text: string;
}

/** Why a run failed, if that concerns the program as a whole. */
export function commonCause({ verdict, failure }: Outcome): CommonCause | undefined {
  if (failure === undefined) return undefined;
  const { message } = failure;
  if (verdict === "does-not-compile" || verdict === "not-gradable")
    return { kind: "unusable", text: message };
  if (!message.startsWith("not implemented yet")) return undefined;
  return { kind: "unfinished", text: message.replace(/^n/, "N").replace(" Next: ", "\nNext: ") };
}
