import type { Instances, Needs } from "../subject/part";
import type { Subject } from "../subject/subject";
import type { Outcome } from "./outcome";

/** How a run is to be played, beyond scene, subject and seed. */
export interface PlayOptions {
  /** A module instance for each boot (the default), or one for all servers and lives. */
  readonly instances?: Instances;
  /** Whether what clients saw is wanted, too ({@link Outcome.history}). */
  readonly history?: boolean;
  /** How many times the usual budget checkers may take; 1 unless a run is played again because that was not enough. */
  readonly effort?: number;
  /** Only what the programs do matters: no trace is kept, and no history judged. */
  readonly rehearsal?: boolean;
}

/** What a scene's setup says of the scene itself; the rest is its harness's. */
export interface SceneSetup {
  /** 0 to 6. */
  readonly lab: number;
  /** What it is worth when graded; public scenes are worth nothing. */
  readonly points?: number;
  readonly challenge?: boolean;
  /** Under which part of the seeds it is graded, e.g. 0.1 for a scene that takes a second; under all unless it says otherwise. */
  readonly share?: number;
}

/** A test: a story in the vocabulary of a harness, played in virtual time under many seeds. */
export interface Scene {
  /** 0 to 6. */
  readonly lab: number;
  readonly name: string;
  /** What it is worth when graded; 0 for a public scene. */
  readonly points: number;
  /** Part of the lab's challenge. */
  readonly challenge: boolean;
  /** Under which part of the seeds it is graded; absent: under all. A scene that takes long needs fewer. */
  readonly share?: number;
  /** What it needs first of all: this file decides whether a program has this lab. */
  readonly needs: Needs;
  /** Plays it once. Never throws for what a student did. */
  play(subject: Subject, seed: number, options?: PlayOptions): Outcome;
}

const scenes: Scene[] = [];
const names = new Set<string>();

/** Enters a scene into the registry. Names are unique, so that `--only` and seeds are well defined. */
export function register(scene: Scene): void {
  const key = `${scene.lab}: ${scene.name}`;
  if (names.has(key)) throw new Error(`two scenes are called “${scene.name}” in lab ${scene.lab}`);
  names.add(key);
  scenes.push(scene);
}

/** Enters a scene into the registry for a harness's `scene()`: what the setup leaves out is filled in. */
export function registerScene(
  name: string,
  { lab, points = 0, challenge = false, share }: SceneSetup,
  needs: Needs,
  play: (subject: Subject, seed: number, options: PlayOptions) => Outcome,
): void {
  register({
    lab,
    name,
    points,
    challenge,
    ...(share === undefined ? {} : { share }),
    needs,
    play: (subject, seed, options = {}) => play(subject, seed, options),
  });
}

/** All scenes whose files were loaded so far, in the order of loading. */
export function registered(): readonly Scene[] {
  return scenes;
}
