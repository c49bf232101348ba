import { equalPlain, ProgramError, type PlainData, type ServerId } from "../program";
import { Agreement, pursue, type Assembly, type Taken } from "./agreement";
import { AGREEMENT_LIMIT, LIVENESS, Logs } from "./logs";
import type { Proposal } from "./messages";
import { swarm, type Played, type SwarmPlan } from "./swarm";

/** How a command is to be committed. */
export interface CommitOptions {
  /** How many servers must apply it; by default all that are up and can talk with its leader. */
  readonly on?: number;
  /** False: the first proposal that is accepted must do. By default it is proposed anew when it seems lost. */
  readonly retry?: boolean;
  /** Virtual ms in all. */
  readonly within?: number;
}

/**
 * A cluster of Raft servers, as a scene sees it. Its verbs: **wait and see** (`leader`, `noLeader`, `stays`, `term`, `watch`, `until`),
 * **do harm** (`crash`, `restart`, `crashAt`, `freeze`, `thaw`, `isolate`, `rejoin`, `cut`, `cutOneWay`, `partition`, `heal`,
 * `network`, `hold`, `release`, `storm`, `swarm`), **replicate** (`propose`, `commit`, `agree`, `applied`, `uncommitted`, `snapshot`) and
 * **look** (`followers`, `others`, `log`, `campaigns`, `used`, `budget`, `expect`). All the while the monitors watch
 * every message, every save and all that is applied. The harness is the service above each server.
 */
export class RaftCluster extends Logs {
  private commands = 0;

  // ---------------------------------------------------------------- replicate

  /**
   * Proposes a command to one server.
   *
   * @returns where it put the command; undefined if it does not lead, or is not there to be asked
   */
  propose(server: ServerId, command: PlainData = this.fresh()): Proposal | undefined {
    if (!this.isUp(server) || this.world.isFrozen(server) || this.world.isPuppet(server)) return undefined;
    const value = this.world.invoke(server, "propose", command);
    return value === undefined ? undefined : asProposal(value, server);
  }

  /**
   * Has a command committed by whoever leads, and waits until it is applied: MIT's `one`.
   *
   * @returns its index
   * @throws SceneFailure “stalled” if there is no agreement in time
   */
  commit(command: PlainData = this.fresh(), options: CommitOptions = {}): number {
    const [index = 0] = this.commitAll([command], options);
    return index;
  }

  /** The same for several commands at once, as by as many clients; their order is open. */
  commitAll(commands: readonly PlainData[], options: CommitOptions = {}): number[] {
    const { on, retry = true, within = AGREEMENT_LIMIT } = options;
    const { commits, applies } = this.eyes;
    const assembly: Assembly = {
      now: () => this.now,
      offer: (command) => this.offer(command),
      need: (server) => on ?? this.near(server).length,
      run: (ms, done) => this.run(ms, done),
    };
    const all = commands.map((command) => new Agreement(command, assembly, commits, applies, retry));
    const start = this.now;
    if (pursue(all, assembly, start + within)) return all.map(({ last }) => last?.index ?? 0);
    const open = all.find((one) => !one.done);
    throw this.noAgreement(open?.command ?? null, open?.last, start);
  }

  /** Proposes to whoever leads as far as can be seen; else to one server after the other, as MIT does. */
  private offer(command: PlainData): Taken | undefined {
    const leader = this.leaders.now();
    for (const server of leader === undefined ? this.present() : [leader]) {
      const taken = this.propose(server, command);
      if (taken !== undefined) return { ...taken, server };
    }
    return undefined;
  }

  /**
   * Waits until all that are up have applied the same entries, all that are committed; then that must be exactly `commands`,
   * if they are given.
   *
   * @throws SceneFailure “stalled” if somebody does not catch up in time
   */
  agree(commands?: readonly PlainData[], within = AGREEMENT_LIMIT): void {
    const { commits, applies } = this.eyes;
    const behind = (): ServerId[] =>
      this.running().filter((id) => applies.lastApplied(id) < commits.commitIndex);
    const enough = (): boolean => commits.commitIndex >= (commands?.length ?? 0) && behind().length === 0;
    if (!this.run(within, enough)) {
      const who = this.running().map((id) => `server ${id} has applied ${applies.lastApplied(id)}`);
      const message = `after ${within} ms, with ${commits.commitIndex} entries committed: ${who.join(", ")}`;
      throw this.failure("stalled", "All servers apply all committed entries (§5.3)", message);
    }
    const seen = Array.from({ length: commits.commitIndex }, (_, i) => commits.entry(i + 1)?.command ?? null);
    if (commands === undefined || equalPlain(seen, commands)) return;
    throw this.failure(
      "wrong",
      "What is committed is what was proposed, once and in that order, as long as no leader fails (§5.3)",
      `committed: ${shown(seen)}; expected: ${shown(commands)}`,
    );
  }

  /** Lets `ms` pass, and demands that entry `index` is applied nowhere. */
  uncommitted(index: number, ms = 0): void {
    if (ms > 0) this.run(ms);
    const [server] = this.eyes.applies.appliedAt(index);
    if (server === undefined) return;
    const message = `server ${server} has applied entry ${index}, which no majority can hold`;
    throw this.failure("wrong", "Only what a majority holds is committed (§5.3)", message, server);
  }

  /** The service of `server` hands down its state as it is now, or, if it was slow, as it was after entry `index` (§7). */
  snapshot(server: ServerId, index = this.lastApplied(server)): void {
    const data = this.eyes.commits.stateAt(index);
    if (index > 0 && data !== undefined) this.world.invoke(server, "snapshot", index, data);
  }

  /**
   * Faults with an aim for a while, drawn from the seed: each seed has its own mix of moves and its own rates. At the end all
   * is healed, everybody is up and the network is reliable; ask for `commit()` and `agree()` then.
   *
   * @returns the moves that were made
   */
  swarm(plan: SwarmPlan): Played[] {
    return swarm(this, this.world, plan);
  }

  // ---------------------------------------------------------------- look

  /** A command that no other is equal to. */
  fresh(): string {
    this.commands += 1;
    return `c${this.commands}`;
  }

  // ---------------------------------------------------------------- helpers

  /** The service's part: it takes snapshots when they are due, as its next input, at the same instant. */
  protected override serve(): void {
    super.serve();
    for (const { server, life, index, data } of this.eyes.applies.takeDue()) {
      if (this.isUp(server) && this.world.life(server) === life) {
        this.world.invoke(server, "snapshot", index, data);
      }
    }
  }

  /** Running servers that were not isolated. */
  private present(): ServerId[] {
    return this.running().filter((id) => !this.isAway(id));
  }

  /** `server` and all that it can talk with. */
  private near(server: ServerId): ServerId[] {
    const { world } = this;
    return this.running().filter(
      (id) =>
        id === server || (world.reaches(id, server) && world.reaches(server, id) && !world.isFrozen(id)),
    );
  }

  private noAgreement(command: PlainData, last: Taken | undefined, start: number): Error {
    const { commits } = this.eyes;
    const from = `from ${start.toFixed(0)} to ${this.now.toFixed(0)} ms`;
    if (last === undefined) {
      const message = `nobody accepted ${shown(command)} ${from}: ${this.leaders.whoWaits()}`;
      return this.failure("stalled", LIVENESS, message);
    }
    const { server, index, term } = last;
    const holders = commits.holdersOf(index, term);
    const applied = this.eyes.applies.appliedAt(index);
    const tale =
      commits.commitIndex >= index
        ? `it is committed, and applied by ${list(applied)}`
        : `it is not committed: ${holders.length} of ${this.servers.length} disks hold it (${list(holders)})`;
    const message =
      `no agreement on ${shown(command)} ${from}: server ${server} accepted it as entry ${index} of term ${term}; ${tale}; ` +
      `${this.leaders.whoLeads()}${this.leaders.whoRefuses()}`;
    return this.failure("stalled", LIVENESS, message, server);
  }
}

/** @throws ProgramError for anything but `{ index, term }` */
function asProposal(value: PlainData, server: ServerId): Proposal {
  const { index, term } = value as Partial<Proposal>;
  if (Number.isInteger(index) && Number.isInteger(term)) return value as Proposal;
  throw new ProgramError(
    `Raft.propose on server ${server} returned ${shown(value)}; it must return { index, term } of the new entry, or undefined`,
    server,
  );
}

function list(servers: readonly ServerId[]): string {
  return servers.length === 0 ? "nobody" : servers.map((id) => `server ${id}`).join(", ");
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
