import { rowOf } from "../../labs/compare/availability";
import { costOf } from "../../labs/compare/costs";
import { latencyOf } from "../../labs/compare/latency";
import { partitionOf, type PhaseShare } from "../../labs/compare/partition";
import { systemsOf, type System } from "../../labs/compare/systems";
import { readsOf } from "../../labs/compare/throughput";
import { parseConjecture } from "../../labs/conjecture/claim";
import { search } from "../../labs/conjecture/search";
import type { Truths } from "../../labs/kit/quorum";
import type { Subject } from "../../labs/kit/subject/subject";

/** Everything is measured from this seed. */
const SEED = 1;

/** Of the latencies: a thousand operations each. */
const SEEDS = [1];

/** Tries to find a counterexample; the classic ones take some hundred. */
const TRIES = 500;

/** A change by less than this share is none. */
const NOTICEABLE = 0.1;

/**
 * Measures what the predictions of Lab 6 are about, by the instruments that students have: each case by its id, a value when it is asked.
 *
 * @param subject - whose behaviour is measured; the reference where the course keeps its truths
 */
export function measuresOf(subject: Subject): { readonly [caseId: string]: () => Truths[string] } {
  const row = (name: string, N: number): ReturnType<typeof rowOf> => rowOf(system(name, N), N, subject, SEED);
  const cost = (name: string): ReturnType<typeof costOf> => costOf(system(name, 5), 5, subject, SEED);
  const during = (name: string, side: "majority" | "minority"): string =>
    served(partitionOf(system(name, 5), subject, SEED)[side].during);
  const refuted = (configuration: object): boolean => {
    const conjecture = parseConjecture({ N: 3, ...configuration }, "a case");
    return search(conjecture, { subject, seed: SEED, tries: TRIES }).counterexample !== undefined;
  };
  const rate = (N: number): number => readsOf(system("majority", N), N, subject, SEED);
  const tail = (name: string, N: number): number =>
    latencyOf(system(name, N), N, subject, SEEDS).write.p99.value;
  return {
    waroWritesDown: () => mostDown(row("WARO", 5).write),
    waroReadsDown: () => mostDown(row("WARO", 5).read),
    majorityWritesDown: () => mostDown(row("majority", 5).write),
    writeOneWritesDown: () => mostDown(row("write one, read all", 5).write),
    waroWritesAvailable: () => rounded(row("WARO", 3).at[0]?.write.measured),
    majorityWritesAvailable: () => rounded(row("majority", 3).at[0]?.write.measured),
    writeTrips: () => cost("majority, regular").write.trips,
    eventualWriteTrips: () => cost("one and one").write.trips,
    waroReadCalls: () => cost("WARO").read.calls,
    majorityWriteSaves: () => cost("majority, regular").write.writes,
    oneAndOneMisses: () => refuted({ W: 1, R: 1, promise: "regular", claim: "regular" }),
    majorityMisses: () => refuted({ W: 2, R: 2, promise: "regular", claim: "regular" }),
    majorityGoesBack: () => refuted({ W: 2, R: 2, promise: "regular", claim: "monotonic reads" }),
    waroGoesBack: () => refuted({ W: 3, R: 1, promise: "regular", claim: "monotonic reads" }),
    atomicIsLinearizable: () => !refuted({ W: 3, R: 1, promise: "atomic", claim: "linearizable" }),
    majoritySmallSide: () => during("majority", "minority"),
    waroLargeSide: () => during("WARO", "majority"),
    nearlyAllSmallSide: () => during("nearly all", "minority"),
    oneAndOneSmallSide: () => during("one and one", "minority"),
    readsOnMoreReplicas: () => Math.round((100 * rate(5)) / rate(3)) / 100,
    longerTail: () => longer({ WARO: tail("WARO", 5), "a majority quorum": tail("majority", 5) }),
    majorityTail: () => trend(tail("majority", 3), tail("majority", 5)),
  };
}

function system(name: string, N: number): System {
  const found = systemsOf(N).find((each) => each.name === name);
  if (found === undefined) throw new Error(`nothing of ${N} replicas that is compared is called “${name}”`);
  return found;
}

/** How many may fail, whichever they are. */
function mostDown(shares: readonly number[]): number {
  const first = shares.findIndex((share) => share < 1);
  return (first < 0 ? shares.length : first) - 1;
}

function served({ read, write }: PhaseShare): string {
  const most = 0.5; // it is all or nothing, but for what was on its way when the network parted
  if (read > most) return write > most ? "reads and writes" : "reads only";
  return write > most ? "writes only" : "nothing";
}

function trend(before: number, after: number): string {
  if (after > before * (1 + NOTICEABLE)) return "higher";
  return after < before * (1 - NOTICEABLE) ? "lower" : "about the same";
}

/** Whose figure is higher. */
function longer(figures: { readonly [name: string]: number }): string {
  const [[high, most] = ["", 0], [, least] = ["", 0]] = Object.entries(figures).sort(([, a], [, b]) => b - a);
  return most > least * (1 + NOTICEABLE) ? high : "about the same";
}

/** To the third decimal. */
function rounded(share: number | undefined): number {
  return Math.round(1000 * (share ?? NaN)) / 1000;
}
