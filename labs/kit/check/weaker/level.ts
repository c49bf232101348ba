/** What a history can promise its clients, the strongest first. Each one's file says what is meant. */
export const LEVELS = [
  "linearizable",
  "ordered writes",
  "sequential",
  "causal memory",
  "causal convergence",
  "causal",
  "PRAM",
  "coherent",
  "read your writes",
  "monotonic reads",
  "monotonic writes",
  "writes follow reads",
] as const;

/** One of the promises. */
export type Level = (typeof LEVELS)[number];

/** The next weaker promises of each: whoever keeps it keeps these, too. */
export const IMPLIES: { readonly [level in Level]: readonly Level[] } = {
  linearizable: ["ordered writes"],
  "ordered writes": ["sequential"],
  sequential: ["causal memory", "causal convergence", "coherent"],
  "causal memory": ["causal", "PRAM"],
  "causal convergence": ["causal"],
  causal: [],
  PRAM: [],
  coherent: ["read your writes", "monotonic reads", "monotonic writes", "writes follow reads"],
  "read your writes": [],
  "monotonic reads": [],
  "monotonic writes": [],
  "writes follow reads": [],
};

/** Whether a history keeps a promise. Undecided is never a pass: a human must look. */
export type LevelVerdict =
  | {
      readonly verdict: "yes";
      /** The order that shows it, by id, where the promise is one order of all operations. */
      readonly order?: readonly number[];
    }
  | {
      readonly verdict: "no";
      /** What is wrong, in a few sentences that name operations, answers and sessions. */
      readonly sentence: string;
      /** The operations of which the sentence speaks, by id. */
      readonly core: readonly number[];
    }
  | {
      readonly verdict: "undecided";
      /** What could not be known, or which budget was spent. */
      readonly sentence: string;
    };

/** All levels below one, itself not included. */
export function below(level: Level): ReadonlySet<Level> {
  const found = new Set<Level>();
  const add = (each: Level): void => {
    for (const weaker of IMPLIES[each]) {
      found.add(weaker);
      add(weaker);
    }
  };
  add(level);
  return found;
}
