import { performance } from "node:perf_hooks";
import type { PlayOptions, Scene } from "../kit/scene/registry";
import type { Subject } from "../kit/subject/subject";
import { playProved } from "./proof";
import type { Batch, Played } from "./protocol";

/** Reads and compiles the submission in a folder. */
export type Load = (folder: string) => Subject;

/** Plays one seed of a batch. It may throw SubjectError and UsageError; anything else is our fault. */
export type Perform = (batch: Batch, scene: Scene, seed: number, prove: boolean) => Played | Promise<Played>;

/** Programs that one process keeps at hand; a grader plays many in turn. */
const KEPT = 8;

/** Plays programs in this process. */
export function performHere(load: Load): Perform {
  const subjects = new Map<string, Subject>();
  const subjectIn = (folder: string): Subject => {
    const known = subjects.get(folder);
    if (known !== undefined) return known;
    const oldest = subjects.keys().next();
    if (subjects.size >= KEPT && oldest.done !== true) subjects.delete(oldest.value);
    const subject = load(folder);
    subjects.set(folder, subject);
    return subject;
  };
  return (batch, scene, seed, prove) => {
    const subject = subjectIn(batch.subject);
    const begun = performance.now(); // loading it is no part of the run
    const cpuBefore = ownCpuMs();
    const outcome = prove
      ? playProved(scene, subject, () => load(batch.subject), seed, optionsOf(batch))
      : scene.play(subject, seed, optionsOf(batch));
    return { outcome, wallMs: performance.now() - begun, cpuMs: ownCpuMs() - cpuBefore };
  };
}

/** Processor time of this process so far, in ms. */
export function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** How the seeds of a batch are to be played. */
export function optionsOf({ instances, history, effort }: Batch): PlayOptions {
  return {
    ...(instances !== undefined && { instances }),
    ...(history !== undefined && { history }),
    ...(effort !== undefined && { effort }),
  };
}
