import Table from "cli-table3";
import type { Colors } from "picocolors/types";
import type { Accusation, Round } from "../fairness/trial";
import { counted } from "./progress";
import { TABLE_STYLE } from "./table";

/** A scene, over all programs. */
interface SceneRecord {
  readonly lab: number;
  readonly scene: string;
  readonly hidden: boolean;
  runs: number;
  accused: number;
  /** The longest virtual time of an accepted run, in ms; 0 if there is none. */
  worstVirtualMs: number;
  /** Whose that was, and under which seed. */
  worstSubject: string;
  worstSeed: number;
}

/** What `npm run variants` and `npm run soak` find out. */
export interface VariantsDocument {
  readonly schema: "replication-labs/variants/1";
  readonly seedBase: number;
  readonly seeds: number;
  readonly skip: number;
  readonly turns: number;
  /** Programs that were played. */
  readonly subjects: readonly string[];
  readonly scenes: readonly Readonly<SceneRecord>[];
  readonly accusations: readonly AccusationRecord[];
  readonly wallMs: number;
}

interface AccusationRecord {
  readonly subject: string;
  readonly lab: number;
  readonly scene: string;
  readonly seed: number;
  readonly verdict: string;
  readonly rule: string;
  readonly message: string;
  readonly virtualMs: number;
  /** To be run before `replay`: writes the program, if it has no folder of its own. */
  readonly write?: string;
  readonly replay: string;
}

/** Sums up rounds. */
export class Findings {
  private readonly scenes = new Map<string, SceneRecord>();
  private readonly subjects = new Set<string>();
  private readonly accusations: Accusation[] = [];
  /** Runs that ended in an error of our own, twice. */
  judgeErrors = 0;

  add({ cases, accusations, judgeErrors }: Round): void {
    this.accusations.push(...accusations);
    this.judgeErrors += judgeErrors;
    for (const each of cases) this.count(each);
  }

  document(
    how: Pick<VariantsDocument, "seedBase" | "seeds" | "skip" | "turns" | "wallMs">,
  ): VariantsDocument {
    return {
      schema: "replication-labs/variants/1",
      ...how,
      wallMs: Math.round(how.wallMs),
      subjects: [...this.subjects],
      scenes: [...this.scenes.values()],
      accusations: this.accusations.map(recordOf),
    };
  }

  private count({ case: { lab, scene, hidden, of }, result }: Round["cases"][number]): void {
    const subject = of.name;
    this.subjects.add(subject);
    const key = `${lab}: ${scene}`;
    const fresh = {
      lab,
      scene,
      hidden,
      runs: 0,
      accused: 0,
      worstVirtualMs: 0,
      worstSubject: "",
      worstSeed: 0,
    };
    const record: SceneRecord = this.scenes.get(key) ?? fresh;
    this.scenes.set(key, record);
    for (const { outcome } of result.played) {
      record.runs++;
      if (outcome.verdict !== "accepted") record.accused++;
      else if (outcome.virtualMs > record.worstVirtualMs) {
        record.worstVirtualMs = outcome.virtualMs;
        record.worstSubject = subject;
        record.worstSeed = outcome.seed;
      }
    }
  }
}

function recordOf({ of, outcome, write, replay }: Accusation): AccusationRecord {
  const { rule = "", message = "", virtualMs = 0 } = outcome.failure ?? {};
  const { lab, scene } = of;
  return {
    subject: of.of.name,
    lab,
    scene,
    seed: outcome.seed,
    verdict: outcome.verdict,
    rule,
    message,
    virtualMs,
    ...(write !== undefined && { write }),
    replay,
  };
}

/** Who was accused of what, and how to see it. */
export function accusationLines(accusation: Accusation, colors: Colors): string[] {
  return linesOf(recordOf(accusation), colors);
}

function linesOf(accusation: AccusationRecord, colors: Colors): string[] {
  const { subject, scene, seed, verdict, rule, message, virtualMs, write, replay } = accusation;
  const at = `    seed ${seed}, at ${virtualMs.toFixed(3)} ms: `;
  const [first, ...then] = [...(write === undefined ? [] : [write]), replay].map(colors.cyan);
  return [
    `${colors.red("✗")} ${colors.bold(subject)} is accused in “${scene}”`,
    `    ${colors.red(rule)} ${colors.dim(`(${verdict})`)}`,
    ...message.split("\n").map((line) => `    ${line}`),
    `${at}${first}`,
    ...then.map((command) => `${"then: ".padStart(at.length)}${command}`),
  ];
}

/** Of the accusations of one program in one scene, so many are told. */
const TOLD = 3;

/** What an instructor reads: a table of scenes, who was accused, and the sum. */
export function variantsReport(document: VariantsDocument, colors: Colors): string {
  const { accusations, scenes, subjects, wallMs } = document;
  const runs = scenes.reduce((sum, scene) => sum + scene.runs, 0);
  const total =
    `${counted(subjects.length, "program")} (${subjects.join(", ")}), ${counted(runs, "run")} in ${(wallMs / 1000).toFixed(1)} s: ` +
    (accusations.length === 0 ? "nobody is accused" : counted(accusations.length, "accusation"));
  return [
    sceneTable(scenes, colors),
    "",
    ...firstOfEach(accusations).flatMap((each) => [...linesOf(each, colors), ""]),
    accusations.length === 0 ? colors.green(total) : colors.red(total),
    "",
  ].join("\n");
}

function firstOfEach(accusations: readonly AccusationRecord[]): AccusationRecord[] {
  const told = new Map<string, number>();
  return accusations.filter(({ subject, lab, scene }) => {
    const key = `${subject}, ${lab}, ${scene}`;
    const count = (told.get(key) ?? 0) + 1;
    told.set(key, count);
    return count <= TOLD;
  });
}

function sceneTable(scenes: VariantsDocument["scenes"], colors: Colors): string {
  const table = new Table({
    ...TABLE_STYLE,
    head: ["lab", "scene", "runs", "accused", "longest", "whose, and seed"].map((text) => colors.bold(text)),
    colAligns: ["right", "left", "right", "right", "right", "left"],
  });
  for (const { lab, scene, hidden, runs, accused, worstVirtualMs, worstSubject, worstSeed } of scenes) {
    table.push([
      lab,
      hidden ? scene : `${scene} ${colors.dim("(public)")}`,
      runs,
      accused === 0 ? "0" : colors.red(String(accused)),
      `${(worstVirtualMs / 1000).toFixed(1)} s`,
      worstSubject === "" ? "" : colors.dim(`${worstSubject}, ${worstSeed}`),
    ]);
  }
  return table.toString();
}
