import path from "node:path";
import type { Outcome, Verdict } from "../kit/scene/outcome";
import type { PlayOptions } from "../kit/scene/registry";
import { failed } from "./failed";
import { describeLoss } from "./loss";
import type { Batch, Played } from "./protocol";
import type { Loss } from "./worker";

/** One scene to be played for one subject under some seeds. */
export interface Job extends PlayOptions {
  /** The folder of the program under test. */
  readonly subject: string;
  /** The folder of the suite. */
  readonly suite: string;
  readonly scene: string;
  readonly seeds: readonly number[];
  /** The first seed must also prove that the program keeps no state at module level ({@link playProved}). */
  readonly prove?: boolean;
  /** Where programs run behind a border: input by input. */
  readonly strict?: boolean;
}

/** What came of a job. */
export interface JobResult {
  readonly job: Job;
  /** In the order of the job's seeds; the seeds of dropped work are missing. */
  readonly played: readonly Played[];
}

/** What a run tells while it goes on. */
export interface RunEvents {
  /** A seed is about to be played. */
  onStart?(job: Job, seed: number): void;
  /** A seed is settled; `index` is its place in `job.seeds`. Seeds of one job may settle in any order. */
  onOutcome?(job: Job, played: Played, index: number): void;
}

/** A batch, and which seeds of which job it holds. */
export interface Assignment {
  readonly entry: Entry;
  readonly first: number;
  readonly batch: Batch;
  /** How many of its seeds are settled. */
  settled: number;
}

interface Entry {
  readonly job: Job;
  readonly played: (Played | undefined)[];
}

/** A batch holds at most so many seeds: with 5 ms a seed, a batch is over before anybody gets impatient. */
const BATCH_MAX = 10;

/** The books of one run: what is left to play, what came of it, and what is no longer worth playing. */
export class Run {
  private readonly entries: readonly Entry[];
  private queue: Assignment[];
  private open: number;

  /** @param workers - how many share the work; a scene's seeds are spread over all of them */
  constructor(
    jobs: readonly Job[],
    workers: number,
    private readonly events: RunEvents,
  ) {
    this.entries = jobs.map((job) => ({ job, played: [] }));
    this.queue = this.entries.flatMap((entry) => [...cut(entry, workers)]);
    this.open = this.queue.length;
  }

  /** The next piece of work, if there is any that nobody has taken. */
  take(): Assignment | undefined {
    return this.queue.shift();
  }

  /** True when nothing is left to play and nothing is being played. */
  get finished(): boolean {
    return this.open === 0;
  }

  /** How many processes can be busy from now on. */
  get waiting(): number {
    return this.queue.length;
  }

  starts(assignment: Assignment, seed: number): void {
    this.events.onStart?.(assignment.entry.job, seed);
  }

  settles(assignment: Assignment, played: Played): void {
    const { entry, first } = assignment;
    const index = first + assignment.settled++;
    entry.played[index] = played;
    this.events.onOutcome?.(entry.job, played, index);
    if (played.lost === true) this.abandons(assignment, played.outcome);
  }

  /** A batch is over. */
  ends(): void {
    this.open--;
  }

  /**
   * A child was lost while it played `assignment`: that seed has failed, and so have, unplayed, the others of the scene, since
   * they would cost as much time again. Other scenes are played: what they are worth must not depend on which worker was
   * faster. Only a subject that hangs while it is loaded is given up as a whole.
   */
  loses(assignment: Assignment, loss: Loss): void {
    const { subject, scene, seeds } = assignment.batch;
    const seed = seeds[assignment.settled];
    this.ends();
    if (seed === undefined) return; // it was through with all of them
    const { verdict, rule, message } = describeLoss(loss, scene, seed);
    this.settles(assignment, { outcome: failed(scene, seed, verdict, rule, message), wallMs: 0 });
    const unplayed = `not played, because seed ${seed} of this scene ended so: ${message}`;
    this.giveUp(assignment, verdict, rule, unplayed);

    const whole = loadHangs(loss);
    const gone = this.withdraw(
      (each) => each.batch.subject === subject && (whole || each.batch.scene === scene),
    );
    for (const each of gone) {
      const text =
        each.batch.scene === scene ? unplayed : `not played, after “${scene}” ended so: ${message}`;
      this.giveUp(each, verdict, rule, text);
      this.ends();
    }
  }

  /** A run had to be ended, but its child lives: the others of the scene have failed as well, unplayed, since they would cost as much. */
  private abandons(assignment: Assignment, { seed, verdict, failure }: Outcome): void {
    const { subject, scene } = assignment.batch;
    const message = `not played, because seed ${seed} of this scene ended so: ${failure?.message ?? verdict}`;
    const rule = failure?.rule ?? "";
    this.giveUp(assignment, verdict, rule, message);
    const same = this.withdraw(({ batch }) => batch.subject === subject && batch.scene === scene);
    for (const each of same) {
      this.giveUp(each, verdict, rule, message);
      this.ends();
    }
  }

  /** Forgets all work of these jobs that nobody has begun. */
  drop(unwanted: (job: Job) => boolean): void {
    this.open -= this.withdraw((assignment) => unwanted(assignment.entry.job)).length;
  }

  results(): JobResult[] {
    return this.entries.map(({ job, played }) => ({
      job,
      played: played.filter((each) => each !== undefined),
    }));
  }

  private giveUp(assignment: Assignment, verdict: Verdict, rule: string, message: string): void {
    const { scene, seeds } = assignment.batch;
    for (const seed of seeds.slice(assignment.settled)) {
      this.settles(assignment, { outcome: failed(scene, seed, verdict, rule, message), wallMs: 0 });
    }
  }

  private withdraw(fits: (assignment: Assignment) => boolean): Assignment[] {
    const gone = this.queue.filter(fits);
    this.queue = this.queue.filter((each) => !fits(each));
    return gone;
  }
}

function loadHangs(loss: Loss): boolean {
  return loss.kind === "hung" && loss.look.kind === "stuck" && loss.look.place.handler === undefined;
}

function* cut(entry: Entry, workers: number): Iterable<Assignment> {
  const { job } = entry;
  const size = Math.min(BATCH_MAX, Math.ceil(job.seeds.length / (2 * workers)));
  for (let first = 0; first < job.seeds.length; first += size) {
    const batch: Batch = {
      subject: job.subject,
      suite: path.resolve(job.suite),
      scene: job.scene,
      seeds: job.seeds.slice(first, first + size),
      prove: job.prove === true && first === 0,
      ...(job.instances !== undefined && { instances: job.instances }),
      ...(job.history !== undefined && { history: job.history }),
      ...(job.effort !== undefined && { effort: job.effort }),
      ...(job.strict !== undefined && { strict: job.strict }),
    };
    yield { entry, first, batch, settled: 0 };
  }
}
