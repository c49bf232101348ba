import type { ServerId } from "../../program";
import type { Field, Move, Steps } from "./field";

/** So many commands that a follower that misses them cannot be brought up to date with one call. */
const FLOOD = 300;

/** Many commands at one instant; in one case of ten very many. */
const burst: Move = {
  name: "burst",
  least: 0,
  play(field): undefined {
    const { random } = field;
    const count = random.chance(0.1) ? FLOOD : random.int(20) + 1;
    for (let i = 0; i < count; i++) field.propose();
  },
};

/** Every server that takes it gets a command: leaders that are deposed and do not know it, too. */
const burstEverywhere: Move = {
  name: "burst-everywhere",
  least: 0,
  *play(field): Steps {
    for (let i = field.random.int(5); i >= 0; i--) {
      for (const server of field.cluster.running()) field.cluster.propose(server);
      yield field.between(1, 20);
    }
  },
};

/**
 * The way to Figure 8: a leader tells one follower alone of a command and crashes; another one leads without it and crashes with a
 * command of its own; then the first is back, and the older command may reach a majority late.
 */
const figure8: Move = {
  name: "figure-8",
  least: 2500,
  *play(field): Steps {
    const { cluster, random } = field;
    const first = field.leader;
    const others = field.cluster.running().filter((id) => id !== first);
    if (first === undefined || others.length === 0) return;
    const confidant = random.pick(others);
    for (const other of cluster.others(first, confidant)) cluster.cut(first, other);
    cluster.propose(first);
    yield field.between(5, 40);
    cluster.crash(first);
    for (const other of cluster.others(first)) cluster.mend(first, other);

    const enough = others.length - 1 >= field.majority;
    if (enough) cluster.isolate(confidant); // whoever leads now knows nothing of the command
    yield field.between(900, 1500);
    const second = field.leader;
    if (second !== undefined && second !== first) yield* loses(field, second);
    cluster.restart(first);
    if (enough) cluster.rejoin(confidant);
    yield field.between(500, 900);

    const third = field.leader;
    if (third !== undefined) yield* spreads(field, third);
    if (second !== undefined) cluster.restart(second);
  },
};

/** A leader takes a command that nobody else hears of, and crashes. */
function* loses(field: Field, leader: ServerId): Steps {
  const { cluster } = field;
  cluster.isolate(leader);
  cluster.propose(leader);
  yield field.between(5, 40);
  cluster.crash(leader);
  cluster.rejoin(leader);
}

/** A leader crashes while it hands out what it found in its log. */
function* spreads(field: Field, leader: ServerId): Steps {
  const { cluster, random } = field;
  cluster.crashAt({
    server: leader,
    effect: "call",
    nth: random.int(2 * cluster.servers.length) + 1,
    when: "after",
    restartAfter: field.between(300, 1200),
  });
  if (random.chance(0.5)) cluster.propose(leader);
  yield field.between(50, 400);
}

/** Moves that are about commands. */
export const PROPOSALS: readonly Move[] = [burst, burstEverywhere, figure8];
