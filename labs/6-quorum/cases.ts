import type { PredictionCase } from "../kit/quorum";

const SERVED = ["reads and writes", "reads only", "writes only", "nothing"] as const;

const TREND = ["lower", "about the same", "higher"] as const;

/** What predictions are about. `skeleton/quorum/predictions.ts` asks the same; a test compares. */
export const CASES: readonly PredictionCase[] = [
  {
    id: "waroWritesDown",
    group: "who is served",
    question:
      "WARO on five replicas: how many may be down, whichever they are, so that writes still succeed?",
    kind: "number",
    unit: "replicas",
    command: "npm run compare -- --only availability",
  },
  {
    id: "waroReadsDown",
    group: "who is served",
    question:
      "WARO on five replicas, regular reads: how many may be down, whichever they are, so that reads still succeed?",
    kind: "number",
    unit: "replicas",
    command: "npm run compare -- --only availability",
  },
  {
    id: "majorityWritesDown",
    group: "who is served",
    question:
      "A majority quorum of five replicas: how many may be down, whichever they are, so that writes still succeed?",
    kind: "number",
    unit: "replicas",
    command: "npm run compare -- --only availability",
  },
  {
    id: "writeOneWritesDown",
    group: "who is served",
    question:
      "N=5, W=1, R=5, regular: how many may be down, whichever they are, so that writes still succeed?",
    kind: "number",
    unit: "replicas",
    command: "npm run compare -- --only availability",
  },
  {
    id: "waroWritesAvailable",
    group: "who is served",
    question: "WARO on three replicas, each up with probability 0.9: how likely does a write succeed?",
    kind: "number",
    unit: "probability",
    tolerance: 0.005,
    command: "npm run compare -- --only availability",
  },
  {
    id: "majorityWritesAvailable",
    group: "who is served",
    question:
      "A majority quorum of three replicas, each up with probability 0.9: how likely does a write succeed?",
    kind: "number",
    unit: "probability",
    tolerance: 0.005,
    command: "npm run compare -- --only availability",
  },
  {
    id: "writeTrips",
    group: "what it costs",
    question: "A majority quorum of five replicas, regular: how many round trips does a write take?",
    kind: "number",
    unit: "round trips",
    command: "npm run compare -- --only costs",
  },
  {
    id: "eventualWriteTrips",
    group: "what it costs",
    question: "N=5, W=1, R=1, eventual: how many round trips does a write take?",
    kind: "number",
    unit: "round trips",
    command: "npm run compare -- --only costs",
  },
  {
    id: "waroReadCalls",
    group: "what it costs",
    question:
      "WARO on five replicas, regular reads, by a coordinator that asks all at once: how many requests does a read send?",
    kind: "number",
    unit: "requests",
    command: "npm run compare -- --only costs",
  },
  {
    id: "majorityWriteSaves",
    group: "what it costs",
    question:
      "A majority quorum of five replicas, all up, and a coordinator that saves each number: how often is something saved for a write?",
    kind: "number",
    unit: "saves",
    command: "npm run compare -- --only costs",
  },
  {
    id: "oneAndOneMisses",
    group: "what readers see",
    question: "N=3, W=1, R=1: can a read miss a write that was acknowledged before it began?",
    kind: "yes or no",
    command: "npm run conjecture -- --W 1 --R 1 --promise regular --claim regular",
  },
  {
    id: "majorityMisses",
    group: "what readers see",
    question: "N=3, W=2, R=2, regular: can a read miss a write that was acknowledged before it began?",
    kind: "yes or no",
    command: "npm run conjecture -- --promise regular --claim regular",
  },
  {
    id: "majorityGoesBack",
    group: "what readers see",
    question: "N=3, W=2, R=2, regular: can a client read something newer, and then something older?",
    kind: "yes or no",
    command: 'npm run conjecture -- --promise regular --claim "monotonic reads"',
  },
  {
    id: "waroGoesBack",
    group: "what readers see",
    question: "WARO on three replicas, regular: can a client read something newer, and then something older?",
    kind: "yes or no",
    command: 'npm run conjecture -- --W 3 --R 1 --promise regular --claim "monotonic reads"',
  },
  {
    id: "atomicIsLinearizable",
    group: "what readers see",
    question: "WARO on three replicas, atomic: is every history linearizable, half-done writes included?",
    kind: "yes or no",
    command: "npm run conjecture -- --W 3 --R 1 --promise atomic --claim linearizable",
  },
  {
    id: "majoritySmallSide",
    group: "who goes on when the network parts",
    question:
      "A majority quorum of five, parted into three and two: what is served to clients on the side of two?",
    kind: SERVED,
    command: "npm run compare -- --only partition",
  },
  {
    id: "waroLargeSide",
    group: "who goes on when the network parts",
    question:
      "WARO on five, regular reads, parted into three and two: what is served to clients on the side of three?",
    kind: SERVED,
    command: "npm run compare -- --only partition",
  },
  {
    id: "nearlyAllSmallSide",
    group: "who goes on when the network parts",
    question:
      "N=5, W=4, R=2, regular, parted into three and two: what is served to clients on the side of two?",
    kind: SERVED,
    command: "npm run compare -- --only partition",
  },
  {
    id: "oneAndOneSmallSide",
    group: "who goes on when the network parts",
    question:
      "N=5, W=1, R=1, eventual, parted into three and two: what is served to clients on the side of two?",
    kind: SERVED,
    command: "npm run compare -- --only partition",
  },
  {
    id: "readsOnMoreReplicas",
    group: "how long and how much",
    question:
      "Majority quorums under full load, with coordinators that ask all: reads a second on five replicas, divided by those on three?",
    kind: "number",
    unit: "ratio",
    tolerance: 0.15,
    command: "npm run compare -- --only throughput",
  },
  {
    id: "longerTail",
    group: "how long and how much",
    question: "Five replicas, and now and then a message is late: whose writes have the longer p99?",
    kind: ["WARO", "about the same", "a majority quorum"],
    command: "npm run compare -- --only latency",
  },
  {
    id: "majorityTail",
    group: "how long and how much",
    question:
      "Now and then a message is late. From three replicas to five, the p99 of a majority quorum's writes gets …",
    kind: TREND,
    command: "npm run compare -- --only latency",
  },
];

/** The cases of one group. */
export function casesOf(group: string): PredictionCase[] {
  return CASES.filter((each) => each.group === group);
}
