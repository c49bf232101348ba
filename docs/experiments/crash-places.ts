import type { Effect, ServerId } from "../../labs/kit/program";
import type { Proposal } from "../../labs/kit/raft";
import type { CrashPoint } from "../../labs/kit/sim";
import type { Subject } from "../../labs/kit/subject";
import { withDice } from "./dice";
import { ExperimentError, type Experiment } from "./experiment";
import { playRaft } from "./raft-world";
import { table } from "./table";
import { Witness } from "./witness";

/** Commands that are committed by servers 0 and 1 alone. */
const COMMANDS = 5;

/** The follower whose crash is tried everywhere, and how long it is down, in virtual ms. */
const [FRAIL, DOWN] = [1, 20];

const EFFECTS: readonly Effect["kind"][] = ["save", "reply", "setTimer", "up"];

/** What each server draws instead of a random number: server 0 campaigns first, then server 1. */
const DRAWS = [0, 0.5, 3];

/** One run was cut short by a crash somewhere. */
interface Run {
  /** The crash came; in a short run there are only so many effects. */
  readonly crashed: boolean;
  /** Commands that a service had executed, and that another replaced. */
  readonly lost: number;
}

/** The same run, each time with a crash at another place: is anything lost that was applied? */
export const crashPlaces: Experiment = {
  name: "crash-places",
  question: "A follower crashes before or after its n-th effect: is anything lost that was applied?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const rows = EFFECTS.flatMap((effect) =>
      (["before", "after"] as const).map((when) => {
        const runs: Run[] = [];
        for (let nth = 1; ; nth++) {
          const run = play(subject, seed, { server: FRAIL, effect, nth, when, restartAfter: DOWN });
          if (!run.crashed) break;
          runs.push(run);
        }
        const losing = runs.filter(({ lost }) => lost > 0).length;
        return [`${when} ${TITLES[effect] ?? effect}`, `${runs.length}`, `${losing}`];
      }),
    );
    return (
      `${COMMANDS} commands are committed by two servers of three; one of the two crashes; then the other is cut off,\n` +
      `and the third is back: are commands lost that were applied?\n\n` +
      table(["crash", "places tried", "runs that lose something"], rows)
    );
  },
};

const TITLES: Partial<Record<Effect["kind"], string>> = {
  save: "a save",
  reply: "a reply",
  setTimer: "the start of a timer",
  up: "an apply",
};

function play(subject: Subject, seed: number, point: CrashPoint): Run {
  const witness = new Witness();
  let crashed = false;
  const program = withDice(subject, (server) => () => DRAWS[server] ?? 3);
  const setup = { subject: program, seed, servers: 3, unwatched: true, observers: [witness] };
  const { failure } = playRaft(setup, (raft) => {
    const { world } = raft;
    const propose = (leader: ServerId, command: string): void => {
      const taken = world.invoke(leader, "propose", command) as Proposal | undefined;
      if (taken === undefined) throw new ExperimentError(`server ${leader} does not lead when it should`);
    };
    const isolate = (server: ServerId): void => {
      for (const other of [0, 1, 2].filter((id) => id !== server)) {
        world.cut(server, other);
        world.cut(other, server);
      }
    };
    raft.bootAll();
    raft.watch(450);
    isolate(2);
    world.crashAt(point);
    for (let i = 1; i <= COMMANDS; i++) {
      propose(0, `${i}`);
      raft.watch(30);
    }
    crashed = world.pendingCrashPoints === 0;
    world.clearCrashPoints();
    isolate(0);
    world.mend(1, 2);
    world.mend(2, 1);
    raft.watch(3000);
    const next = [1, 2].find((id) => world.isUp(id) && raft.status(id).isLeader);
    if (next === undefined) throw new ExperimentError("nobody leads when somebody should");
    for (let i = 1; i <= COMMANDS; i++) propose(next, `other ${i}`);
    raft.watch(200);
  });
  if (failure !== undefined) throw new ExperimentError(failure.message);
  const indices = new Set(witness.applied.map(({ index }) => index));
  return { crashed, lost: [...indices].filter((index) => witness.firstOf(index).length > 1).length };
}
