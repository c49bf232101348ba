import type { Driver } from "../../labs/kit/program";
import type { Observer } from "../../labs/kit/sim";
import { EventQueue, type Due } from "../../labs/kit/sim/queue";
import type { Subject } from "../../labs/kit/subject";
import { Trace } from "../../labs/kit/trace";
import { least } from "./measure";
import { monitors, quietCluster, raftOf } from "./quiet";
import { Recorder, Replayer } from "./replay";

/** Virtual time of one run, in ms. */
const SPAN = 10 * 60_000;
const ROUNDS = 9;

/** A part of the cost of an event. */
export interface Part {
  readonly name: string;
  /** Microseconds of processor time an event. */
  readonly us: number;
  /** The plain world, with its programs and no observers, is 1. */
  readonly ratio: number;
}

/** What an event costs. An event is an input that a server handles, with all that follows from it. */
export interface Parts {
  /** Inputs of one run. */
  readonly events: number;
  /** One by one. */
  readonly parts: readonly Part[];
  /** With more and more of them. */
  readonly sums: readonly Part[];
}

/**
 * Measures the parts of an event on the quiet cluster: what is switched off is what was not paid for.
 *
 * - queue: as many pushes and pops, of a queue as long;
 * - network, disks, clocks: a world whose programs only repeat what was recorded, less the queue;
 * - copies: all that was sent and saved, copied once more;
 * - handlers, with the context that writes effects down: the plain world, less all of these;
 * - monitors, trace and hash: the plain world with them, less the plain world.
 */
export function measureParts(subject: Subject): Parts {
  const recorder = new Recorder(raftOf(subject));
  const recorded = quietCluster(recorder, []);
  recorded.runUntil(SPAN);
  const events = recorded.inputCount;
  const { order: scheduled, queue } = recorded.capture().state;
  const run =
    (driver: () => Driver, observers: () => readonly Observer[] = () => []) =>
    () => {
      const world = quietCluster(driver(), observers());
      return (): void => void world.runUntil(SPAN);
    };
  const raft = (): Driver => raftOf(subject);
  const ms = least(
    {
      queue: () => () => exerciseQueue(scheduled, queue.length),
      copies: () => () => recorder.copyAgain(),
      world: run(() => new Replayer(recorder.answers)),
      plain: run(raft),
      monitored: run(raft, monitors),
      traced: run(raft, () => [new Trace()]),
      all: run(raft, () => [new Trace(), ...monitors()]),
    },
    ROUNDS,
  );
  const part = (name: string, cost: number): Part => ({
    name,
    us: (cost * 1000) / events,
    ratio: cost / ms.plain,
  });
  return {
    events,
    parts: [
      part("queue", ms.queue),
      part("network, disks, clocks", ms.world - ms.queue),
      part("copies", ms.copies),
      part("handlers", ms.plain - ms.world - ms.copies),
      part("monitors", ms.monitored - ms.plain),
      part("trace and hash", ms.traced - ms.plain),
    ],
    sums: [
      part("world, answers replayed", ms.world),
      part("plain: world and programs", ms.plain),
      part("plain, monitors", ms.monitored),
      part("plain, trace", ms.traced),
      part("plain, monitors, trace", ms.all),
    ],
  };
}

/** Pushes and pops `count` times, with about `length` items in the queue. */
function exerciseQueue(count: number, length: number): void {
  const queue = new EventQueue<Due>();
  for (let order = 0; order < count; order++) {
    const now = order < length ? 0 : (queue.pop()?.at ?? 0);
    queue.push({ at: now + ((order * 7919) % 2000), order });
  }
}
