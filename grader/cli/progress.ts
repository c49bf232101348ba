import { MultiBar, Presets } from "cli-progress";
import type { ProgressStream } from "./room";

/** Where nobody looks, a line this often tells that things go on (real time, ms). */
const EVERY_MS = 5000;

/** How far a command is. */
export interface Progress {
  /** One more is done; `what` is being worked on. */
  step(what: string): void;
  /** Lines that stay. */
  say(lines: readonly string[]): void;
  /** It is over, in whatever way: wipes the bar. */
  end(): void;
}

/** `1 run`, `2 runs`: a number of things whose plural ends with s. */
export function counted(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

/**
 * A bar with rate and remaining time on a terminal, otherwise a plain line now and then.
 *
 * @param thing - what is counted, in the singular
 */
export function showProgress(stream: ProgressStream, total: number, thing: string): Progress {
  return stream.isTTY === true ? bar(stream, total, thing) : lines(stream, total, thing);
}

function bar(stream: ProgressStream, total: number, thing: string): Progress {
  const begun = performance.now();
  let done = 0;
  const bars = new MultiBar(
    {
      stream,
      format: `{bar} {value}/${counted(total, thing)}, {rate} a second, {eta_formatted} left  {what}`,
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
      etaBuffer: 200,
      barsize: 24,
    },
    Presets.shades_classic,
  );
  const only = bars.create(total, 0, { rate: "?", what: "" });
  return {
    step: (what) => {
      done++;
      only.update(done, { rate: rate(done, begun).toFixed(0), what });
    },
    say: (text) => {
      for (const line of text) bars.log(`${line}\n`);
    },
    end: () => bars.stop(),
  };
}

function lines(stream: ProgressStream, total: number, thing: string): Progress {
  const begun = performance.now();
  let told = begun;
  let done = 0;
  stream.write(`${counted(total, thing)} to play\n`);
  return {
    step: (what) => {
      done++;
      const now = performance.now();
      if (now - told < EVERY_MS || done === total) return;
      told = now;
      const seconds = (total - done) / rate(done, begun);
      stream.write(`${done}/${counted(total, thing)}, about ${Math.ceil(seconds)} s left: ${what}\n`);
    },
    say: (text) => {
      for (const line of text) stream.write(`${line}\n`);
    },
    end: () => undefined,
  };
}

function rate(done: number, begun: number): number {
  return (done * 1000) / Math.max(1, performance.now() - begun);
}
