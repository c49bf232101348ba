import { InProcessDriver } from "../../labs/kit/driver";
import type { Driver } from "../../labs/kit/program";
import { examiner } from "../../labs/kit/raft/examiner";
import { checkRaftState } from "../../labs/kit/raft/state";
import { NETWORKS, World, type Observer } from "../../labs/kit/sim";
import type { Subject } from "../../labs/kit/subject";

/** How many servers the quiet cluster has. */
export const SERVERS = 5;

/** Runs the `Raft` of a subject, one module instance for all. */
export function raftOf(subject: Subject): InProcessDriver {
  const Raft = subject.programClass("raft/raft.ts", "Raft", "shared");
  return new InProcessDriver({ programsFor: () => ({ className: "Raft", program: Raft }) });
}

/** The monitors of a scene for Raft. */
export function monitors(): Observer[] {
  return [...examiner({}).monitors];
}

/** Five servers on a reliable network that are left alone: an election, and then heartbeats. */
export function quietCluster(driver: Driver, observers: readonly Observer[]): World {
  const world = new World({ seed: 7, servers: SERVERS, checkSave: checkRaftState }, driver, observers);
  world.setNetwork(NETWORKS.reliable, "reliable");
  for (const id of world.servers) world.boot(id);
  return world;
}
