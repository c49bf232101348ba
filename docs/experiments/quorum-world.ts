import { playQuorum, type QuorumCluster, type QuorumSetup } from "../../labs/kit/quorum";
import type { Subject } from "../../labs/kit/subject";
import { mustKeepRules } from "./experiment";

/** What a run of an experiment on quorums is made of. */
export interface ReplicasSetup extends Omit<QuorumSetup, "lab" | "points" | "challenge"> {
  readonly subject: Subject;
  /** A uint32; everything random comes from it. */
  readonly seed: number;
}

/** Plays a story about replicas and their coordinators, and demands that it keeps every rule. */
export function playReplicas(
  { subject, seed, ...setup }: ReplicasSetup,
  story: (c: QuorumCluster) => void,
): void {
  const once = { scene: "experiment", subject, seed, options: {} };
  mustKeepRules(playQuorum({ lab: 6, limit: 600_000, ...setup }, once, story));
}
