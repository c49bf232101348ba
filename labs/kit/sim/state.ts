import { PERFECT_CLOCK, type Micros } from "./clock";
import type { WorldConfig } from "./config";
import { CrashPoints } from "./crash-points";
import { Network } from "./network";
import { Node } from "./node";
import { EventQueue } from "./queue";
import type { Message } from "../trace";
import type { Scheduled } from "./scheduled";
import { Traffic } from "./traffic";

/** All that a world remembers, programs and observers aside. */
export interface WorldState {
  /** Virtual time. */
  us: Micros;
  /** Numbers what is scheduled. */
  order: number;
  /** Numbers what is told to observers. */
  records: number;
  /** Inputs handled so far. */
  inputs: number;
  /** Inputs handled so far at `instantAt`. */
  instantInputs: number;
  instantAt: Micros;
  /** Messages held back, oldest first. */
  held: readonly Message[];
  readonly queue: EventQueue<Scheduled>;
  readonly nodes: readonly Node[];
  readonly network: Network;
  readonly traffic: Traffic;
  readonly crashPoints: CrashPoints;
}

/** A world before anything has happened. Puppets are up. */
export function initialState({
  seed,
  servers,
  clients = 0,
  puppets = [],
  clocks = [],
}: WorldConfig): WorldState {
  const all = servers + clients;
  return {
    us: 0,
    order: 0,
    records: 0,
    inputs: 0,
    instantInputs: 0,
    instantAt: 0,
    held: [],
    queue: new EventQueue(),
    nodes: Array.from({ length: all }, (_, id) => {
      const node = new Node(id, puppets.includes(id), clocks[id] ?? PERFECT_CLOCK);
      if (node.puppet) node.comeUp();
      return node;
    }),
    network: new Network(seed, all),
    traffic: new Traffic(),
    crashPoints: new CrashPoints(),
  };
}

/** An independent copy. What is scheduled, sent or saved never changes, and is shared. */
export function copyState(state: WorldState): WorldState {
  return {
    ...state,
    queue: state.queue.clone(),
    nodes: state.nodes.map((node) => node.clone()),
    network: state.network.clone(),
    traffic: state.traffic.clone(),
    crashPoints: state.crashPoints.clone(),
  };
}
