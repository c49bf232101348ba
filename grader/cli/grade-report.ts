import Table from "cli-table3";
import type { Colors } from "picocolors/types";
import { measuredLines } from "../../labs/desk/measured";
import { rulesLine } from "../../labs/desk/report";
import type { JobResult } from "../../labs/runner/run";
import type { Graded } from "../grading/grade";
import type { Grade, LabGrade, SceneGrade } from "../schema/grade";
import { counted } from "./progress";
import { TABLE_STYLE } from "./table";

/** Real times of a grading, in ms of `performance.now()`. */
export interface Times {
  readonly begun: number;
  /** When the first run could begin. */
  readonly started: number;
  /** Processes that played. */
  readonly workers: number;
}

/** What an instructor reads: a table of the scenes of each lab, why scenes failed, and the points. */
export function gradeReport({ grade, results }: Graded, times: Times, colors: Colors): string {
  return [
    ...grade.labs.flatMap((lab) => [
      colors.bold(`Lab ${lab.lab}: ${lab.title}`),
      sceneTable(lab, colors),
      ...measuredLines(lab.measured ?? [], colors),
      ...rulesLines(lab, colors),
      "",
    ]),
    ...failures(grade, colors),
    ...typeErrorLines(grade, colors),
    ...remarkLines(grade, colors),
    labTable(grade, colors),
    "",
    ...judgeErrorLines(grade, colors),
    placeLine(grade, colors),
    timesLine(grade, results, times),
    "",
  ].join("\n");
}

function sceneTable({ scenes }: LabGrade, colors: Colors): string {
  const table = new Table({
    ...TABLE_STYLE,
    head: ["scene", "seeds", "points", "verdict"].map((text) => colors.bold(text)),
    colAligns: ["left", "right", "right", "left"],
  });
  for (const { name, challenge, seeds, failed, points, maxPoints, verdict } of scenes) {
    table.push([
      challenge ? `${name} ${colors.dim("(challenge)")}` : name,
      `${seeds - failed}/${seeds}`,
      `${points}/${maxPoints}`,
      failed === 0 ? colors.green(verdict) : colors.red(verdict),
    ]);
  }
  return table.toString();
}

function rulesLines({ rules, scenes }: LabGrade, colors: Colors): string[] {
  if (rules === undefined) return [];
  const runs = scenes.reduce((sum, { seeds }) => sum + seeds, 0);
  return [colors.dim(rulesLine(rules.exercised, rules.known, runs))];
}

function remarkLines({ remarks = [] }: Grade, colors: Colors): string[] {
  return remarks.length === 0 ? [] : [...remarks.map((line) => colors.dim(line)), ""];
}

function labTable({ labs, points, maxPoints }: Grade, colors: Colors): string {
  const table = new Table({
    ...TABLE_STYLE,
    head: ["lab", "scenes", "points", "of these, challenge"].map((text) => colors.bold(text)),
    colAligns: ["left", "right", "right", "right"],
  });
  for (const { lab, title, scenes, challenge, ...total } of labs) {
    const passed = scenes.filter(({ failed }) => failed === 0).length;
    table.push([
      `${lab} ${title}`,
      `${passed}/${scenes.length}`,
      `${total.points}/${total.maxPoints}`,
      `${challenge.points}/${challenge.maxPoints}`,
    ]);
  }
  return `${table.toString()}\n\n${colors.bold(`${points} of ${maxPoints} points`)}`;
}

/** Scenes that failed in the same words are told once: a program that does not compile fails them all. */
function failures({ labs }: Grade, colors: Colors): string[] {
  const groups = new Map<string, SceneGrade[]>();
  for (const scene of labs.flatMap(({ scenes }) => scenes)) {
    if (scene.firstFailure === undefined) continue;
    const key = `${scene.verdict}: ${scene.firstFailure.message}`;
    groups.set(key, [...(groups.get(key) ?? []), scene]);
  }
  return [...groups.values()].flatMap((scenes) => [...failure(scenes, colors), ""]);
}

function failure(scenes: readonly SceneGrade[], colors: Colors): string[] {
  const [first, ...others] = scenes;
  if (first?.firstFailure === undefined) return [];
  const { rule, message, virtualMs, seed, replay } = first.firstFailure;
  const more = others.length === 0 ? "" : colors.dim(` and ${others.length} more`);
  return [
    `${colors.red("✗")} ${first.name}${more}`,
    `    ${colors.red(rule)} ${colors.dim(`(${first.verdict})`)}`,
    ...message.split("\n").map((line) => `    ${line}`),
    `    seed ${seed}, at ${virtualMs.toFixed(3)} ms: ${colors.cyan(replay)}`,
  ];
}

function typeErrorLines({ typeErrors }: Grade, colors: Colors): string[] {
  if (typeErrors.length === 0) return [];
  return [colors.yellow("Type errors, which cost no points:"), ...typeErrors.map((line) => `  ${line}`), ""];
}

function judgeErrorLines({ judgeErrors: { retried, left } }: Grade, colors: Colors): string[] {
  if (retried === 0) return [];
  const lines = [
    retried === 1
      ? "1 run ended in an error of the grader and was played again."
      : `${retried} runs ended in an error of the grader and were played again.`,
  ];
  if (left > 0) lines.push(colors.red(`${left} of them did so twice: these marks are not final.`));
  return [...lines, ""];
}

/** What stood between program and judge, and whether what it told there was true. */
function placeLine({ isolation, border, audit }: Grade, colors: Colors): string {
  const where =
    isolation === "process" ? "isolation: process, which is no wall" : `isolation: ${isolation}, ${border}`;
  if (audit === undefined) return where;
  const found =
    audit.differing === 0
      ? "none differed"
      : colors.red(
          `${counted(audit.differing, "scene")} came out otherwise, and count as they were played then`,
        );
  return `${where}; ${counted(audit.runs, "run")} played once more input by input: ${found}`;
}

/** Where the time went. */
function timesLine({ wallMs, events }: Grade, results: readonly JobResult[], times: Times): string {
  const spent = results.map(({ job, played }) => {
    return { scene: job.scene, runs: played.length, ms: played.reduce((sum, each) => sum + each.wallMs, 0) };
  });
  const work = spent.reduce((sum, { ms }) => sum + ms, 0);
  const runs = spent.reduce((sum, each) => sum + each.runs, 0);
  const longest = spent.reduce((a, b) => (b.ms > a.ms ? b : a));
  const share = ((100 * longest.ms) / Math.max(1, work)).toFixed(0);
  return [
    `${seconds(wallMs)}: ${seconds(times.started - times.begun)} to start, then ${counted(runs, "run")} in ${times.workers}`,
    `${times.workers === 1 ? "process" : "processes"}: ${seconds(work)} of work, ${share} % of it “${longest.scene}”;`,
    `${events} events`,
  ].join(" ");
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
