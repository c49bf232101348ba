import type { ServerId } from "../../labs/kit/program";
import type { RaftState } from "../../labs/kit/raft";
import type { Subject } from "../../labs/kit/subject";
import { withDice } from "./dice";
import { ExperimentError, type Experiment } from "./experiment";
import { playRaft, type RaftWorld } from "./raft-world";
import { table } from "./table";
import { Witness } from "./witness";

/** The paper's S1 to S5. */
const [S1, S2, S3, S4, S5] = [0, 1, 2, 3, 4] as const;
const ALL = [S1, S2, S3, S4, S5];

/** What each server draws instead of a random number: S1 is always the first to campaign, S5 the second. */
const DRAWS = [0, 2, 2, 2, 0.25];

/** In so much time somebody is elected, at the third attempt or so, in virtual ms. */
const PATIENCE = 20_000;

/** So long that entries and heartbeats have arrived. */
const SOON = 150;

/** Figure 8 of the paper, step by step: an entry of an old term that a majority holds, and that is overwritten. */
export const figure8: Experiment = {
  name: "figure-8",
  question: "Figure 8: may a leader commit an entry of an older term once a majority holds it?",
  seeds: 1,
  run: ({ subject, seeds: seed }) =>
    [false, true]
      .map((own) => {
        const title = own
          ? "(a), (b), (c), then (e): S1 gets an entry of its own term to a majority, too"
          : "(a), (b), (c), then (d): S1 crashes, and S5 wins";
        return `${title}\n\n${play(subject, seed, own)}`;
      })
      .join("\n\n"),
};

function play(subject: Subject, seed: number, ownEntry: boolean): string {
  const rows: string[][] = [];
  const witness = new Witness();
  const program = withDice(subject, (server) => () => DRAWS[server] ?? 2);
  const setup = { subject: program, seed, servers: ALL.length, unwatched: true, observers: [witness] };
  const outcome = playRaft(setup, (raft) => {
    const { world } = raft;
    const note = (step: string): void => {
      rows.push([step, ...ALL.map((id) => logOf(raft, id)), appliedAs(witness, 2)]);
    };
    const disk: RaftState = {
      currentTerm: 1,
      votedFor: null,
      log: [{ term: 1, command: "one" }],
      snapshot: null,
    };
    for (const id of ALL) world.preload(id, disk);
    raft.bootAll();

    elected(raft, [S1]);
    cutOff(raft, S1, [S3, S4, S5]);
    accepts(raft, S1, "two");
    note("(a) S1 leads term 2: “two” reaches S2 alone");

    world.crash(S1);
    elected(raft, [S5]);
    cutOff(raft, S5, [S1, S2, S3, S4]);
    accepts(raft, S5, "three");
    world.crash(S5);
    note("(b) S5 leads term 3: “three” reaches nobody");

    mend(raft, S1, [S2, S3]);
    world.boot(S1);
    elected(raft, [S1]);
    note("(c) S1 leads term 4: “two” is on a majority");

    if (ownEntry) {
      accepts(raft, S1, "four");
      note("(e) “four” of term 4, too");
    }
    world.crash(S1);
    mend(raft, S5, [S2, S3, S4]);
    world.boot(S5);
    const next = elected(raft, [S2, S3, S4, S5]);
    note(`${ownEntry ? "   " : "(d)"} S1 crashes, S5 is back, an election later`);
    accepts(raft, next, "five");
    note(`    “five” is proposed to S${next + 1}, who leads`);
  });
  if (outcome.failure !== undefined) throw new ExperimentError(outcome.failure.message);
  return table(["terms of the entries", "S1", "S2", "S3", "S4", "S5", "entry 2 applied"], rows, [0, 6]);
}

/** The terms on a disk; in brackets if the server is down. */
function logOf({ world }: RaftWorld, id: ServerId): string {
  const { log } = world.saved(id) as RaftState;
  const terms = log.map(({ term }) => `${term}`).join(" ");
  return world.isUp(id) ? terms : `(${terms})`;
}

function appliedAs(witness: Witness, index: number): string {
  const first = witness
    .firstOf(index)
    .map(({ server, entry }) => `as ${JSON.stringify(entry.command)}, S${server + 1}`);
  return first.join("; ");
}

/** Waits until one of these leads, and has been heard. */
function elected(raft: RaftWorld, candidates: readonly ServerId[]): ServerId {
  const { world } = raft;
  const leads = (): ServerId | undefined =>
    candidates.find((id) => world.isUp(id) && raft.status(id).isLeader);
  world.runUntil(world.now + PATIENCE, () => leads() !== undefined);
  const leader = leads();
  if (leader === undefined) {
    throw new ExperimentError(`none of ${candidates.map((id) => `S${id + 1}`).join(", ")} is elected`);
  }
  raft.watch(SOON);
  return leader;
}

function accepts(raft: RaftWorld, leader: ServerId, command: string): void {
  const taken = raft.world.invoke(leader, "propose", command);
  if (taken === undefined) throw new ExperimentError(`S${leader + 1} does not lead when it should`);
  raft.watch(SOON);
}

function cutOff({ world }: RaftWorld, id: ServerId, others: readonly ServerId[]): void {
  for (const other of others) {
    world.cut(id, other);
    world.cut(other, id);
  }
}

function mend({ world }: RaftWorld, id: ServerId, others: readonly ServerId[]): void {
  for (const other of others) {
    world.mend(id, other);
    world.mend(other, id);
  }
}
