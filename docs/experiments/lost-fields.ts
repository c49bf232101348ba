import type { ServerId } from "../../labs/kit/program";
import type { Proposal, RaftState } from "../../labs/kit/raft";
import type { Subject } from "../../labs/kit/subject";
import { withDice } from "./dice";
import { ExperimentError, type Experiment } from "./experiment";
import { playRaft, type RaftWorld } from "./raft-world";
import { table } from "./table";
import { Witness } from "./witness";

/** A disk forgets something while its server is down; or nothing. */
type Forgetting = (disk: RaftState) => RaftState;

/** A history, told step by step; the steps say what each of three servers does. */
interface History {
  readonly field: string;
  readonly forget: Forgetting;
  readonly tell: (stage: Stage) => void;
}

/** What each server draws instead of a random number: server 0 campaigns first, then server 1. */
const DRAWS = [0, 0.5, 3];

/** So long that server 0, or else server 1, has campaigned: 400 and 600 ms with the reference. */
const [FIRST, SECOND] = [450, 700];

/** So long that all messages have arrived. */
const SOON = 150;

/** Three fields of Figure 2 are persistent. For each, what goes wrong without it. */
export const lostFields: Experiment = {
  name: "lost-fields",
  question: "currentTerm, votedFor, log: what goes wrong if a server forgets one of them in a crash?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const rows = HISTORIES.flatMap(({ field, forget, tell }) =>
      [false, true].map((lost) => {
        const stage = play(subject, seed, lost ? forget : (disk) => disk, tell);
        return [field, lost ? "forgotten" : "kept", stage.leaders(), stage.first(1)];
      }),
    );
    const head = ["field", "in the crash", "leaders, by term", "applied as entry 1"];
    return `Three servers and three histories, each with a disk that keeps everything, and with one that does not\n\n${table(head, rows, [0, 1, 2, 3])}`;
  },
};

const HISTORIES: readonly History[] = [
  {
    field: "votedFor",
    forget: (disk) => ({ ...disk, votedFor: null }),
    // Server 2 votes for server 0, and crashes; then the request of server 1 arrives, of the same term.
    tell: (stage) => {
      const { raft } = stage;
      stage.cut(0, 1);
      raft.world.hold({ from: 1, to: 2, method: "requestVote" });
      raft.watch(SECOND);
      stage.restart(2);
      raft.world.release();
      raft.watch(SOON);
      stage.propose(0, "x");
      if (raft.status(1).isLeader) stage.propose(1, "y");
    },
  },
  {
    field: "currentTerm",
    forget: (disk) => ({ ...disk, currentTerm: 0, votedFor: null }),
    // Server 0 leads term 1, and has an entry that nobody else has. All crash; server 0 comes back last.
    tell: (stage) => {
      const { raft } = stage;
      raft.watch(FIRST);
      stage.cutOff(0);
      stage.propose(0, "x");
      raft.world.crash(0);
      for (const id of [1, 2]) stage.restart(id);
      raft.watch(SECOND);
      stage.propose(1, "y");
      stage.join(0);
      stage.boot(0);
      raft.watch(SOON);
    },
  },
  {
    field: "log",
    forget: (disk) => ({ ...disk, log: [] }),
    // Servers 0 and 1 commit an entry while server 2 is away. Server 1 crashes, and is left alone with server 2.
    tell: (stage) => {
      const { raft } = stage;
      raft.watch(FIRST);
      stage.cutOff(2);
      stage.propose(0, "x");
      stage.restart(1);
      stage.join(2);
      stage.cutOff(0);
      raft.watch(3 * SECOND);
      stage.propose(stage.leaderOf([1, 2]), "y");
    },
  },
];

/** A cluster of three, of which one thing is known: what becomes of a disk in a crash. */
class Stage {
  private readonly terms = new Map<number, Set<ServerId>>();

  constructor(
    readonly raft: RaftWorld,
    private readonly witness: Witness,
    private readonly forget: Forgetting,
  ) {}

  propose(server: ServerId, command: string): void {
    const taken = this.raft.world.invoke(server, "propose", command) as Proposal | undefined;
    if (taken === undefined) throw new ExperimentError(`server ${server} does not lead when it should`);
    this.raft.watch(SOON);
  }

  /** A crash, and at once the next life. */
  restart(server: ServerId): void {
    this.raft.world.crash(server);
    this.boot(server);
  }

  /** A server that is down comes back. */
  boot(server: ServerId): void {
    const { world } = this.raft;
    world.preload(server, this.forget(world.saved(server) as RaftState));
    world.boot(server);
  }

  cut(a: ServerId, b: ServerId): void {
    this.raft.world.cut(a, b);
    this.raft.world.cut(b, a);
  }

  cutOff(server: ServerId): void {
    for (const other of this.others(server)) this.cut(server, other);
  }

  join(server: ServerId): void {
    for (const other of this.others(server)) {
      this.raft.world.mend(server, other);
      this.raft.world.mend(other, server);
    }
  }

  leaderOf(servers: readonly ServerId[]): ServerId {
    const leader = servers.find((id) => this.raft.status(id).isLeader);
    if (leader === undefined) throw new ExperimentError("nobody leads when somebody should");
    return leader;
  }

  /** Who led which term, as their messages have it. */
  leaders(): string {
    for (const { from, request } of this.witness.sent) {
      const known = this.terms.get(request.term) ?? new Set();
      this.terms.set(request.term, known.add(from));
    }
    return [...this.terms].map(([term, ids]) => `${term}: ${[...ids].join(" and ")}`).join("; ");
  }

  /** What was applied as entry `index`, and by whom first. */
  first(index: number): string {
    const all = this.witness.firstOf(index);
    return all.map(({ server, entry }) => `${JSON.stringify(entry.command)}, server ${server}`).join("; ");
  }

  private others(server: ServerId): ServerId[] {
    return this.raft.world.servers.filter((id) => id !== server);
  }
}

function play(subject: Subject, seed: number, forget: Forgetting, tell: History["tell"]): Stage {
  const witness = new Witness();
  const program = withDice(subject, (server) => () => DRAWS[server] ?? 3);
  const stages: Stage[] = [];
  const setup = { subject: program, seed, servers: 3, unwatched: true, observers: [witness] };
  const { failure } = playRaft(setup, (raft) => {
    raft.bootAll();
    const stage = new Stage(raft, witness, forget);
    tell(stage);
    stages.push(stage);
  });
  const [stage] = stages;
  if (stage === undefined) throw new ExperimentError(failure?.message ?? "the history was not told");
  return stage;
}
