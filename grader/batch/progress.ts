import { MultiBar, Presets } from "cli-progress";
import { counted } from "../cli/progress";
import type { ProgressStream } from "../cli/room";
import type { BatchEvent, Listener } from "./events";
import { printable } from "./printable";

const LONGEST_NAME = 24;

/** Shows how far a batch is. */
export interface BatchProgress {
  readonly tell: Listener;
  /** It is over, in whatever way. */
  end(): void;
}

/** One line that changes on a terminal; otherwise a line for each submission that is judged. */
export function showBatch(stream: ProgressStream, now = (): number => performance.now()): BatchProgress {
  return stream.isTTY === true ? bar(stream, new Count(now)) : lines(stream, new Count(now));
}

/** What is done, and how fast. */
export class Count {
  total = 0;
  done = 0;
  judgeErrors = 0;
  readonly judging = new Set<string>();
  private begun = 0;
  private doneBefore = 0;

  /** @param now - real time in ms */
  constructor(private readonly now: () => number) {}

  hear(event: BatchEvent): void {
    switch (event.event) {
      case "begun":
        this.total = event.submissions;
        this.done = this.doneBefore = event.done;
        this.begun = this.now();
        break;
      case "judging":
        this.judging.add(event.name);
        break;
      case "judged":
        this.judging.delete(event.name);
        this.done += 1 + event.identical.length;
        this.judgeErrors += event.judgeErrors;
        break;
      case "ungraded":
        this.judging.delete(event.name);
        this.judgeErrors += 1;
        break;
      default:
    }
  }

  /** `1.8 a minute, 12 min left`; only what this session has done says how fast things go. */
  get pace(): string {
    const fresh = this.done - this.doneBefore;
    if (fresh === 0) return "";
    const perMinute = (fresh * 60_000) / Math.max(1, this.now() - this.begun);
    const left = Math.ceil((60 * (this.total - this.done)) / perMinute);
    return `${perMinute.toFixed(perMinute < 10 ? 1 : 0)} a minute, ${duration(left)} left`;
  }

  /** What stands behind the bar: rate, time left, errors of the grader, and what is being judged. */
  get rest(): string {
    const names = [...this.judging].map((name) => printable(name, LONGEST_NAME)).join(", ");
    return `${this.pace === "" ? "" : `, ${this.pace}`}${this.errors}  ${names}`;
  }

  get errors(): string {
    return this.judgeErrors === 0 ? "" : `, ${counted(this.judgeErrors, "judge error")}`;
  }
}

function duration(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

function bar(stream: ProgressStream, count: Count): BatchProgress {
  const bars = new MultiBar(
    {
      stream,
      format: "{bar} {value}/{total}{rest}",
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
      barsize: 16,
    },
    Presets.shades_classic,
  );
  const only = bars.create(1, 0, { rest: "" });
  return {
    tell: (event) => {
      count.hear(event);
      if (event.event === "begun") only.setTotal(event.submissions);
      if (event.event === "ungraded" || event.event === "draining") bars.log(`${sentence(event)}\n`);
      only.update(count.done, { rest: count.rest });
      if (event.event !== "judging") bars.update(); // at once, for the next moment may be the last
    },
    end: () => bars.stop(),
  };
}

function lines(stream: ProgressStream, count: Count): BatchProgress {
  return {
    tell: (event) => {
      count.hear(event);
      const text = sentence(event);
      if (text === "") return;
      const isStep = event.event === "judged" || event.event === "ungraded";
      const pace = isStep && count.pace !== "" ? ` (${count.pace}${count.errors})` : "";
      stream.write(`${isStep ? `${count.done}/${count.total} ` : ""}${text}${pace}\n`);
    },
    end: () => undefined,
  };
}

/** What is worth a line; nothing is `""`. */
function sentence(event: BatchEvent): string {
  switch (event.event) {
    case "begun": {
      const before = event.done === 0 ? "" : `, ${event.done} of them done`;
      return `${counted(event.submissions, "submission")}${before}; ${event.lanes} at a time`;
    }
    case "judged": {
      const { name, points, maxPoints, wallMs, judgeErrors, identical } = event;
      const also = identical.length === 0 ? "" : `; also for ${counted(identical.length, "identical one")}`;
      const errors = judgeErrors === 0 ? "" : `; ${counted(judgeErrors, "judge error")}`;
      const seconds = (wallMs / 1000).toFixed(1);
      return `${printable(name, LONGEST_NAME)}: ${points} of ${maxPoints} points, ${seconds} s${errors}${also}`;
    }
    case "ungraded":
      return `${printable(event.name, LONGEST_NAME)} could not be judged, by our own fault: ${printable(event.message)}`;
    case "draining": {
      const names = event.names.map((name) => printable(name, LONGEST_NAME)).join(", ");
      const rest = names === "" ? "" : `; ${names} will be ended first`;
      return `stopping${rest}. Ctrl-C once more ends at once; the same command goes on later`;
    }
    default:
      return "";
  }
}
