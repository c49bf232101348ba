import { remoteSubject, toldSubject, Transcript, type Channel } from "../../../labs/kit/border";
import type { Outcome } from "../../../labs/kit/scene/outcome";
import type { PlayOptions, Scene } from "../../../labs/kit/scene/registry";
import type { Subject } from "../../../labs/kit/subject";
import { playProved } from "../../../labs/runner/proof";
import type { Border } from "../../schema/grade";
import { suiteCode } from "../bundle";
import { Cell, LostError } from "../cell/cell";
import type { Wall } from "../isolation/isolation";
import type { Limits } from "../isolation/node";
import { failureOf } from "./losses";
import type { Packed } from "./pack";
import { watched, type Notice } from "./watched";

/** What the judge needs of a sandbox. */
export type Box = Pick<Cell, "begin" | "send" | "receive" | "close" | "cpuMs">;

/** A run, and whether it took so much that others of its scene need not be tried. */
export interface Judged {
  readonly outcome: Outcome;
  readonly lost: boolean;
}

/** Which run of which scene. */
export interface Run {
  /** The folder of the scene's suite. */
  readonly suite: string;
  readonly scene: Scene;
  readonly seed: number;
  /** Whether it must also prove that the program keeps no state at module level. */
  readonly prove: boolean;
  readonly options: PlayOptions;
}

/**
 * Judges the runs of one submission, which runs in sandboxes. World, monitors and checkers are here; what comes from the sandbox is
 * believed only as far as the effects of each input go.
 */
export class Judge {
  /** Holds program and scenes, and plays ahead; its transcript is replayed here. */
  private player: Box | undefined;
  private readonly suites = new Set<string>();
  /** Holds the program only, and is asked input by input. */
  private actor: Box | undefined;
  /** A program that was stopped once is played input by input from then on: that says more, and it is stopped sooner. */
  private strict: boolean;
  /** Processor time of sandboxes that have ended, in ms. */
  private spentMs = 0;

  constructor(
    private readonly packed: Packed,
    private readonly wall: Wall,
    private readonly limits: Limits,
    border: Border,
    private readonly open: (wall: Wall, limits: Limits) => Box = (...how) => new Cell(...how),
  ) {
    this.strict = border === "input-by-input";
  }

  play(run: Run): Judged {
    if (!this.strict) {
      const code = suiteCode(run.suite);
      const outcome = this.playByTranscript(run, code);
      if (outcome !== undefined) return { outcome, lost: false };
      this.strict = true;
    }
    return this.playStrictly(run);
  }

  /** Plays input by input, in a sandbox that holds neither scene nor seed. */
  playStrictly({ scene, seed, prove, options }: Run): Judged {
    let lost = false;
    let ours: unknown;
    const notice: Notice = (error, doing) => {
      this.actor = this.end(this.actor);
      const failure = failureOf(error, doing, this.limits);
      lost ||= failure !== undefined;
      ours ??= failure === undefined ? error : undefined;
      return failure ?? error;
    };
    const bordered: Scene = {
      ...scene,
      play: (_subject, ofSeed, playOptions) => {
        const channel = this.channelToActor();
        return scene.play(watched(remoteSubject(this.packed.text, channel), notice), ofSeed, playOptions);
      },
    };
    const outcome = this.perform(bordered, seed, prove, options);
    return { outcome: ours === undefined ? outcome : ourError(outcome, ours), lost };
  }

  /** Processor time of all sandboxes so far, in ms. */
  get cpuMs(): number {
    return this.spentMs + (this.player?.cpuMs ?? 0) + (this.actor?.cpuMs ?? 0);
  }

  /** Ends all sandboxes. */
  close(): void {
    this.player = this.end(this.player);
    this.actor = this.end(this.actor);
    this.suites.clear();
  }

  /** @returns undefined if the transcript does not fit the world, or ends before its time: the run is then to be played strictly */
  private playByTranscript({ suite, scene, seed, prove, options }: Run, code: string): Outcome | undefined {
    let trouble = false;
    const notice: Notice = (error) => {
      trouble = true;
      return error;
    };
    const bordered: Scene = {
      ...scene,
      play: (_subject, ofSeed, playOptions = {}) => {
        const transcript = this.transcriptOf(suite, code, scene, ofSeed, playOptions);
        const outcome = scene.play(
          watched(toldSubject(this.packed.text, transcript), notice),
          ofSeed,
          playOptions,
        );
        if (!trouble) trouble = !transcript.ends();
        return outcome;
      },
    };
    try {
      const outcome = this.perform(bordered, seed, prove, options);
      if (!trouble) return outcome;
    } catch {
      // The sandbox has ended, or talks nonsense. Were it an error of ours, the strict way would show it as well.
    }
    this.player = this.end(this.player);
    this.suites.clear();
    return undefined;
  }

  private perform(bordered: Scene, seed: number, prove: boolean, options: PlayOptions): Outcome {
    const subject: Subject = remoteSubject(this.packed.text, NOBODY);
    return prove
      ? playProved(bordered, subject, () => subject, seed, options)
      : bordered.play(subject, seed, options);
  }

  private transcriptOf(
    suite: string,
    code: string,
    scene: Scene,
    seed: number,
    { instances = "fresh" }: PlayOptions,
  ): Transcript {
    const cell = (this.player ??= this.start());
    if (!this.suites.has(suite)) {
      cell.send({ kind: "suite", code });
      cell.receive();
      this.suites.add(suite);
    }
    cell.begin();
    cell.send({ kind: "play", lab: scene.lab, scene: scene.name, seed, instances });
    return new Transcript(() => cell.receive());
  }

  /** What goes wrong with its sandbox, its start included, goes wrong where somebody talks to it. */
  private channelToActor(): Channel {
    let cell: Box | undefined;
    const begun = (): Box => {
      if (cell === undefined) {
        cell = this.actor ??= this.start();
        cell.begin();
      }
      return cell;
    };
    return {
      send: (order) => begun().send({ kind: "order", order }),
      receive: () => begun().receive(),
    };
  }

  private end(cell: Box | undefined): undefined {
    this.spentMs += cell?.cpuMs ?? 0;
    cell?.close();
    return undefined;
  }

  /** @throws Error, for our own, if it fails: nothing of the program has run by then */
  private start(): Box {
    let cell: Box | undefined;
    try {
      cell = this.open(this.wall, this.limits);
      cell.send({ kind: "subject", parcel: this.packed.parcel });
      cell.receive();
      return cell;
    } catch (error) {
      this.end(cell);
      const words = error instanceof LostError ? error.ending.lastWords : "";
      throw new Error(`a sandbox does not start: ${String(error)} ${words}`.trim(), { cause: error });
    }
  }
}

/** Nothing runs at this end of the border; scenes are played against a subject of their own. */
const NOBODY: Channel = {
  send: () => undefined,
  receive: () => {
    throw new Error("nobody is there");
  },
};

function ourError(outcome: Outcome, error: unknown): Outcome {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const details = error instanceof LostError ? `${message}\n${error.ending.lastWords}` : message;
  const failure = {
    rule: "A sandbox keeps its end of the border",
    message: details,
    virtualMs: outcome.virtualMs,
    events: [],
  };
  return { ...outcome, verdict: "judge-error", failure };
}
