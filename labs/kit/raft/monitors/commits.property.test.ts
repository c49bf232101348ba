import { expect } from "chai";
import { RandomStream, type PlainData, type ServerId } from "../../program";
import { SceneFailure } from "../../scene";
import type { LogEntry, Snapshot } from "../messages";
import { ApplyMonitor } from "./applies";
import { CommitMonitor } from "./commits";
import { Script } from "./fixture";

/** The rule that a model leaves out. */
type Wrong = "counts old terms" | "trusts its own log" | "applies on receipt" | "sends before it has";

interface Server {
  term: number;
  votedFor: ServerId | null;
  log: LogEntry[];
  snapshot: Snapshot | null;
  commit: number;
  applied: number;
  /** While it leads: up to where each one matches. */
  match: number[] | undefined;
  /** Successes that wait for the next save. */
  waiting: Mail[];
  disk: Pick<Server, "term" | "votedFor" | "log" | "snapshot">;
}

interface Mail {
  readonly to: ServerId;
  readonly from: ServerId;
  readonly term: number;
  readonly prev: number;
  readonly prevTerm: number;
  readonly entries: readonly LogEntry[];
  readonly leaderCommit: number;
  readonly snapshot: Snapshot | undefined;
  /** A success on its way back. */
  readonly success: boolean;
}

/**
 * Raft's log without clocks: one random step after the other, messages that overtake each other, come twice or never. Saves
 * of followers may be put off, and their answers with them; everybody may crash at any time.
 */
class Model {
  readonly commits = new CommitMonitor();
  readonly applies = new ApplyMonitor(this.commits, { snapshotEvery: 3 });
  private readonly world: Script;
  private readonly servers: Server[];
  private mail: Mail[] = [];
  private commands = 0;

  constructor(
    private readonly random: RandomStream,
    private readonly wrong?: Wrong,
  ) {
    const count = 3 + random.int(3);
    this.world = new Script([this.commits, this.applies], count);
    this.servers = this.world.servers.map(() => this.fresh());
  }

  step(): void {
    this.world.after(1);
    const { random } = this;
    const id = random.pick(this.world.servers);
    const dice = random.next();
    if (dice < 0.01 || this.leaders.length === 0) this.elect(id);
    else if (dice < 0.02) this.restart(id);
    else if (dice < 0.15) this.propose(random.pick(this.leaders));
    else if (dice < 0.45) this.send(random.pick(this.leaders));
    else if (this.mail.length > 0) this.deliver(random.int(Math.min(this.mail.length, 10)));
    for (const { server, index, data } of this.applies.takeDue()) this.compact(server, index, data);
  }

  /** Those who believe that they lead. */
  private get leaders(): ServerId[] {
    return this.world.servers.filter((id) => this.at(id).match !== undefined);
  }

  private fresh(): Server {
    const disk = { term: 0, votedFor: null, log: [], snapshot: null };
    return { ...disk, log: [], commit: 0, applied: 0, match: undefined, waiting: [], disk };
  }

  private at(id: ServerId): Server {
    const server = this.servers[id];
    if (server === undefined) throw new Error(`there is no server ${id}`);
    return server;
  }

  private save(id: ServerId): void {
    const server = this.at(id);
    const { term, votedFor, log, snapshot, waiting } = server;
    server.disk = { term, votedFor, log: [...log], snapshot };
    this.world.saves(id, { currentTerm: term, votedFor, log: server.disk.log, snapshot });
    server.waiting = [];
    this.mail.push(...waiting);
  }

  private elect(id: ServerId): void {
    const term = Math.max(...this.servers.map((server) => server.term)) + 1;
    const majority = Math.floor(this.servers.length / 2) + 1;
    const asked = this.random
      .shuffle(this.world.servers.filter((other) => other !== id))
      .slice(0, majority - 1);
    const voters = [id, ...asked];
    const last = end(this.at(id));
    let votes = 0;
    for (const voter of voters) {
      const server = this.at(voter);
      const mine = end(server);
      const grants = mine.term < last.term || (mine.term === last.term && mine.index <= last.index);
      Object.assign(server, { term, votedFor: grants ? id : null, match: undefined });
      this.save(voter);
      if (grants) votes += 1;
    }
    if (votes < majority) return;
    const winner = this.at(id);
    winner.match = this.servers.map(() => 0);
    if (this.wrong === undefined) this.missesNothing(winner);
    if (this.wrong === "trusts its own log") winner.commit = last.index;
  }

  /** Leader Completeness (§5.4.3): what the monitor calls committed had better be there for ever. */
  private missesNothing(winner: Server): void {
    for (let index = winner.snapshot?.lastIncludedIndex ?? 1; index <= this.commits.commitIndex; index++) {
      expect(termAt(winner, index)).to.equal(this.commits.entry(index)?.term);
    }
  }

  private restart(id: ServerId): void {
    const { disk } = this.at(id);
    const { snapshot } = disk;
    const commit = snapshot?.lastIncludedIndex ?? 0;
    this.world.crashes(id).boot(id);
    this.servers[id] = { ...this.fresh(), ...disk, log: [...disk.log], commit, applied: commit, disk };
    if (snapshot !== null) this.world.restores(id, commit, snapshot.lastIncludedTerm, snapshot.data);
  }

  private propose(id: ServerId): void {
    const { match, log, term } = this.at(id);
    if (match === undefined) return;
    log.push({ term, command: `c${(this.commands += 1)}` });
    this.save(id);
  }

  private send(from: ServerId): void {
    const leader = this.at(from);
    const { match, term, log, snapshot, commit } = leader;
    const to = this.random.int(this.servers.length);
    if (match === undefined || to === from) return;
    const base = snapshot?.lastIncludedIndex ?? 0;
    const prev = this.random.chance(0.5) ? (match[to] ?? 0) : this.random.int(end(leader).index + 1);
    if (prev < base && snapshot !== null) {
      this.mail.push({
        to,
        from,
        term,
        prev,
        prevTerm: 0,
        entries: [],
        leaderCommit: 0,
        snapshot,
        success: false,
      });
      return;
    }
    const prevTerm = termAt(leader, prev) ?? 0;
    const entries = log.slice(prev - base, prev - base + this.random.int(4));
    const leaderCommit = this.wrong === "sends before it has" ? prev + entries.length : commit;
    const request = {
      term,
      leaderId: from,
      prevLogIndex: prev,
      prevLogTerm: prevTerm,
      entries,
      leaderCommit,
    };
    this.world.calls(from, "appendEntries", request);
    this.mail.push({
      to,
      from,
      term,
      prev,
      prevTerm,
      entries,
      leaderCommit,
      snapshot: undefined,
      success: false,
    });
  }

  private deliver(place: number): void {
    const letter = this.mail[place];
    if (letter === undefined) return;
    if (!this.random.chance(0.1)) this.mail.splice(place, 1); // else it comes again
    if (this.random.chance(0.1)) return;
    if (letter.success) this.acknowledged(letter);
    else this.received(letter);
  }

  private received(letter: Mail): void {
    const { to: id, from, term, prev, prevTerm, entries, leaderCommit } = letter;
    const server = this.at(id);
    const request = {
      term,
      leaderId: from,
      prevLogIndex: prev,
      prevLogTerm: prevTerm,
      entries,
      leaderCommit,
    };
    if (letter.snapshot === undefined) this.world.request(id, from, "appendEntries", request);
    if (term < server.term) return;
    if (term > server.term) Object.assign(server, { term, votedFor: null, waiting: [] });
    server.match = undefined;
    const held =
      letter.snapshot === undefined ? this.append(server, letter) : this.install(id, letter.snapshot);
    if (held !== undefined) {
      const { from: to, to: from } = letter;
      server.waiting.push({
        ...letter,
        to,
        from,
        prev: held,
        entries: [],
        snapshot: undefined,
        success: true,
      });
    }
    if (this.random.chance(0.7)) this.save(id);
    if (held === undefined) return;
    server.commit = Math.max(server.commit, Math.min(leaderCommit, held));
    if (this.wrong === "applies on receipt") server.commit = Math.max(server.commit, held);
    this.apply(id);
  }

  /** @returns up to where the log matches the leader's, if it does */
  private append(server: Server, { prev, prevTerm, entries }: Mail): number | undefined {
    const base = server.snapshot?.lastIncludedIndex ?? 0;
    if (prev >= base && termAt(server, prev) !== prevTerm && prev > 0) return undefined;
    entries.forEach((entry, i) => {
      const index = prev + 1 + i;
      if (index <= base || termAt(server, index) === entry.term) return;
      server.log.length = index - base - 1;
      server.log.push(entry);
    });
    return prev + entries.length;
  }

  private install(id: ServerId, snapshot: Snapshot): number {
    const server = this.at(id);
    const { lastIncludedIndex: index, lastIncludedTerm: term, data } = snapshot;
    if (index <= server.commit) return index;
    const base = server.snapshot?.lastIncludedIndex ?? 0;
    server.log = termAt(server, index) === term ? server.log.slice(index - base) : [];
    Object.assign(server, { snapshot, commit: index, applied: index });
    this.save(id);
    this.world.restores(id, index, term, data);
    return index;
  }

  private acknowledged({ to: id, from, term, prev: held }: Mail): void {
    const leader = this.at(id);
    if (leader.match === undefined || leader.term !== term) return;
    leader.match[from] = Math.max(leader.match[from] ?? 0, held);
    leader.match[id] = end(leader).index;
    const majority = [...leader.match].sort((a, b) => b - a)[Math.floor(leader.match.length / 2)] ?? 0;
    const counts = termAt(leader, majority) === term || this.wrong === "counts old terms";
    if (counts) leader.commit = Math.max(leader.commit, majority);
    this.apply(id);
  }

  private apply(id: ServerId): void {
    const server = this.at(id);
    const last = Math.min(server.commit, end(server).index);
    while (server.applied < last) {
      server.applied += 1;
      const entry = server.log[server.applied - 1 - (server.snapshot?.lastIncludedIndex ?? 0)];
      if (entry !== undefined) this.world.applies(id, server.applied, entry.term, entry.command);
    }
  }

  private compact(id: ServerId, index: number, data: PlainData): void {
    const server = this.at(id);
    const base = server.snapshot?.lastIncludedIndex ?? 0;
    if (index <= base || index > server.applied) return;
    this.world.invokes(id, "snapshot", index, data);
    const lastIncludedTerm = termAt(server, index) ?? 0;
    server.log = server.log.slice(index - base);
    server.snapshot = { lastIncludedIndex: index, lastIncludedTerm, data };
    this.save(id);
  }
}

function termAt({ log, snapshot }: Server, index: number): number | undefined {
  const base = snapshot?.lastIncludedIndex ?? 0;
  return index === base ? (snapshot?.lastIncludedTerm ?? 0) : log[index - base - 1]?.term;
}

function end({ log, snapshot }: Server): { readonly index: number; readonly term: number } {
  const index = (snapshot?.lastIncludedIndex ?? 0) + log.length;
  return { index, term: log.at(-1)?.term ?? snapshot?.lastIncludedTerm ?? 0 };
}

const STEPS = 400;

/** Plays one run to its end, or to the first accusation. */
function play(seed: number, wrong?: Wrong): { readonly model: Model; readonly said: string } {
  const model = new Model(RandomStream.from(seed), wrong);
  try {
    for (let i = 0; i < STEPS; i++) model.step();
  } catch (error) {
    if (!(error instanceof SceneFailure)) throw error;
    return { model, said: `${error.rule}: ${error.message}` };
  }
  return { model, said: "nothing" };
}

const SEEDS = Array.from({ length: 100 }, (_, seed) => seed);

describe("a model of replication (seeds 0 to 99)", () => {
  it("is never accused, and commits", () => {
    let entries = 0;
    for (const seed of SEEDS) {
      const { model, said } = play(seed);
      expect(said, `seed ${seed}`).to.equal("nothing");
      entries += model.commits.commitIndex;
    }
    expect(entries).to.be.greaterThan(500);
  });

  const accused = (wrong: Wrong): readonly string[] =>
    SEEDS.map((seed) => play(seed, wrong).said).filter((said) => said !== "nothing");

  it("is accused if it commits an older term's entry by counting (Figure 8)", () => {
    expect(accused("counts old terms").filter((said) => said.includes("Figure 8"))).not.to.be.empty;
  });

  it("is accused if it takes for committed what was only elected, received or sent", () => {
    for (const wrong of ["trusts its own log", "applies on receipt", "sends before it has"] as const) {
      expect(accused(wrong).length, wrong).to.be.greaterThan(90);
    }
  });
});
