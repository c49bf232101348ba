import fc from "fast-check";
import type { Subject } from "../kit/subject/subject";
import type { Conjecture } from "./claim";
import { judgeClaim, type Finding } from "./judge";
import { playScript, type Played } from "./play";
import type { Step } from "./script";
import { trialsOf, type Trial } from "./scripts";
import { simplify } from "./simplify";

/** How long to look, and from where. */
export interface Effort {
  readonly subject: Subject;
  /** A uint32; all tries come from it. */
  readonly seed: number;
  /** At most so many. */
  readonly tries: number;
  /** Told after each try, those that make a counterexample smaller included. */
  readonly onTry?: (plays: number) => void;
}

/** A trial, how it went, and what became of the claim in it. */
export interface Run {
  readonly trial: Trial;
  readonly played: Played;
  readonly finding: Finding;
}

/** What a search has found. */
export interface Found {
  /** How many trials it took to find the first counterexample, or how many there were. */
  readonly tries: number;
  /** How many more runs it took to make it small. */
  readonly smaller: number;
  /** How many steps the first one had. */
  readonly steps: number;
  /** The smallest one: the claim does not hold, or the program breaks rules of its own. */
  readonly counterexample?: Run;
}

/** Looks for a run in which a claim does not hold, and makes it as small as it can. Equal conjectures and seeds find the same. */
export function search(conjecture: Conjecture, { subject, seed, tries, onTry }: Effort): Found {
  let plays = 0;
  let first: { readonly tries: number; readonly steps: number; readonly kind: Finding["kind"] } | undefined;
  /** True if the claim holds, or fails for another reason than the one that was found first. */
  const holds = (trial: Trial): boolean => {
    plays += 1;
    onTry?.(plays);
    const { kind } = findingOf(conjecture, trial, subject).finding;
    if (kind === "kept") return true;
    first ??= { tries: plays, steps: trial.script.length, kind };
    return kind !== first.kind;
  };
  // An error of ours is no counterexample: fast-check would take it for one.
  const mishaps: unknown[] = [];
  const guarded = (trial: Trial): boolean => {
    if (mishaps.length > 0) return true;
    try {
      return holds(trial);
    } catch (error) {
      return mishaps.push(error) > 0;
    }
  };
  const details = fc.check(fc.property(trialsOf(conjecture), guarded), { seed, numRuns: tries });
  if (mishaps.length > 0) throw mishaps[0];
  const [smallest] = details.counterexample ?? [];
  if (smallest === undefined || first === undefined) return { tries: plays, smaller: 0, steps: 0 };
  const fails = (trial: Trial): boolean => !holds(trial);
  const once = simplify(steadied(conjecture, smallest, subject), fails);
  // A step may be needed for its time alone: without it, others answer first.
  const pinned = steadied(conjecture, once, subject, true);
  const twice = fails(pinned) ? simplify(pinned, fails) : once;
  const trial = twice.script.length < once.script.length ? twice : once;
  const { played, finding } = findingOf(conjecture, trial, subject, true);
  if (finding.kind === "kept") throw new Error("a counterexample is none when it is played again");
  return {
    tries: first.tries,
    smaller: plays - first.tries,
    steps: first.steps,
    counterexample: { trial, played, finding },
  };
}

/** Plays a trial and judges it. */
export function findingOf(
  conjecture: Conjecture,
  { seed, script }: Trial,
  subject: Subject,
  history = false,
): { readonly played: Played; readonly finding: Finding } {
  const played = playScript(conjecture, script, { subject, seed, history });
  return { played, finding: judgeClaim(conjecture.claim, played) };
}

/**
 * The same trial without the steps that could not be done.
 *
 * @param pin - also says of each read that it reaches only those who have answered it, and nobody afterwards
 */
function steadied(conjecture: Conjecture, trial: Trial, subject: Subject, pin = false): Trial {
  const { happened } = playScript(conjecture, trial.script, { subject, seed: trial.seed });
  const script = happened.map(({ step, shown }): Step => {
    if (!pin || step.do !== "read" || shown.length === 0) return step;
    return { ...step, reach: shown.map(({ replica }) => replica), then: [] };
  });
  return { ...trial, script };
}
