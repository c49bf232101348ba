import { expect } from "chai";
import { ProgramError, type PlainData, type ServerId } from "../../program";
import { SceneFailure } from "../../scene";
import type { AppendEntriesRequest, LogEntry, Snapshot } from "../messages";
import { ApplyMonitor } from "./applies";
import { CommitMonitor } from "./commits";
import { appendEntries, installSnapshot, logOf, Script } from "./fixture";

interface Watched {
  readonly world: Script;
  readonly commits: CommitMonitor;
  readonly applies: ApplyMonitor;
}

function watched(servers = 3, snapshotEvery = 0): Watched {
  const commits = new CommitMonitor();
  const applies = new ApplyMonitor(commits, { snapshotEvery });
  return { world: new Script([commits, applies], servers), commits, applies };
}

/** Servers 0 and 1 of three have committed entries of these terms, the last of them the current one. */
function committed(terms: readonly number[], snapshotEvery = 0): Watched {
  const all = watched(3, snapshotEvery);
  const currentTerm = terms.at(-1) ?? 1;
  for (const server of [0, 1]) all.world.saves(server, { currentTerm, votedFor: null, log: logOf(...terms) });
  return all;
}

/** `server` applies the right entries `from` to `to`. */
function applies({ world, commits }: Watched, server: ServerId, to: number, from = 1): Script {
  for (let index = from; index <= to; index++) {
    const entry = commits.entry(index);
    if (entry === undefined) throw new Error(`nothing is known of entry ${index}`);
    world.applies(server, index, entry.term, entry.command);
  }
  return world;
}

/** The right snapshot after entry `index` of term 1. */
function snapshot({ commits }: Watched, index: number): Snapshot {
  return { lastIncludedIndex: index, lastIncludedTerm: 1, data: commits.stateAt(index) ?? null };
}

function compacts(all: Watched, server: ServerId, index: number, terms: readonly number[]): Script {
  const log = logOf(...terms).slice(index);
  return all.world.saves(server, { currentTerm: 1, votedFor: null, log, snapshot: snapshot(all, index) });
}

/** What a monitor says, as rule and message together. */
function accusation(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SceneFailure) return `${error.rule}: ${error.message}`;
    throw error;
  }
  return "nothing";
}

describe("the apply monitor accuses", () => {
  it("a hole and a repeat", () => {
    const all = committed([1, 1, 1, 1, 1]);
    applies(all, 1, 3).after(7);
    const hole = accusation(() => all.world.applies(1, 5, 1, "1.5"));
    expect(hole).to.match(/^If commitIndex > lastApplied: increment lastApplied.*Figure 2/);
    expect(hole).to.contain(
      "server 1 applies entry 5 at 7.000 ms, but the last in this life was 3: entry 4 is missing",
    );
    expect(accusation(() => all.world.applies(1, 3, 1, "1.3"))).to.contain("it is handed over twice");
    expect(accusation(() => all.world.applies(0, 4, 1, "1.4"))).to.contain(
      "nothing was handed over in this life yet: entries 1 to 3 are missing",
    );
  });

  it("a life that goes on where the last one ended", () => {
    const all = committed([1, 1]);
    applies(all, 0, 1).crashes(0).boot(0);
    expect(accusation(() => all.world.applies(0, 2, 1, "1.2"))).to.contain("entry 1 is missing");
  });

  it("a snapshot on the disk that is not restored first", () => {
    const all = committed([1, 1, 1]);
    applies(all, 0, 2);
    compacts(all, 0, 2, [1, 1, 1]).crashes(0).boot(0);
    const said = accusation(() => all.world.applies(0, 3, 1, "1.3"));
    expect(said).to.match(
      /Figure 13.*began with a snapshot up to entry 2 on the disk.*first, by ctx\.restore/,
    );
  });

  it("what no majority holds", () => {
    const { world } = watched();
    world.saves(2, { currentTerm: 1, votedFor: 2, log: logOf(1) });
    const said = accusation(() => world.applies(2, 1, 1, "1.1"));
    expect(said).to.match(
      /^Only committed entries are applied.*§5\.3.*server 2 applies entry 1 \(term 1, "1\.1"\)/,
    );
    expect(said).to.contain("server 2 holds it on disk (1 of 3; a majority is 2)");
  });

  it("an older term's entry that was counted (Figure 8)", () => {
    const { world } = watched();
    world.saves(1, { currentTerm: 3, votedFor: 1 });
    for (const server of [0, 1]) world.saves(server, { currentTerm: 4, votedFor: 0, log: logOf(2) });
    expect(accusation(() => world.applies(0, 1, 2, "2.1"))).to.match(
      /^Only log entries from the leader's current term.*servers 0 and 1 hold it on disk \(2 of 3\), but while in term 2 nobody did/,
    );
  });

  it("another entry than the committed one, by term or by command", () => {
    const all = committed([1, 2]);
    all.world.after(4);
    applies(all, 0, 1);
    const said = accusation(() => all.world.applies(2, 1, 1, "other"));
    expect(said).to.match(/^State Machine Safety.*§5\.4\.3, Figure 3/);
    expect(said).to.contain(
      'as "other" of term 1, but entry 1 is "1.1" of term 1, server 0 applied it at 4.000 ms',
    );
    expect(accusation(() => all.world.applies(2, 1, 2, "1.1"))).to.contain('as "1.1" of term 2');
    expect(accusation(() => all.world.applies(0, 2, 1, "1.1"))).to.match(
      /"2\.2" of term 2, committed since 0\.000 ms; what it hands over is entry 1: is an index off by one\?/,
    );
  });

  it("a state that goes back, on the way up or on the disk", () => {
    const all = committed([1, 1, 1]);
    applies(all, 0, 3);
    expect(accusation(() => all.world.restores(0, 2, 1, snapshot(all, 2).data))).to.match(
      /^State never goes back.*restores the state after entry 2 .* its service is at entry 3 already/,
    );
    compacts(all, 0, 3, [1, 1, 1]);
    expect(accusation(() => compacts(all, 0, 2, [1, 1, 1]))).to.match(
      /State never goes back.*a snapshot up to entry 2 only .* held one up to entry 3/,
    );
    expect(accusation(() => all.world.saves(0, { currentTerm: 1, votedFor: null }))).to.contain(
      "no snapshot",
    );
  });

  it("a snapshot of what is not committed, of another term, or with another state", () => {
    const all = committed([1, 1]);
    const { world } = all;
    const { data } = snapshot(all, 2);
    expect(accusation(() => world.restores(2, 3, 1, data))).to.contain(
      "entry 3 is not committed (committed: up to 2)",
    );
    expect(accusation(() => world.restores(2, 2, 2, data))).to.contain(
      "as of term 2, but entry 2 is of term 1",
    );
    expect(accusation(() => world.restores(2, 1, 1, data))).to.match(
      /contents of the snapshot.*restores the state after entry 1 .*, but it is \{"index":2,.*the service's state is \{"index":1,/,
    );
    const save = { currentTerm: 1, votedFor: null, snapshot: { ...snapshot(all, 2), data: "made up" } };
    expect(accusation(() => world.saves(2, save))).to.match(
      /server 2 saves a snapshot of the state after entry 2 .*, but it is "made up"/,
    );
  });

  it("no scene but a program for arguments that are none", () => {
    const { world } = committed([1]);
    const says = (run: () => unknown, what: string): void => {
      expect(run).to.throw(ProgramError, `${what} must be a whole number, 1 or more; it is`);
    };
    says(() => world.applies(0, "1", 1, "1.1"), "apply on server 0: index");
    says(() => world.applies(0, 0, 1, "1.1"), "apply on server 0: index");
    says(() => world.applies(0, 1, 0.5, "1.1"), "apply on server 0: term");
    says(() => world.restores(0, 0, 1, null), "restore on server 0: index");
    says(() => world.restores(0, 1, null, null), "restore on server 0: term");
  });
});

describe("the apply monitor does not accuse", () => {
  it("a new life that applies all again, with or without a snapshot", () => {
    const all = committed([1, 1, 1]);
    applies(all, 0, 3).crashes(0);
    expect([all.applies.lastApplied(0), all.applies.appliedAt(1)]).to.eql([0, []]);
    all.world.boot(0);
    applies(all, 0, 3);
    compacts(all, 0, 2, [1, 1, 1]).boot(0).restores(0, 2, 1, snapshot(all, 2).data);
    applies(all, 0, 3, 3);
    expect(all.applies.appliedAt(3)).to.eql([0]);
  });

  it("a snapshot that is installed, again too, and what is applied after it", () => {
    const all = committed([1, 1, 1]);
    const { data } = snapshot(all, 2);
    all.world.saves(2, { currentTerm: 1, votedFor: null, snapshot: snapshot(all, 2) });
    all.world.restores(2, 2, 1, data).restores(2, 2, 1, data);
    applies(all, 2, 3, 3);
    expect([all.applies.lastApplied(2), all.applies.changes]).to.eql([3, 3]);
  });

  it("a state that a scene handed down instead of the harness's own", () => {
    const all = committed([1, 1]);
    const own = { lastIncludedIndex: 2, lastIncludedTerm: 1, data: "a scene's" };
    applies(all, 0, 2).invokes(0, "snapshot", 2, "a scene's");
    all.world.saves(0, { currentTerm: 1, votedFor: null, snapshot: own }).boot(0);
    all.world.restores(0, 2, 1, "a scene's");
  });

  it("a snapshot of index 0, which stands for the empty log", () => {
    const { world } = watched();
    const empty = { lastIncludedIndex: 0, lastIncludedTerm: 0, data: null };
    world.saves(0, { currentTerm: 0, votedFor: null, snapshot: empty });
    world.saves(0, { currentTerm: 1, votedFor: null });
  });
});

describe("below a puppet that leads, the apply monitor", () => {
  const told = (entries: readonly LogEntry[], leaderCommit: number): PlainData => ({
    ...(appendEntries(2, 0, [0, 0], entries) as AppendEntriesRequest),
    leaderCommit,
  });

  function led(): Watched {
    const all = watched();
    all.world.puppets.add(0);
    all.world.request(1, 0, "appendEntries", told(logOf(1, 2), 2));
    all.world.saves(1, { currentTerm: 2, votedFor: null, log: logOf(1, 2) });
    return all;
  }

  it("lets apply what it called committed, and then knows it", () => {
    const { world, commits } = led();
    world.applies(1, 1, 1, "1.1").applies(1, 2, 2, "2.2");
    expect([commits.commitIndex, commits.committedIn(1), commits.entry(1)?.command]).to.eql([2, 2, "1.1"]);
    expect(accusation(() => world.applies(2, 1, 1, "other"))).to.contain("server 1 applied it");
  });

  it("accuses who applies something else, or more", () => {
    const { world } = led();
    expect(accusation(() => world.applies(1, 1, 1, "other"))).to.contain(
      '"1.1" of term 1, as the leader that it follows has sent it',
    );
    world.applies(1, 1, 1, "1.1").applies(1, 2, 2, "2.2");
    expect(accusation(() => world.applies(1, 3, 2, "2.3"))).to.contain("no server holds it on disk");
  });

  it("takes its snapshots as they are", () => {
    const { world, commits } = led();
    world.request(1, 0, "installSnapshot", installSnapshot(2, 0, [5, 2]));
    const own = { lastIncludedIndex: 5, lastIncludedTerm: 2, data: "state" };
    world.saves(1, { currentTerm: 2, votedFor: null, snapshot: own }).restores(1, 5, 2, "state");
    expect([commits.commitIndex, commits.entry(4)]).to.eql([5, undefined]);
    expect(accusation(() => world.restores(2, 6, 2, "state"))).to.contain("entry 6 is not committed");
  });
});

describe("snapshots that are due", () => {
  it("come after entries 9, 19, …, once, with the state that belongs to them", () => {
    const all = committed(
      Array.from({ length: 21 }, () => 1),
      10,
    );
    applies(all, 1, 20);
    const { life, data } = { life: 1, data: all.commits.stateAt(9) };
    expect(all.applies.takeDue()).to.eql([
      { server: 1, life, index: 9, data },
      { server: 1, life, index: 19, data: all.commits.stateAt(19) },
    ]);
    expect(all.applies.takeDue()).to.eql([]);
  });

  it("are remembered by a captured world", () => {
    const all = committed(
      Array.from({ length: 9 }, () => 1),
      10,
    );
    const before = all.applies.capture();
    applies(all, 0, 9);
    const after = all.applies.capture();
    all.applies.restore(before);
    expect([all.applies.takeDue().length, all.applies.lastApplied(0)]).to.eql([0, 0]);
    all.applies.restore(after);
    expect([all.applies.takeDue().length, all.applies.lastApplied(0)]).to.eql([1, 9]);
  });
});
