/**
 * A child of a pool that judges: programs play in sandboxes of its own. Started by a pool with {@link SandboxSettings}.
 *
 * @module
 */
import { performance } from "node:perf_hooks";
import { obeyParent } from "../../../labs/runner/obey";
import { optionsOf, ownCpuMs, type Perform } from "../../../labs/runner/perform";
import { LIMITS } from "../isolation/node";
import { wallOf } from "../isolation/probe";
import type { SandboxSettings } from "../settings";
import { Judge } from "./judge";
import { pack } from "./pack";

const settings = JSON.parse(process.argv[2] ?? "{}") as SandboxSettings;
const wall = wallOf(settings.isolation);

/** The submission that was judged last: a grader plays one after the other. */
let last: { readonly folder: string; readonly judge: Judge } | undefined;

const perform: Perform = (batch, scene, seed, prove) => {
  const judge = judgeOf(batch.subject);
  const begun = performance.now();
  const cpuBefore = ownCpuMs() + judge.cpuMs;
  const run = { suite: batch.suite, scene, seed, prove, options: optionsOf(batch) };
  const { outcome, lost } = batch.strict === true ? judge.playStrictly(run) : judge.play(run);
  const cpuMs = ownCpuMs() + judge.cpuMs - cpuBefore;
  return { outcome, wallMs: performance.now() - begun, cpuMs, ...(lost && { lost }) };
};

function judgeOf(folder: string): Judge {
  if (last?.folder === folder) return last.judge;
  last?.judge.close();
  last = undefined;
  const judge = new Judge(pack(folder), wall, { ...LIMITS, ...settings.limits }, settings.border);
  last = { folder, judge };
  return judge;
}

obeyParent(perform);
