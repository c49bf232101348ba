import { RELIABLE, type Quality } from "../../labs/kit/sim";
import { percent, seedsUpTo, type Experiment } from "./experiment";
import { failover } from "./failover";
import { table } from "./table";
import { show, withTimeouts, type Range } from "./timeouts";

const SERVERS = 3;

const RANGES: readonly Range[] = [
  [400, 800],
  [400, 600],
  [400, 500],
  [400, 440],
  [400, 420],
];

/** Mean round trips in ms. */
const ROUND_TRIPS = [2, 5, 10, 20, 50];

/** “Why must timeouts lie further apart than a round trip?” Because whoever asks first must be heard first. */
export const roundTrip: Experiment = {
  name: "round-trip",
  question: "How often is the first vote split, by spread of the timeouts and duration of a round trip?",
  seeds: 400,
  run: ({ subject, seeds }) => {
    const programs = RANGES.map((range) => withTimeouts(subject, range));
    const rows = ROUND_TRIPS.map((ms) => [
      `${ms} ms`,
      ...programs.map((program) => {
        const setup = { subject: program, servers: SERVERS, quality: slow(ms) };
        return percent(
          seedsUpTo(seeds).filter((seed) => failover({ ...setup, seed }).terms !== 1).length,
          seeds,
        );
      }),
    ]);
    return (
      `The leader of ${SERVERS} crashes: is the first vote split? ${seeds} seeds a cell\n` +
      `(rows: mean time of a round trip; columns: timeouts in ms)\n\n${table(["", ...RANGES.map(show)], rows)}`
    );
  },
};

/** Each message takes between half and one and a half times its part of the round trip. */
function slow(roundTripMs: number): Quality {
  const oneWay = { min: roundTripMs / 4, max: (3 * roundTripMs) / 4 };
  return { ...RELIABLE, requestDelay: oneWay, replyDelay: oneWay };
}
