import type { ServerId } from "../../program";
import type { Move, Steps } from "./field";

/** The leader loses the follower whose success it heard last: what it counted on is gone. */
const cutAcknowledger: Move = {
  name: "cut-acknowledger",
  least: 0,
  *play(field): Steps {
    const { leader, acknowledger, cluster } = field;
    if (leader === undefined || acknowledger === undefined) return;
    cluster.cut(leader, acknowledger);
    yield field.between(150, 2000);
    cluster.mend(leader, acknowledger);
  },
};

/** A follower is away for so long that it campaigns, and comes back with its higher term (§5.1). */
const isolateFollower: Move = {
  name: "isolate-follower",
  least: 2000,
  *play(field): Steps {
    const victim = field.anyFollower();
    field.cluster.isolate(victim);
    yield field.between(2000, 4000);
    field.cluster.rejoin(victim);
  },
};

/** The leader is away with commands that nobody else has; meanwhile another may lead, and overwrite them. */
const isolateLeader: Move = {
  name: "isolate-leader",
  least: 1000,
  *play(field): Steps {
    const { leader, cluster, random } = field;
    if (leader === undefined) return;
    cluster.isolate(leader);
    for (let i = random.int(5); i >= 0; i--) cluster.propose(leader);
    yield field.between(500, 3000);
    cluster.rejoin(leader);
  },
};

/** Swizzle: some links go one by one, and come back one by one in another order. */
const swizzle: Move = {
  name: "swizzle",
  least: 1000,
  *play(field): Steps {
    const { random, cluster, world } = field;
    const pairs = world.servers.flatMap((a) =>
      world.servers.filter((b) => b > a).map((b) => [a, b] as const),
    );
    const links = random.shuffle(pairs).slice(0, random.int(pairs.length) + 1);
    for (const [a, b] of links) {
      cluster.cut(a, b);
      yield field.between(10, 200);
    }
    for (const [a, b] of random.shuffle(links)) {
      cluster.mend(a, b);
      yield field.between(10, 200);
    }
  },
};

/** Two halves, drawn at random. */
const partition: Move = {
  name: "partition",
  least: 300,
  *play(field): Steps {
    const { random, cluster, world } = field;
    const order = random.shuffle(world.servers);
    const size = random.int(order.length - 1) + 1;
    cluster.partition(order.slice(0, size), order.slice(size));
    yield field.between(300, 3000);
    cluster.heal();
  },
};

/** One direction of one link goes. */
const oneWay: Move = {
  name: "one-way",
  least: 0,
  *play(field): Steps {
    const { random, cluster, world } = field;
    const [from, to]: readonly ServerId[] = random.shuffle(world.servers);
    if (from === undefined || to === undefined) return;
    cluster.cutOneWay(from, to);
    yield field.between(100, 2500);
    world.mend(from, to);
  },
};

/** Moves that cut links. */
export const CUTS: readonly Move[] = [
  cutAcknowledger,
  isolateFollower,
  isolateLeader,
  swizzle,
  partition,
  oneWay,
];
