import type { Predictions } from "@labs/kit";

/** What you expect of each case, before you measure; null is no answer yet. Step 8 of the handout. */
export const predictions: Predictions = {
  // ---- who is served ----------------------------------------------------------------------------

  // WARO on five replicas: how many may be down, whichever they are, so that writes still succeed?
  waroWritesDown: null, // a number: replicas
  // WARO on five replicas, regular reads: how many may be down, whichever they are, so that reads still
  // succeed?
  waroReadsDown: null, // a number: replicas
  // A majority quorum of five replicas: how many may be down, whichever they are, so that writes still
  // succeed?
  majorityWritesDown: null, // a number: replicas
  // N=5, W=1, R=5, regular: how many may be down, whichever they are, so that writes still succeed?
  writeOneWritesDown: null, // a number: replicas
  // WARO on three replicas, each up with probability 0.9: how likely does a write succeed?
  waroWritesAvailable: null, // a number: probability
  // A majority quorum of three replicas, each up with probability 0.9: how likely does a write succeed?
  majorityWritesAvailable: null, // a number: probability

  // ---- what it costs ----------------------------------------------------------------------------

  // A majority quorum of five replicas, regular: how many round trips does a write take?
  writeTrips: null, // a number: round trips
  // N=5, W=1, R=1, eventual: how many round trips does a write take?
  eventualWriteTrips: null, // a number: round trips
  // WARO on five replicas, regular reads, by a coordinator that asks all at once: how many requests does a read
  // send?
  waroReadCalls: null, // a number: requests
  // A majority quorum of five replicas, all up, and a coordinator that saves each number: how often is
  // something saved for a write?
  majorityWriteSaves: null, // a number: saves

  // ---- what readers see -------------------------------------------------------------------------

  // N=3, W=1, R=1: can a read miss a write that was acknowledged before it began?
  oneAndOneMisses: null, // true or false
  // N=3, W=2, R=2, regular: can a read miss a write that was acknowledged before it began?
  majorityMisses: null, // true or false
  // N=3, W=2, R=2, regular: can a client read something newer, and then something older?
  majorityGoesBack: null, // true or false
  // WARO on three replicas, regular: can a client read something newer, and then something older?
  waroGoesBack: null, // true or false
  // WARO on three replicas, atomic: is every history linearizable, half-done writes included?
  atomicIsLinearizable: null, // true or false

  // ---- who goes on when the network parts -------------------------------------------------------

  // A majority quorum of five, parted into three and two: what is served to clients on the side of two?
  majoritySmallSide: null, // "reads and writes", "reads only", "writes only" or "nothing"
  // WARO on five, regular reads, parted into three and two: what is served to clients on the side of three?
  waroLargeSide: null, // "reads and writes", "reads only", "writes only" or "nothing"
  // N=5, W=4, R=2, regular, parted into three and two: what is served to clients on the side of two?
  nearlyAllSmallSide: null, // "reads and writes", "reads only", "writes only" or "nothing"
  // N=5, W=1, R=1, eventual, parted into three and two: what is served to clients on the side of two?
  oneAndOneSmallSide: null, // "reads and writes", "reads only", "writes only" or "nothing"

  // ---- how long and how much --------------------------------------------------------------------

  // Majority quorums under full load, with coordinators that ask all: reads a second on five replicas,
  // divided by those on three?
  readsOnMoreReplicas: null, // a number: ratio
  // Five replicas, and now and then a message is late: whose writes have the longer p99?
  longerTail: null, // "WARO", "about the same" or "a majority quorum"
  // Now and then a message is late. From three replicas to five, the p99 of a majority quorum's writes
  // gets …
  majorityTail: null, // "lower", "about the same" or "higher"
};
