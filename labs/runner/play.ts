import { performance } from "node:perf_hooks";
import { UsageError } from "../kit/program/errors";
import type { Outcome } from "../kit/scene/outcome";
import type { PlayOptions, Scene } from "../kit/scene/registry";
import { SubjectError, type Subject } from "../kit/subject/subject";
import { failed } from "./failed";
import { playProved } from "./proof";
import type { Batch, Order, Played, Word } from "./protocol";
import { infoOf, loadScenes } from "./suite";

/** Reads and compiles the submission in a folder. */
export type Load = (folder: string) => Subject;

/** Passes a word to the parent; settled once it has left. */
export type Say = (word: Word) => Promise<void>;

/** Programs that one process keeps at hand; a grader plays many in turn. */
const KEPT = 8;

/** Carries out the orders of a parent, one after the other. It neither throws for a student's fault nor for ours. */
export class Player {
  private readonly subjects = new Map<string, Subject>();

  constructor(
    private readonly load: Load,
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
    const { instances, history } = batch;
    const options: PlayOptions = {
      ...(instances !== undefined && { instances }),
      ...(history !== undefined && { history }),
    };
    for (const [i, seed] of batch.seeds.entries()) {
      await this.say({ kind: "playing", seed });
      await this.say({
        kind: "played",
        played: this.play(batch, scene, seed, batch.prove && i === 0, options),
      });
    }
  }

  private play(batch: Batch, scene: Scene, seed: number, prove: boolean, options: PlayOptions): Played {
    let begun = performance.now();
    let outcome: Outcome;
    try {
      const subject = this.subject(batch.subject);
      begun = performance.now(); // loading it is no part of the run
      outcome = prove
        ? playProved(scene, subject, () => this.load(batch.subject), seed)
        : scene.play(subject, seed, options);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      outcome = outcomeOf(error, scene.name, seed);
    }
    return { outcome, wallMs: performance.now() - begun };
  }

  private subject(folder: string): Subject {
    const known = this.subjects.get(folder);
    if (known !== undefined) return known;
    const oldest = this.subjects.keys().next();
    if (this.subjects.size >= KEPT && oldest.done !== true) this.subjects.delete(oldest.value);
    const subject = this.load(folder);
    this.subjects.set(folder, subject);
    return subject;
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
