import process from "node:process";
import { loadSubject } from "../../labs/kit/subject";
import { loadScenes } from "../../labs/runner/suite";
import { hiddenSuites } from "../grading/selection";
import { costOf } from "./measure";
import { MIT_SCENES, type MitPart, type MitPass } from "./mit";

// A process of its own, so that nothing is warm: it loads all there is, then plays MIT's tests of one part once.

const [part = "", root = "", dir = ""] = process.argv.slice(2);
const subject = loadSubject(dir);
const wanted: { readonly [lab: number]: readonly string[] } = MIT_SCENES[part as MitPart];
const suites = hiddenSuites(root).filter(({ lab }) => lab in wanted);
const all = suites.flatMap(({ folder }) => loadScenes(folder));
const scenes = all.filter(({ lab, name }) => wanted[lab]?.includes(name) === true);
const startUp = process.cpuUsage();

let events = 0;
const failed: string[] = [];
const slowest: { name: string; cpuMs: number }[] = [];
const { cpuMs, wallMs } = costOf(() => {
  for (const scene of scenes) {
    const cost = costOf(() => {
      const { inputs, verdict } = scene.play(subject, 1);
      events += inputs;
      if (verdict !== "accepted") failed.push(scene.name);
    });
    slowest.push({ name: scene.name, cpuMs: cost.cpuMs });
  }
});
slowest.sort((a, b) => b.cpuMs - a.cpuMs);
const found: MitPass = {
  scenes: scenes.length,
  failed,
  events,
  cpuMs,
  wallMs,
  startUpMs: (startUp.user + startUp.system) / 1000,
  peakMb: process.resourceUsage().maxRSS / 1024,
  slowest: slowest.slice(0, 5),
};
process.stdout.write(JSON.stringify(found));
