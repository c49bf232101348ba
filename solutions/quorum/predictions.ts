import type { Predictions } from "@labs/kit";

/** What was expected of each case of the handout, before it was measured. */
export const predictions: Predictions = {
  // ---- who is served ----------------------------------------------------------------------------

  // WARO on five replicas: how many may be down, whichever they are, so that writes still succeed?
  waroWritesDown: 0,
  // WARO on five replicas, regular reads: how many may be down, whichever they are, so that reads still
  // succeed?
  waroReadsDown: 4,
  // A majority quorum of five replicas: how many may be down, whichever they are, so that writes still
  // succeed?
  majorityWritesDown: 2,
  // N=5, W=1, R=5, regular: how many may be down, whichever they are, so that writes still succeed?
  writeOneWritesDown: 0,
  // WARO on three replicas, each up with probability 0.9: how likely does a write succeed?
  waroWritesAvailable: 0.729,
  // A majority quorum of three replicas, each up with probability 0.9: how likely does a write succeed?
  majorityWritesAvailable: 0.972,

  // ---- what it costs ----------------------------------------------------------------------------

  // A majority quorum of five replicas, regular: how many round trips does a write take?
  writeTrips: 2,
  // N=5, W=1, R=1, eventual: how many round trips does a write take?
  eventualWriteTrips: 1,
  // WARO on five replicas, regular reads, by a coordinator that asks all at once: how many requests does a read
  // send?
  waroReadCalls: 5,
  // A majority quorum of five replicas, all up, and a coordinator that saves each number: how often is
  // something saved for a write?
  majorityWriteSaves: 6,

  // ---- what readers see -------------------------------------------------------------------------

  // N=3, W=1, R=1: can a read miss a write that was acknowledged before it began?
  oneAndOneMisses: true,
  // N=3, W=2, R=2, regular: can a read miss a write that was acknowledged before it began?
  majorityMisses: false,
  // N=3, W=2, R=2, regular: can a client read something newer, and then something older?
  majorityGoesBack: true,
  // WARO on three replicas, regular: can a client read something newer, and then something older?
  waroGoesBack: true,
  // WARO on three replicas, atomic: is every history linearizable, half-done writes included?
  atomicIsLinearizable: true,

  // ---- who goes on when the network parts -------------------------------------------------------

  // A majority quorum of five, parted into three and two: what is served to clients on the side of two?
  majoritySmallSide: "nothing",
  // WARO on five, regular reads, parted into three and two: what is served to clients on the side of three?
  waroLargeSide: "reads only",
  // N=5, W=4, R=2, regular, parted into three and two: what is served to clients on the side of two?
  nearlyAllSmallSide: "reads only",
  // N=5, W=1, R=1, eventual, parted into three and two: what is served to clients on the side of two?
  oneAndOneSmallSide: "reads and writes",

  // ---- how long and how much --------------------------------------------------------------------

  // Majority quorums under full load, with coordinators that ask all: reads a second on five replicas,
  // divided by those on three?
  readsOnMoreReplicas: 1,
  // Five replicas, and now and then a message is late: whose writes have the longer p99?
  longerTail: "WARO",
  // Now and then a message is late. From three replicas to five, the p99 of a majority quorum's writes
  // gets …
  majorityTail: "lower",
};
