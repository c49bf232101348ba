import { mean, percent, seedsUpTo, type Experiment } from "./experiment";
import { failover } from "./failover";
import { table } from "./table";
import { show, withTimeouts, type Range } from "./timeouts";

const SERVERS = 5;

const RANGES: readonly Range[] = [
  [400, 800],
  [400, 500],
  [400, 440],
  [400, 420],
  [400, 410],
  [400, 404],
  [400, 402],
  [400, 400],
];

/** “One or two terms are enough”: true for timeouts that are spread, and only for those. */
export const terms: Experiment = {
  name: "terms",
  question: "How many terms does it take to replace a leader, by the spread of the election timeouts?",
  seeds: 1000,
  run: ({ subject, seeds }) => {
    const rows = RANGES.map((range) => {
      const program = withTimeouts(subject, range);
      const runs = seedsUpTo(seeds).map((seed) => failover({ subject: program, seed, servers: SERVERS }));
      const found = runs.filter((run) => run.terms !== undefined);
      const count = (holds: (n: number) => boolean): string =>
        percent(found.filter((run) => holds(run.terms ?? 0)).length, seeds);
      return [
        show(range),
        count((n) => n === 1),
        count((n) => n === 2),
        count((n) => n === 3),
        count((n) => n > 3),
        percent(seeds - found.length, seeds),
        found.length === 0 ? "" : `${mean(found.map((run) => run.ms)).toFixed(0)}`,
      ];
    });
    const head = ["timeouts, ms", "1 term", "2", "3", "more", "none in 5 s", "mean ms"];
    return `The leader of ${SERVERS} crashes: terms until there is another one; ${seeds} seeds a row\n\n${table(head, rows)}`;
  },
};
