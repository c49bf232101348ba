import { equalPlain, type PlainData, type ServerId } from "../../program";
import { at, SceneFailure } from "../../scene";
import type { WorldView } from "../../sim";
import type { Snapshot } from "../messages";
import type { CommitMonitor } from "./commits";
import { shown } from "./words";

/** What is wrong with a state that claims to be the service's after some entry. */
export interface StateProblem {
  readonly rule: string;
  /** Goes on behind “… the state after entry i,”. */
  readonly text: string;
}

/** Quoted where a service would be taken back. */
export const FORWARD = "State never goes back: a snapshot replaces what came before it (§7, Figure 13)";

const COMMITTED = "A snapshot covers committed entries only (§7)";
const TERM = "lastIncludedTerm is the term of the entry at lastIncludedIndex (Figure 13)";
const CONTENTS = "A server resets its state machine with the contents of the snapshot (Figure 13; §7)";

/** The states of the service, as they were handed down, and as they stand on the disks. */
export class ServiceStates {
  /** By index: what was handed down instead of the harness's own state, by a scene or by the service of a student. */
  private readonly handed = new Map<number, PlainData[]>();
  private readonly onDisk = new Map<ServerId, Snapshot>();

  /** The service of some server hands down its state after entry `index`. */
  hands(commits: CommitMonitor, index: number, data: PlainData): void {
    if (equalPlain(commits.stateAt(index), data) || this.wasHanded(index, data)) return;
    const others = this.handed.get(index);
    if (others === undefined) this.handed.set(index, [data]);
    else others.push(data);
  }

  private wasHanded(index: number, data: PlainData): boolean {
    return this.handed.get(index)?.some((other) => equalPlain(other, data)) ?? false;
  }

  /** Forgets what no server can save or restore any more, as all have a later snapshot on their disks: states are large. */
  private forget(world: WorldView): void {
    const real = world.servers.filter((id) => !world.isPuppet(id));
    const oldest = Math.min(...real.map((id) => this.onDisk.get(id)?.lastIncludedIndex ?? 0));
    for (const index of this.handed.keys()) if (index < oldest) this.handed.delete(index);
  }

  /** Says what is wrong with a snapshot, wherever it turns up; nothing if it is right, or cannot be judged. */
  problem(commits: CommitMonitor, index: number, term: number, data: PlainData): StateProblem | undefined {
    if (index > commits.limit) {
      const text = `but entry ${index} is not committed (committed: up to ${commits.commitIndex})`;
      return { rule: COMMITTED, text };
    }
    if (commits.puppetState(index, term, data)) return undefined;
    const entry = commits.entry(index);
    if (entry !== undefined && entry.term !== term) {
      return { rule: TERM, text: `as of term ${term}, but entry ${index} is of term ${entry.term}` };
    }
    const own = commits.stateAt(index);
    if (own === undefined || equalPlain(own, data)) return undefined;
    if (this.wasHanded(index, data)) return undefined;
    const text = `but it is ${shown(data)}; after entry ${index} the service's state is ${shown(own)}`;
    return { rule: CONTENTS, text };
  }

  /** A save replaces the disk's snapshot, or leaves it as it is. */
  saves(world: WorldView, commits: CommitMonitor, server: ServerId, snapshot: Snapshot | null): void {
    const before = this.onDisk.get(server);
    if (snapshot === before || (snapshot === null && before === undefined)) return;
    const had = before?.lastIncludedIndex ?? 0;
    const index = snapshot?.lastIncludedIndex ?? 0;
    if (index < had) {
      const what = index === 0 ? "no snapshot" : `a snapshot up to entry ${index} only`;
      const message =
        `server ${server} saves ${what} at ${at(world.now)}, but its disk held one up to entry ${had}, ` +
        `the only place where these entries still were`;
      throw new SceneFailure("wrong", FORWARD, message, server);
    }
    if (snapshot === null) return;
    this.onDisk.set(server, snapshot);
    if (index === 0) return; // stands for the empty log
    const problem = this.problem(commits, index, snapshot.lastIncludedTerm, snapshot.data);
    if (problem === undefined) return this.forget(world);
    const message = `server ${server} saves a snapshot of the state after entry ${index} at ${at(world.now)}, ${problem.text}`;
    throw new SceneFailure("wrong", problem.rule, message, server);
  }
}
