import type { Effect, ServerId } from "../../program";
import type { Field, Move, Steps } from "./field";

const EFFECTS: readonly Effect["kind"][] = ["save", "call", "reply"];

/** How long a crashed server is away, in virtual ms. */
function away(field: Field): number {
  return field.between(50, 1500);
}

/** A server crashes between two of its inputs. */
const crash: Move = {
  name: "crash",
  least: 0,
  *play(field): Steps {
    const victim = field.anyone();
    field.cluster.crash(victim);
    yield away(field);
    field.cluster.restart(victim);
  },
};

/** A server crashes in the middle of its effects: before or after one of its next saves, calls or replies. */
const crashAtPlace: Move = {
  name: "crash-at-place",
  least: 0,
  play(field): undefined {
    const { random, cluster } = field;
    cluster.crashAt({
      server: field.anyone(),
      effect: random.pick(EFFECTS),
      nth: random.int(3) + 1,
      when: random.chance(0.5) ? "before" : "after",
      restartAfter: away(field),
    });
  },
};

/** The leader takes a command, saves it, and crashes before anybody else hears of it. */
const crashSavedLeader: Move = {
  name: "crash-saved-leader",
  least: 0,
  play(field): undefined {
    const server = field.leader;
    if (server === undefined) return;
    const restartAfter = away(field);
    field.cluster.crashAt({ server, effect: "save", nth: 1, when: "after", restartAfter });
    field.cluster.propose(server);
  },
};

/** A majority crashes, one server after the other, and comes back in another order. */
const crashMajority: Move = {
  name: "crash-majority",
  least: 500,
  *play(field): Steps {
    const { random, cluster } = field;
    const victims: ServerId[] = random.shuffle(field.servers).slice(0, field.majority);
    for (const victim of victims) {
      cluster.crash(victim);
      yield field.between(1, 150);
    }
    for (const victim of random.shuffle(victims)) {
      yield field.between(1, 400);
      cluster.restart(victim);
    }
  },
};

/** Moves that end lives. */
export const CRASHES: readonly Move[] = [crash, crashAtPlace, crashSavedLeader, crashMajority];
