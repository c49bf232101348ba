import type { LabView, SceneView, View } from "../policy/view";
import { oneLine } from "./plain";
import { ELSEWHERE } from "./verdicts";
import { labTitle, overview, provenanceFields, sceneText } from "./words";

/** When something was graded. */
export interface Graded {
  /** When it was done, in ms since 1970. */
  readonly at: number;
  /** How long it took, in ms. */
  readonly wallMs: number;
}

interface Test {
  readonly name: string;
  readonly status: "passed" | "failed" | "other";
  /** Required; no real time of one scene is on record, so 0. */
  readonly duration: number;
  readonly suite: readonly string[];
  readonly rawStatus?: string;
  readonly message?: string;
  readonly tags: readonly string[];
  readonly labels: Readonly<Record<string, string | number>>;
  readonly parameters?: Readonly<Record<string, number>>;
}

/** A report in the Common Test Report Format. */
export interface CtrfReport {
  readonly reportFormat: "CTRF";
  readonly specVersion: "0.0.0";
  readonly generatedBy: string;
  readonly timestamp: string;
  readonly results: {
    readonly tool: { readonly name: string; readonly version: string };
    readonly summary: Readonly<Record<string, number>>;
    readonly tests: readonly Test[];
    readonly extra: Readonly<Record<string, unknown>>;
  };
}

/** One test a scene; what the format has no field for is in `labels` and `extra`. */
export function ctrfReport(view: View, { at, wallMs }: Graded): CtrfReport {
  const tests = view.labs.flatMap((lab) => lab.scenes.map((scene) => testOf(lab, scene)));
  const count = (status: Test["status"]): number => tests.filter((test) => test.status === status).length;
  const { course } = view.provenance;
  const stop = Math.round(at);
  return {
    reportFormat: "CTRF",
    specVersion: "0.0.0",
    generatedBy: course.name,
    timestamp: new Date(stop).toISOString(),
    results: {
      tool: { name: course.name, version: course.version },
      summary: {
        tests: tests.length,
        passed: count("passed"),
        failed: count("failed"),
        skipped: 0,
        pending: 0,
        other: count("other"),
        suites: view.labs.length,
        start: stop - Math.round(wallMs),
        stop,
        duration: Math.round(wallMs),
      },
      tests,
      extra: {
        ...(view.points !== undefined && { points: view.points }),
        maxPoints: view.maxPoints,
        final: view.final,
        labs: view.labs.map(({ lab, points, maxPoints, hidden }) => ({
          lab,
          ...(points !== undefined && { points }),
          maxPoints,
          hidden,
        })),
        notes: overview(view),
        provenance: provenanceFields(view),
      },
    },
  };
}

function testOf(lab: LabView, scene: SceneView): Test {
  const { name, verdict, points, maxPoints, seeds, failed, seed, challenge } = scene;
  return {
    name: oneLine(name),
    status: verdict === undefined ? "other" : ELSEWHERE[verdict].ctrf,
    duration: 0,
    suite: [labTitle(lab)],
    ...(verdict !== undefined && { rawStatus: verdict }),
    ...(verdict !== "accepted" && { message: sceneText(scene) }),
    tags: challenge ? ["challenge"] : [],
    labels: {
      lab: lab.lab,
      ...(points !== undefined && { points }),
      maxPoints,
      seeds,
      ...(failed !== undefined && { failed }),
    },
    ...(seed !== undefined && { parameters: { seed } }),
  };
}
