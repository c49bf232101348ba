import type { RandomStream } from "../program";
import type { World } from "../sim";
import { Field, MOVES, type Move, type Steps, type Swarmed } from "./moves";

/** Faults that steer: moves with an aim, of which each seed draws its own mix. */
export interface SwarmPlan {
  /** How long, in virtual ms. */
  readonly ms: number;
  /** The moves that may occur, by name; all if absent. */
  readonly moves?: readonly string[];
  /** About how many commands are proposed in a virtual second, bursts not counted; each seed draws its own rate. 10 if absent. */
  readonly proposals?: number;
}

/** What a seed drew. */
interface Mix {
  readonly moves: readonly { readonly move: Move; readonly weight: number }[];
  /** Virtual ms from move to move, and from proposal to proposal, on average. */
  readonly pace: number;
  readonly gap: number;
}

/** A move that was made, and when. */
export interface Played {
  /** Virtual time in ms. */
  readonly at: number;
  readonly move: string;
}

/** Virtual ms that trouble goes on, and how long the cluster is left alone after that. */
const TROUBLE = { min: 3000, max: 5000 };
const QUIET = { min: 1500, max: 2500 };

/** A move that needs so many virtual ms is a long one. */
const LONG = 2000;

/** The world counts whole microseconds; a sum of fractions may lie beyond one by its last bit. */
const INSTANT = 0.001;

/**
 * Plays a {@link SwarmPlan}; all is drawn from the seed's own stream for faults. Trouble comes in spells. Between
 * them all is healed for a while, so that a majority elects and commits: deep states lie behind many such rounds. At the end
 * all is healed, everybody is up, the network is good, and whatever was held is released.
 *
 * @returns the moves that were made
 * @throws Error for a move that nobody knows
 */
export function swarm(cluster: Swarmed, world: World, plan: SwarmPlan): Played[] {
  const random = world.stream("faults", "swarm", world.now);
  const field = new Field(cluster, world, random);
  const mix = draw(random, plan);
  const end = world.now + plan.ms;
  const played: Played[] = [];
  while (end - world.now >= INSTANT) {
    const until = Math.min(end, world.now + random.between(TROUBLE.min, TROUBLE.max));
    const trouble = new Agenda(cluster, world);
    trouble.add(clients(field, mix));
    trouble.add(troubles(field, mix, until, trouble, played));
    trouble.runUntil(until);
    calm(field);
    const quiet = new Agenda(cluster, world);
    quiet.add(clients(field, mix));
    quiet.runUntil(Math.min(end, world.now + random.between(QUIET.min, QUIET.max)));
  }
  return played;
}

/** Each move is in the mix of every other seed, with a weight of its own; small weights are likelier than large ones. */
function draw(random: RandomStream, { moves, proposals = 10 }: SwarmPlan): Mix {
  const known = moves === undefined ? MOVES : moves.map(moveOf);
  const chosen = known.filter(() => random.chance(0.5));
  const some = chosen.length > 0 ? chosen : [random.pick(known)];
  return {
    moves: some.map((move) => ({ move, weight: 0.1 + random.next() * random.next() })),
    pace: random.between(60, 700),
    gap: proposals > 0 ? 1000 / (proposals * random.between(0.2, 2)) : Infinity,
  };
}

function moveOf(name: string): Move {
  const move = MOVES.find((each) => each.name === name);
  if (move !== undefined) return move;
  throw new Error(`no move is called “${name}”; there are ${MOVES.map((each) => each.name).join(", ")}`);
}

/** Commands come in, mostly at the leader. */
function* clients(field: Field, { gap }: Mix): Steps {
  const { cluster, random } = field;
  while (gap < Infinity) {
    yield field.between(0.2, 1.8) * gap;
    if (random.chance(0.8)) field.propose();
    else for (const server of cluster.running()) cluster.propose(server);
  }
}

/**
 * Makes one move after the other, of those for which there is time. In every other spell a long move comes first, and has some
 * time for itself: much that others break at once would spoil it.
 */
function* troubles(
  field: Field,
  { moves, pace }: Mix,
  until: number,
  agenda: Agenda,
  played: Played[],
): Steps {
  const { random, world } = field;
  const make = (move: Move): void => {
    played.push({ at: world.now, move: move.name });
    const steps = move.play(field);
    if (steps !== undefined) agenda.add(steps);
  };
  const long = moves.filter(({ move }) => move.least >= LONG && move.least <= until - world.now);
  if (long.length > 0 && random.chance(0.5)) {
    const { move } = random.pick(long);
    make(move);
    yield field.between(0, move.least);
  }
  for (;;) {
    yield field.between(0.2, 1.8) * pace;
    const fit = moves.filter(({ move }) => move.least <= until - world.now);
    let ticket = random.next() * fit.reduce((sum, { weight }) => sum + weight, 0);
    const drawn = fit.find(({ weight }) => (ticket -= weight) < 0) ?? fit.at(-1);
    if (drawn !== undefined) make(drawn.move);
  }
}

/** Mends all that moves can break. */
function calm({ cluster, world, servers }: Field): void {
  world.clearCrashPoints();
  cluster.release();
  cluster.network("reliable");
  cluster.heal();
  for (const server of servers) cluster.thaw(server);
  cluster.restart(...servers);
}

/** Several things that go on at once, each in steps. */
class Agenda {
  private readonly open: { readonly steps: Steps; due: number }[] = [];

  constructor(
    private readonly cluster: Swarmed,
    private readonly world: World,
  ) {}

  /** Its first step is taken at once. */
  add(steps: Steps): void {
    const wait = steps.next();
    if (wait.done !== true) this.open.push({ steps, due: this.world.now + wait.value });
  }

  /** Whatever is not through by then stays where it is. */
  runUntil(end: number): void {
    while (end - this.world.now >= INSTANT) {
      const next = this.open.reduce((due, each) => Math.min(due, each.due), end);
      if (next - this.world.now >= INSTANT) this.cluster.watch(next - this.world.now);
      for (const each of [...this.open]) if (each.due - this.world.now < INSTANT) this.step(each);
    }
  }

  private step(one: { readonly steps: Steps; due: number }): void {
    const wait = one.steps.next();
    if (wait.done === true) this.open.splice(this.open.indexOf(one), 1);
    else one.due = this.world.now + wait.value;
  }
}
