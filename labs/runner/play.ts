import { performance } from "node:perf_hooks";
import { UsageError } from "../kit/program/errors";
import type { Outcome } from "../kit/scene/outcome";
import type { Scene } from "../kit/scene/registry";
import { SubjectError } from "../kit/subject/subject";
import { failed } from "./failed";
import type { Perform } from "./perform";
import type { Batch, Order, Played, Word } from "./protocol";
import { infoOf, loadScenes } from "./suite";

/** Passes a word to the parent; settled once it has left. */
export type Say = (word: Word) => Promise<void>;

/** Carries out the orders of a parent, one after the other. It neither throws for a student's fault nor for ours. */
export class Player {
  constructor(
    private readonly perform: Perform,
    private readonly say: Say,
  ) {}

  obey(order: Order): Promise<void> {
    return order.kind === "list" ? this.list(order.suite) : this.playBatch(order.batch);
  }

  private async list(suite: string): Promise<void> {
    let word: Word;
    try {
      word = { kind: "scenes", suite, scenes: loadScenes(suite).map(infoOf) };
    } catch (error) {
      word = { kind: "unlisted", suite, message: stackOf(error) };
    }
    await this.say(word);
  }

  private async playBatch(batch: Batch): Promise<void> {
    try {
      await this.playSeeds(batch);
      await this.say({ kind: "done" });
    } catch (error) {
      if (error instanceof UsageError) await this.say({ kind: "misused", message: error.message });
      else await this.say({ kind: "broken", message: stackOf(error) });
    }
  }

  private async playSeeds(batch: Batch): Promise<void> {
    const scene = loadScenes(batch.suite).find((each) => each.name === batch.scene);
    if (scene === undefined) throw new Error(`no scene “${batch.scene}” in ${batch.suite}`);
    for (const [i, seed] of batch.seeds.entries()) {
      await this.say({ kind: "playing", seed });
      const played = await this.play(batch, scene, seed, batch.prove && i === 0);
      await this.say({ kind: "played", played });
      if (played.lost === true) return; // the parent gives up what is left of the scene
    }
  }

  private async play(batch: Batch, scene: Scene, seed: number, prove: boolean): Promise<Played> {
    const begun = performance.now();
    try {
      return await this.perform(batch, scene, seed, prove);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      return { outcome: outcomeOf(error, scene.name, seed), wallMs: performance.now() - begun };
    }
  }
}

/** A submission that cannot run fails in its own name; anything else that a scene throws is our fault. */
function outcomeOf(error: unknown, scene: string, seed: number): Outcome {
  if (error instanceof SubjectError) {
    const rule = error.verdict === "does-not-compile" ? "The program compiles" : "The program can be graded";
    return failed(scene, seed, error.verdict, rule, error.message);
  }
  const [message = "", ...stack] = stackOf(error).split("\n");
  return failed(scene, seed, "judge-error", "A scene ends by itself", message, stack);
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
