import type { Subject } from "../kit/subject";
import { systemsOf, tellSystem, type System } from "./systems";

/** A piece of work that no other waits for. Its rows are plain data: they may come from another process. */
export interface Job<Row = unknown> {
  /** What is being measured, for whoever waits. */
  readonly what: string;
  readonly measure: (subject: Subject) => readonly Row[];
}

/** A job for each system of each size. */
export function jobsOf<Row>(
  sizes: readonly number[],
  measure: (system: System, N: number, subject: Subject) => Row,
): Job<Row>[] {
  return sizes.flatMap((N) =>
    systemsOf(N).map((system) => ({
      what: tellSystem(system.name, N),
      measure: (subject: Subject) => [measure(system, N, subject)],
    })),
  );
}
