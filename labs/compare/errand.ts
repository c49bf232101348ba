import type { Subject } from "../kit/subject";
import type { Job } from "./job";
import type { Order } from "./part";
import { partNamed } from "./parts";

/** Names one job, so that another process can do it. */
export interface Errand {
  readonly part: string;
  /** Its place among the jobs of the part. */
  readonly job: number;
}

/** What a child is asked to do. */
export interface Task {
  /** The folder of the program. */
  readonly subject: string;
  readonly order: Order;
  readonly errand: Errand;
}

/** What came of it. */
export interface Found {
  readonly rows: readonly unknown[];
  /** Why there are no rows: the program breaks a rule, or has no such lab. */
  readonly problem?: string;
  /** Why nothing can be done at all: there is no such program. */
  readonly misuse?: string;
}

/** All jobs of these parts. */
export function errandsOf(parts: readonly string[], order: Order): Errand[] {
  return parts.flatMap((part) =>
    partNamed(part)
      .jobs(order)
      .map((_, job) => ({ part, job })),
  );
}

/** What an errand is about, for whoever waits. */
export function tellErrand(errand: Errand, order: Order): string {
  return `${errand.part}: ${jobOf(errand, order).what}`;
}

/** Does one errand, in this process. */
export function doErrand(errand: Errand, order: Order, subject: Subject): readonly unknown[] {
  return jobOf(errand, order).measure(subject);
}

function jobOf({ part, job }: Errand, order: Order): Job {
  const found = partNamed(part).jobs(order)[job];
  if (found === undefined) throw new Error(`the part ${part} has no job ${job}`);
  return found;
}
