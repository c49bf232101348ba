import { percent, seedsUpTo, type Experiment } from "./experiment";
import { failover } from "./failover";
import { table } from "./table";
import { show, withTimeouts, type Draw, type Range } from "./timeouts";

/** Once its leader is gone, two of three servers are left: if both campaign at once, neither wins. */
const SERVERS = 3;

const RANGES: readonly Range[] = [
  [400, 500],
  [400, 440],
  [400, 420],
  [400, 410],
];

const DRAWS: readonly Draw[] = ["anew", "once"];

/** “Why must the timeout be drawn anew?” Because whoever collided once would collide again. */
export const draws: Experiment = {
  name: "draws",
  question: "Timeouts drawn anew each time, or once in a life: does a split vote repeat itself?",
  seeds: 2000,
  run: ({ subject, seeds }) => {
    const rows = RANGES.flatMap((range) =>
      DRAWS.map((draw) => {
        const program = withTimeouts(subject, range, draw);
        const runs = seedsUpTo(seeds).map((seed) => failover({ subject: program, seed, servers: SERVERS }));
        const longerThan = (n: number): number => runs.filter(({ terms = Infinity }) => terms > n).length;
        const [split, again] = [longerThan(1), longerThan(2)];
        return [
          show(range),
          draw,
          `${split} of ${seeds} (${percent(split, seeds)})`,
          split === 0 ? "" : `${again} of ${split} (${percent(again, split)})`,
          `${Math.max(...runs.map((run) => run.terms ?? 0))}`,
          `${runs.filter((run) => run.terms === undefined).length}`,
        ];
      }),
    );
    const head = [
      "timeouts, ms",
      "drawn",
      "first vote split",
      "then the second too",
      "most terms",
      "none in 5 s",
    ];
    return `The leader of ${SERVERS} crashes: split votes in a row; ${seeds} seeds a row\n\n${table(head, rows)}`;
  },
};
