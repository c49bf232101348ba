import { equalPlain, type PlainData, type ServerId } from "../program";
import type { Proposal } from "./messages";
import type { ApplyMonitor } from "./monitors/applies";
import type { CommitMonitor } from "./monitors/commits";

/** How long one proposal may take until it counts as lost (MIT); in virtual ms. */
const PROPOSAL_LIMIT = 2000;

/** How long to wait until somebody may be ready to take a proposal, in virtual ms. */
const NOBODY_TOOK_IT = 50;

/** A proposal, and who took it. */
export type Taken = Proposal & { readonly server: ServerId };

/** What an agreement needs of its cluster. */
export interface Assembly {
  /** Virtual time in ms. */
  now(): number;
  /** Proposes to whoever seems to lead. */
  offer(command: PlainData): Taken | undefined;
  /** How many servers have to apply what `server` took. */
  need(server: ServerId): number;
  run(ms: number, done: () => boolean): boolean;
}

/** The way of one command into the log: MIT's `one`, of which several may be under way at once. */
export class Agreement {
  /** The last proposal of it that was accepted. */
  last: Taken | undefined;
  /** The one that is under way. */
  private taken: Taken | undefined;
  private since = 0;

  constructor(
    readonly command: PlainData,
    private readonly assembly: Assembly,
    private readonly commits: CommitMonitor,
    private readonly applies: ApplyMonitor,
    /** False: only the first proposal that is accepted counts. */
    private readonly retry: boolean,
  ) {}

  /** True once enough servers have applied it where it was proposed last. */
  get done(): boolean {
    if (this.taken === undefined) return false;
    const { index, server } = this.taken;
    if (this.commits.commitIndex < index || !this.isThere()) return false;
    return this.applies.appliedAt(index).length >= this.assembly.need(server);
  }

  /** True if nothing can come of it any more. */
  get failed(): boolean {
    return !this.retry && this.isLost;
  }

  /** Proposes it, if it is not under way. */
  push(): void {
    if (this.taken !== undefined && !this.isLost) return;
    this.taken = this.assembly.offer(this.command);
    this.last = this.taken ?? this.last;
    this.since = this.assembly.now();
  }

  /** When to look again although nothing has happened, in virtual ms. */
  get patience(): number {
    return this.taken === undefined ? this.assembly.now() + NOBODY_TOOK_IT : this.since + PROPOSAL_LIMIT;
  }

  /** True if it waits in vain: something else is at its place, or it has taken too long. */
  get isLost(): boolean {
    if (this.taken === undefined) return false;
    if (this.assembly.now() >= this.since + PROPOSAL_LIMIT) return true;
    return this.commits.commitIndex >= this.taken.index && !this.isThere();
  }

  private isThere(): boolean {
    if (this.taken === undefined) return false;
    const entry = this.commits.entry(this.taken.index);
    return entry?.term === this.taken.term && equalPlain(entry.command, this.command);
  }
}

/**
 * Pursues agreements until all are done.
 *
 * @returns false if one has failed, or `end` (virtual ms) has come
 */
export function pursue(agreements: readonly Agreement[], assembly: Assembly, end: number): boolean {
  for (;;) {
    const open = agreements.filter((one) => !one.done);
    if (open.length === 0) return true;
    if (end - assembly.now() < 0.001 || open.some((one) => one.failed)) return false;
    for (const one of open) one.push();
    const wake = Math.min(end, ...open.map((one) => one.patience));
    assembly.run(Math.max(wake - assembly.now(), 0.001), () => open.some((one) => one.done || one.isLost));
  }
}
