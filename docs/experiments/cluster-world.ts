import { RaftCluster } from "../../labs/kit/raft";
import { examiner, type Snapshots } from "../../labs/kit/raft/examiner";
import { checkRaftState } from "../../labs/kit/raft/state";
import { play, type Outcome } from "../../labs/kit/scene";
import type { NetworkName, ServiceTimes, World } from "../../labs/kit/sim";
import type { Subject } from "../../labs/kit/subject";
import { mustKeepRules } from "./experiment";
import { Witness } from "./witness";

/** What a run of an experiment on replication is made of. */
export interface ClusterSetup extends Snapshots {
  readonly subject: Subject;
  /** A uint32; everything random comes from it. */
  readonly seed: number;
  readonly servers: number;
  readonly puppets?: readonly number[];
  readonly network?: NetworkName;
  /** How long servers are busy with what they do; no time at all if absent. */
  readonly service?: ServiceTimes;
  /** Prepares disks before the servers boot. */
  readonly before?: (world: World) => void;
}

/** What a story has at hand. */
export interface Stage {
  /** The verbs of scenes. */
  readonly c: RaftCluster;
  readonly world: World;
  readonly witness: Witness;
}

/** Virtual ms that a story may take. */
const LIMIT = 600_000;

/** Plays a story that all monitors of the course watch, and demands that it keeps every rule. */
export function playCluster(setup: ClusterSetup, story: (stage: Stage) => void): void {
  mustKeepRules(judgeCluster(setup, story));
}

/** The same; a broken rule ends the run, and is part of the outcome. */
export function judgeCluster(setup: ClusterSetup, story: (stage: Stage) => void): Outcome {
  const { subject, seed, servers, puppets = [], service, network = "reliable", before } = setup;
  const witness = new Witness();
  const { eyes, monitors, coverage } = examiner(setup);
  return play(
    {
      scene: "experiment",
      subject,
      cast: () => ({ file: "raft/raft.ts", exportName: "Raft", methods: [] }),
      seed,
      options: {},
      world: {
        servers,
        puppets,
        checkSave: checkRaftState,
        ...(service === undefined ? {} : { service }),
      },
      monitors: [...monitors, witness],
      rules: () => coverage.exercised,
    },
    (world) => {
      const c = new RaftCluster(world, eyes, network, LIMIT);
      before?.(world);
      for (const id of world.servers) if (!world.isPuppet(id)) world.boot(id);
      story({ c, world, witness });
    },
  );
}
