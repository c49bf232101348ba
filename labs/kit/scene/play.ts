import { ProgramError, ThrownError } from "../program";
import { World, type Observer, type WorldConfig } from "../sim";
import { SubjectError, type Cast, type Subject } from "../subject";
import { formatRecords, Trace } from "../trace";
import { SceneFailure } from "./failure";
import { FloodMonitor } from "./flood";
import type { Failure, Measurement, Outcome, Used, Verdict } from "./outcome";
import type { PlayOptions } from "./registry";

/** How many events a failure shows. */
const SHOWN = 16;

/** One run of a story: its name, who plays it, and from which seed. */
export interface Once {
  readonly scene: string;
  readonly subject: Subject;
  /** A uint32; everything random comes from it. */
  readonly seed: number;
  readonly options: PlayOptions;
}

/** All that one run is played with. */
export interface Run extends Once {
  /** What each server runs. */
  readonly cast: Cast;
  readonly world: Omit<WorldConfig, "seed">;
  readonly monitors: readonly Observer[];
  /** What clients saw, asked when it is over, if it is wanted. */
  readonly history?: () => string;
  /** What the run measured, asked when it is over. */
  readonly measured?: () => readonly Measurement[];
  /** What the run exercised, asked when it is over. */
  readonly rules?: () => readonly string[];
}

/**
 * Brings driver and world together, lets `body` play, and turns whatever ends it into an {@link Outcome}. Errors of our own
 * become `judge-error`: they are never the student's.
 */
export function play(run: Run, body: (world: World) => void): Outcome {
  const trace = new Trace();
  let world: World | undefined;
  let failure: { verdict: Verdict; failure: Failure } | undefined;
  try {
    const driver = run.subject.driver(run.cast, run.options.instances ?? "fresh");
    const observers = [new FloodMonitor(), ...run.monitors];
    const traced = run.options.rehearsal === true ? observers : [trace, ...observers];
    world = new World({ ...run.world, seed: run.seed }, driver, traced);
    body(world);
  } catch (error) {
    failure = explain(error, world, trace);
  }
  return {
    scene: run.scene,
    seed: run.seed,
    verdict: failure?.verdict ?? "accepted",
    ...(failure === undefined ? {} : { failure: failure.failure }),
    hash: trace.digest(),
    inputs: world?.inputCount ?? 0,
    virtualMs: world?.now ?? 0,
    ...(world === undefined ? {} : { used: usedBy(world) }),
    ...(run.history === undefined || run.options.history !== true ? {} : { history: run.history() }),
    ...measuredBy(run),
    ...(run.rules === undefined ? {} : { rules: run.rules() }),
  };
}

function measuredBy({ measured }: Run): Pick<Outcome, "measured"> {
  const lines = measured?.() ?? [];
  return lines.length === 0 ? {} : { measured: lines };
}

function usedBy(world: World): Used {
  const { received: calls, bytes } = world.traffic.total;
  return { calls, bytes, writes: world.servers.reduce((sum, id) => sum + world.disk(id).writes, 0) };
}

function explain(
  error: unknown,
  world: World | undefined,
  trace: Trace,
): { verdict: Verdict; failure: Failure } {
  const virtualMs = world?.now ?? 0;
  const events = formatRecords(trace.records.slice(-SHOWN), world?.servers.length);
  if (error instanceof SceneFailure) {
    const server = error.server === undefined ? {} : { server: error.server };
    return {
      verdict: error.verdict,
      failure: { rule: error.rule, message: error.message, virtualMs, events, ...server },
    };
  }
  if (error instanceof ProgramError) {
    const place = error.where.length === 0 ? "" : ` (at ${error.where.join(", called from ")})`;
    const message = `${error.message}${place}`;
    return {
      verdict: "run-error",
      failure: {
        rule: error instanceof ThrownError ? THROWN : RUN_ERROR,
        message,
        virtualMs,
        server: error.server,
        events,
      },
    };
  }
  if (error instanceof SubjectError) {
    return { verdict: error.verdict, failure: { rule: LOADING, message: error.message, virtualMs, events } };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { verdict: "judge-error", failure: { rule: OWN_ERROR, message, virtualMs, events } };
}

const RUN_ERROR = "A program keeps the rules of the house (docs: the contract)";
const THROWN = "A handler ends without an exception";
const LOADING = "A submission can be loaded";
const OWN_ERROR = "The grader itself works; this error is ours";
