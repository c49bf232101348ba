import type { Mutant } from "../mutant";

const FILE = "quorum/predictions.ts";

/** What all of these have in common. */
const GUESS = {
  lab: 6,
  file: FILE,
  symptom: "a prediction differs from what is measured",
  rule: "A prediction is scored against what was measured",
  section: "handout",
} as const;

/** Wrong predictions, one of each group at least. */
export const PREDICTION_BUGS: readonly Mutant[] = [
  {
    ...GUESS,
    name: "thinks-a-write-needs-w-replicas-alone",
    title: "forgets the query phase of a write: with W=1 all but one may be down",
    edits: [{ find: "writeOneWritesDown: 0,", replace: "writeOneWritesDown: 4," }],
  },
  {
    ...GUESS,
    name: "predicts-one-replica-too-many",
    title: "takes half for a majority",
    edits: [{ find: "majorityWritesDown: 2,", replace: "majorityWritesDown: 3," }],
  },
  {
    ...GUESS,
    name: "adds-up-where-it-should-multiply",
    title: "takes the chance that one replica is up for that of all three",
    edits: [{ find: "waroWritesAvailable: 0.729,", replace: "waroWritesAvailable: 0.9," }],
  },
  {
    ...GUESS,
    name: "counts-the-saves-of-w-replicas-only",
    title: "forgets that a write goes to all replicas that are up",
    edits: [{ find: "majorityWriteSaves: 6,", replace: "majorityWriteSaves: 4," }],
  },
  {
    ...GUESS,
    name: "thinks-overlap-is-enough",
    title: "takes a regular register for an atomic one",
    edits: [{ find: "majorityGoesBack: true,", replace: "majorityGoesBack: false," }],
  },
  {
    ...GUESS,
    name: "trusts-the-larger-side",
    title: "expects the larger side of a partition to serve everything",
    edits: [{ find: 'waroLargeSide: "reads only",', replace: 'waroLargeSide: "reads and writes",' }],
  },
  {
    ...GUESS,
    name: "thinks-more-machines-do-more",
    title: "expects five replicas to serve five thirds of what three serve",
    edits: [{ find: "readsOnMoreReplicas: 1,", replace: "readsOnMoreReplicas: 1.67," }],
  },
  {
    ...GUESS,
    name: "answers-by-a-text",
    title: "writes a number as a text",
    edits: [{ find: "writeTrips: 2,", replace: 'writeTrips: "2",' }],
  },
];
