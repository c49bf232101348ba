import { playKv, type KvCluster, type KvSetup } from "../../labs/kit/kv";
import type { Subject } from "../../labs/kit/subject";
import { mustKeepRules } from "./experiment";

/** What a run of an experiment on the service is made of. */
export interface ServiceSetup extends Omit<KvSetup, "lab" | "points" | "challenge"> {
  readonly subject: Subject;
  /** A uint32; everything random comes from it. */
  readonly seed: number;
}

/** Plays a story about the key/value service and its clients, and demands that it keeps every rule. */
export function playService({ subject, seed, ...setup }: ServiceSetup, story: (c: KvCluster) => void): void {
  const once = { scene: "experiment", subject, seed, options: {} };
  mustKeepRules(playKv({ lab: 5, limit: 600_000, ...setup }, once, story));
}
