import type { Predictions } from "@labs/kit";

/** What was expected of each case of the handout, before it was measured. */
export const predictions: Predictions = {
  waroWritesDown: 0,
  waroReadsDown: 4,
  majorityWritesDown: 2,
  writeOneWritesDown: 0,
  waroWritesAvailable: 0.729,
  majorityWritesAvailable: 0.972,
  writeTrips: 2,
  eventualWriteTrips: 1,
  waroReadCalls: 5,
  majorityWriteSaves: 6,
  oneAndOneMisses: true,
  majorityMisses: false,
  majorityGoesBack: true,
  waroGoesBack: true,
  atomicIsLinearizable: true,
  majoritySmallSide: "nothing",
  waroLargeSide: "reads only",
  nearlyAllSmallSide: "reads only",
  oneAndOneSmallSide: "reads and writes",
  readsOnMoreReplicas: 1,
  longerTail: "WARO",
  majorityTail: "lower",
};
