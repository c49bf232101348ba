import { sizeOfPlain, type ServerId } from "../program";
import type { NetworkName, World } from "../sim";
import { Elections } from "./elections";
import type { Eyes } from "./leaders";
import type { LogEntry } from "./messages";
import type { ApplyMonitor } from "./monitors/applies";
import type { CommitMonitor } from "./monitors/commits";
import { asRaftState } from "./state";

/** MIT's limit for an agreement: ten seconds, whatever it takes. In virtual ms. */
export const AGREEMENT_LIMIT = 10_000;

/** Quoted when something that should be committed is not. */
export const LIVENESS = "A leader that keeps a majority commits what it accepts (§5.3; MIT 6.5840, one())";

/** The monitors that a scene about logs may question. */
export interface LogEyes extends Eyes {
  readonly commits: CommitMonitor;
  readonly applies: ApplyMonitor;
}

/** The verbs that look at logs: what is committed and applied, and what the disks hold. */
export class Logs extends Elections {
  constructor(
    world: World,
    protected override readonly eyes: LogEyes,
    network?: NetworkName,
    limit?: number,
  ) {
    super(world, eyes, network, limit);
  }

  /** How many servers that are up have applied entry `index` in their present life; MIT's nCommitted. */
  applied(index: number): number {
    return this.eyes.applies.appliedAt(index).length;
  }

  /** The last entry that `server` has applied in its present life. */
  lastApplied(server: ServerId): number {
    return this.eyes.applies.lastApplied(server);
  }

  /** The committed entry `index`. */
  committed(index: number): LogEntry | undefined {
    return this.eyes.commits.entry(index);
  }

  /** The last index that a majority holds. */
  get commitIndex(): number {
    return this.eyes.commits.commitIndex;
  }

  /** Waits until `on` servers have applied entry `index`. */
  awaitApplied(index: number, on = this.running().length, within = AGREEMENT_LIMIT): void {
    if (this.run(within, () => this.applied(index) >= on)) return;
    const count = this.applied(index);
    const message = `entry ${index} was applied by ${count} of ${on} servers within ${within} ms; ${this.leaders.whoLeads()}${this.leaders.whoRefuses()}`;
    throw this.failure("stalled", LIVENESS, message);
  }

  /** What `server`'s disk holds of the log: entry `first` and those behind it. */
  log(server: ServerId): { readonly first: number; readonly entries: readonly LogEntry[] } {
    const state = asRaftState(this.world.saved(server));
    return { first: (state?.snapshot?.lastIncludedIndex ?? 0) + 1, entries: state?.log ?? [] };
  }

  /** Bytes on `server`'s disk, its snapshot not counted; MIT's log size. */
  logBytes(server: ServerId): number {
    const state = asRaftState(this.world.saved(server));
    return state === undefined ? 0 : sizeOfPlain({ ...state, snapshot: null });
  }

  /** Bytes of all that the program on `server` keeps in its fields. */
  memory(server: ServerId): number {
    return this.world.weigh(server);
  }
}
