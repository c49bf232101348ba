import { rulesOfRuns, usedByRuns } from "../../labs/desk/report";
import { rulesOf } from "../../labs/kit/rules";
import { measuredIn, type Outcome } from "../../labs/kit/scene/outcome";
import type { Played } from "../../labs/runner/protocol";
import type { SceneInfo } from "../../labs/runner/suite";
import type { LabGrade, SceneGrade } from "../schema/grade";

/** Says how the failure of a scene of `lab` under `seed` is seen again. */
export type Replay = (lab: number, scene: string, seed: number) => string;

/** A scene's points need all its seeds. */
export function gradeScene(info: SceneInfo, played: readonly Played[], replay: Replay): SceneGrade {
  const failures = played.map(({ outcome }) => outcome).filter(({ verdict }) => verdict !== "accepted");
  const first = firstFailure(failures);
  return {
    name: info.name,
    points: first === undefined ? info.points : 0,
    maxPoints: info.points,
    seeds: played.length,
    failed: failures.length,
    verdict: first?.verdict ?? "accepted",
    challenge: info.challenge,
    used: usedByRuns(played.map(({ outcome }) => outcome)),
    ...(first !== undefined && { firstFailure: describe(first, replay(info.lab, info.name, first.seed)) }),
    runs: played.map(({ outcome: { seed, verdict, hash } }) => ({ seed, verdict, hash })),
  };
}

/** Adds up the scenes of a lab, and what all their runs exercised and measured. */
export function gradeLab(
  lab: number,
  title: string,
  scenes: SceneGrade[],
  played: readonly Played[] = [],
): LabGrade {
  const challenge = scenes.filter((scene) => scene.challenge);
  const outcomes = played.map(({ outcome }) => outcome);
  const seen = rulesOfRuns(outcomes);
  const known = rulesOf(lab);
  const rules = seen && { exercised: known.filter((id) => seen.includes(id)), known };
  const measured = measuredIn(outcomes);
  return {
    lab,
    title,
    ...total(scenes),
    challenge: total(challenge),
    scenes,
    ...(rules !== undefined && { rules }),
    ...(measured.length > 0 && { measured }),
  };
}

/** Points and maximal points of all of these together. */
export function total(parts: readonly { points: number; maxPoints: number }[]): {
  points: number;
  maxPoints: number;
} {
  const sum = (of: (part: (typeof parts)[number]) => number): number =>
    parts.reduce((points, part) => points + of(part), 0);
  return { points: sum(({ points }) => points), maxPoints: sum(({ maxPoints }) => maxPoints) };
}

/** An error of our own counts only where nothing else went wrong. */
function firstFailure(failures: readonly Outcome[]): Outcome | undefined {
  return failures.find(({ verdict }) => verdict !== "judge-error") ?? failures[0];
}

function describe({ seed, failure }: Outcome, replay: string): NonNullable<SceneGrade["firstFailure"]> {
  return {
    seed,
    rule: failure?.rule ?? "",
    message: failure?.message ?? "",
    virtualMs: failure?.virtualMs ?? 0,
    ...(failure?.server !== undefined && { server: failure.server }),
    replay,
  };
}
