import type { Scene } from "../../labs/kit/scene";
import type { Subject } from "../../labs/kit/subject";
import { costOf, least } from "./measure";

const SEEDS = [1, 2];
const ROUNDS = 2;
const BOOTS = 300;

/** What it costs to evaluate a program's modules anew for each life of each server. */
export interface Instances {
  /** Scenes that were played, under two seeds each. */
  readonly scenes: number;
  readonly freshMs: number;
  readonly sharedMs: number;
  /** fresh : shared. */
  readonly ratio: number;
  /** Of one evaluation, in microseconds. */
  readonly usEach: number;
}

/** Plays scenes both ways. The quiet hour among them would drown the difference: it is left out. */
export function measureInstances(scenes: readonly Scene[], subject: Subject): Instances {
  const chosen = scenes.filter(({ name }) => !name.includes("hour"));
  const play = (instances: "fresh" | "shared") => () => (): void => {
    for (const scene of chosen) for (const seed of SEEDS) scene.play(subject, seed, { instances });
  };
  const ms = least({ shared: play("shared"), fresh: play("fresh") }, ROUNDS);
  const evaluate = (): void => {
    for (let i = 0; i < BOOTS; i++) subject.programClass("raft/raft.ts", "Raft", "fresh");
  };
  return {
    scenes: chosen.length,
    freshMs: ms.fresh,
    sharedMs: ms.shared,
    ratio: ms.fresh / ms.shared,
    usEach: (costOf(evaluate).cpuMs * 1000) / BOOTS,
  };
}
