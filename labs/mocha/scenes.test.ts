import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { createColors } from "picocolors";
import { failureBlock, replayCommand } from "../desk/report";
import type { Scene } from "../kit/scene/registry";
import { loadSubject } from "../kit/subject/load";
import type { Subject } from "../kit/subject/subject";
import { DEFAULT_BASE, seedsOf } from "../runner/seeds";
import { listSuites, loadScenes } from "../runner/suite";

/**
 * Every scene as a mocha test, in this process, under a few seeds: enough to see that suites and reference fit
 * together. Marks and thousands of seeds are the business of `grade`. The subject is the folder named by the
 * environment variable SUBJECT; in a handout, which has no solutions, the skeleton.
 */
const ROOT = resolve(__dirname, "..", "..");
const SUBJECT = process.env["SUBJECT"] ?? (existsSync(join(ROOT, "solutions")) ? "solutions" : "skeleton");
/** Long scenes, which are graded under a share of the seeds, are played under that share of these. */
const SEEDS = 5;
const LABS = join(ROOT, "labs");

const suites = [
  ...listSuites(LABS).map((suite) => ({ ...suite, hidden: false })),
  ...listSuites(join(ROOT, "grader", "suites"), LABS).map((suite) => ({ ...suite, hidden: true })),
];

let subject: Subject;

before(`load ${SUBJECT}`, () => {
  subject = loadSubject(resolve(ROOT, SUBJECT));
});

for (const { lab, title, folder, hidden } of suites) {
  describe(`Lab ${lab}, ${title}: ${hidden ? "hidden" : "public"} scenes on ${SUBJECT}`, function () {
    this.timeout(60_000);
    for (const scene of loadScenes(folder)) {
      it(scene.name, () => {
        const seeds = seedsOf(DEFAULT_BASE, lab, scene.name, SEEDS);
        const some = Math.max(1, Math.round(SEEDS * (scene.share ?? 1)));
        for (const seed of seeds.slice(0, some)) play(scene, seed, hidden);
      });
    }
  });
}

function play(scene: Scene, seed: number, hidden: boolean): void {
  const outcome = scene.play(subject, seed);
  if (outcome.verdict === "accepted") return;
  const replay = replayCommand({ lab: scene.lab, scene: scene.name, seed, subject: SUBJECT, hidden });
  const error = new Error(failureBlock(outcome, replay, createColors(false)).join("\n"));
  error.stack = error.message; // where a scene threw says nothing; its events do
  throw error;
}
