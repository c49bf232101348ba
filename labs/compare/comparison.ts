import type { Subject } from "../kit/subject";
import type { Rows } from "./crew";
import { doErrand, errandsOf } from "./errand";
import type { Order } from "./part";
import { partNamed } from "./parts";

/** What was measured: plain data, and the same for the same program and seed. */
export interface Comparison {
  readonly format: "replication-labs/comparison/1";
  /** The folder of the program, as it was named. */
  readonly subject: string;
  readonly seed: number;
  /** How many runs the parts that sample have put together. */
  readonly seeds: number;
  /** The number of servers, if one was asked for. */
  readonly servers?: number;
  readonly parts: readonly {
    readonly name: string;
    readonly question: string;
    /** See the interfaces of labs/compare: `AvailabilityRow`, `CostRow` and so on. */
    readonly rows: readonly unknown[];
  }[];
}

/** Puts together what was measured; a part without rows is left out. */
export function comparisonOf(subject: string, order: Order, rows: Rows): Comparison {
  const parts = [...rows]
    .filter(([, found]) => found.length > 0)
    .map(([name, found]) => ({ name, question: partNamed(name).question, rows: found }));
  return { format: "replication-labs/comparison/1", subject, ...order, parts };
}

/** Measures some parts in this process. */
export function measureHere(subject: Subject, order: Order, parts: readonly string[]): Rows {
  return new Map(
    parts.map((part) => [
      part,
      errandsOf([part], order).flatMap((errand) => doErrand(errand, order, subject)),
    ]),
  );
}

/** All tables, each below its question. */
export function tellComparison({ parts }: Comparison): string {
  return parts
    .map(({ name, question, rows }) => {
      const heading = `${name}: ${question}`;
      return `${heading}\n${"=".repeat(heading.length)}\n\n${partNamed(name).tell(rows)}`;
    })
    .join("\n\n\n");
}
