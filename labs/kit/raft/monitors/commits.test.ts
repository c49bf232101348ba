import { expect } from "chai";
import type { PlainData, ServerId } from "../../program";
import { SceneFailure } from "../../scene";
import type { AppendEntriesRequest, LogEntry } from "../messages";
import { CommitMonitor } from "./commits";
import { appendEntries, installSnapshot, logOf, Script, snapshotAt } from "./fixture";

/** A scripted world under the eyes of a commit monitor. */
function watched(servers = 3): { readonly world: Script; readonly commits: CommitMonitor } {
  const commits = new CommitMonitor();
  return { world: new Script(commits, servers), commits };
}

/** `server` saves a log, given by the terms of its entries. */
function saves(world: Script, server: ServerId, currentTerm: number, ...terms: readonly number[]): Script {
  return world.saves(server, { currentTerm, votedFor: null, log: logOf(...terms) });
}

/** A heartbeat with a commit index. */
function telling(
  leaderCommit: number,
  term: number,
  leader: ServerId,
  prev: readonly [number, number] = [0, 0],
  entries: readonly LogEntry[] = [],
): PlainData {
  return { ...(appendEntries(term, leader, prev, entries) as AppendEntriesRequest), leaderCommit };
}

/** What a monitor says, as rule and message together. */
function accusation(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SceneFailure) return `${error.verdict}: ${error.rule}: ${error.message}`;
    throw error;
  }
  return "nothing";
}

describe("the commit monitor accuses", () => {
  it("a leader that calls an entry committed which only it holds", () => {
    const { world } = watched();
    saves(world.after(12), 0, 1, 1);
    expect(accusation(() => world.calls(0, "appendEntries", telling(1, 1, 0)))).to.match(
      /^wrong: If there exists an N .* server 0, leader of term 1, sends leaderCommit 1 at 12\.000 ms, but entry 1 \(term 1\) is not committed \(committed: up to 0\): server 0 holds it on disk \(1 of 3; a majority is 2\)/,
    );
  });

  it("a leader that counts itself before it has saved", () => {
    const { world } = watched();
    saves(world, 1, 1, 1);
    const tells = (): Script => world.calls(0, "appendEntries", telling(1, 1, 0, [0, 0], logOf(1)));
    expect(accusation(tells)).to.contain(
      "entry 1 (term 1) is not committed (committed: up to 0): server 1 holds",
    );
  });

  it("a leader that counts the replicas of an older term's entry (Figure 8)", () => {
    const { world } = watched(5);
    saves(saves(world, 0, 2, 1, 2), 1, 2, 1, 2); // (a): the leader of term 2 reached server 1
    saves(saves(saves(world, 4, 3, 1), 3, 3, 1), 2, 3, 1); // (b): server 4 wins term 3
    saves(world, 4, 3, 1, 3);
    saves(saves(saves(world, 0, 4, 1, 2), 1, 4, 1, 2), 2, 4, 1, 2); // (c): server 0 leads again
    const said = accusation(() => world.calls(0, "appendEntries", telling(2, 4, 0, [2, 2])));
    expect(said).to.match(/^wrong: Only log entries from the leader's current term .*§5\.4\.2, Figure 8/);
    expect(said).to.contain(
      "servers 0, 1 and 2 hold it on disk (3 of 5), but while in term 2 only servers 0 and 1 did",
    );
  });

  it("a commit index beyond the log", () => {
    const { world } = watched();
    saves(saves(world, 0, 1, 1), 1, 1, 1);
    expect(accusation(() => world.calls(0, "appendEntries", telling(2, 1, 0)))).to.contain(
      "its own log on disk ends with entry 1 (committed: up to 1)",
    );
  });

  it("a leader that counts what a puppet refused, or acknowledged for another term's entry", () => {
    const { world } = watched(5);
    world.puppets.add(3).add(4);
    saves(saves(world, 0, 4, 1, 2), 1, 4, 1, 2);
    const request = appendEntries(4, 0, [0, 0], logOf(1, 2));
    world.hears(0, 3, "appendEntries", request, { term: 4, success: false });
    expect(accusation(() => world.calls(0, "appendEntries", telling(2, 4, 0, [2, 2])))).to.contain("2 of 5");
    world.hears(0, 3, "appendEntries", request, { term: 4, success: true });
    expect(accusation(() => world.calls(0, "appendEntries", telling(2, 4, 0, [2, 2])))).to.match(
      /Figure 8.* servers 0, 1 and 3 hold it on disk/,
    );
  });
});

describe("the commit monitor knows as committed", () => {
  it("what a majority saved, in whatever order, also without the leader", () => {
    const { world, commits } = watched();
    saves(saves(world, 2, 1, 1, 1), 1, 1, 1);
    expect(commits.commitIndex).to.equal(1);
    saves(world.after(3), 1, 1, 1, 1);
    expect([commits.commitIndex, commits.committedIn(2), commits.committedAt(2)]).to.eql([2, 1, 3]);
    expect(commits.entry(2)).to.eql({ term: 1, command: "1.2" });
    world.calls(0, "appendEntries", telling(2, 1, 0, [0, 0], logOf(1, 1)));
  });

  it("old entries through a new one", () => {
    const { world, commits } = watched(5);
    for (const server of [0, 1, 2]) saves(world, server, 4, 1, 2);
    expect(commits.commitIndex).to.equal(0);
    for (const server of [0, 1]) saves(world, server, 4, 1, 2, 4);
    saves(world, 4, 4, 1, 2, 4);
    expect([commits.commitIndex, commits.committedIn(1), commits.committedIn(3)]).to.eql([3, 4, 4]);
    world.calls(0, "appendEntries", telling(3, 4, 0));
  });

  it("what each held at some time, through crashes, duplicate saves and later terms", () => {
    const { world, commits } = watched();
    saves(saves(world, 0, 1, 1), 0, 1, 1)
      .crashes(0)
      .boot(0);
    saves(world, 0, 2, 1);
    expect(commits.commitIndex).to.equal(0);
    saves(world, 1, 1, 1); // late, but still in term 1
    expect([commits.commitIndex, commits.committedIn(1)]).to.eql([1, 1]);
    saves(world, 1, 2, 1);
    expect(commits.holdersOf(1, 1)).to.eql([0, 1]);
  });

  it("what was taken in its term and saved with the next one, but not what came with the next one", () => {
    const { world, commits } = watched();
    saves(world, 0, 1, 1);
    const taken = world.request(1, 0, "appendEntries", appendEntries(1, 0, [0, 0], logOf(1)));
    saves(taken, 1, 2, 1);
    expect(commits.commitIndex).to.equal(1);

    const late = watched();
    saves(late.world, 0, 2, 1);
    late.world.request(1, 0, "appendEntries", appendEntries(2, 0, [0, 0], logOf(1)));
    saves(late.world, 1, 2, 1);
    expect(late.commits.commitIndex).to.equal(0);
  });

  it("not what reaches a server that may have voted in between", () => {
    const { world, commits } = watched();
    saves(saves(world, 0, 1, 1), 1, 2);
    world.request(1, 0, "appendEntries", appendEntries(1, 0, [0, 0], logOf(1)));
    saves(world, 1, 3, 1);
    expect(commits.commitIndex).to.equal(0);
  });

  it("logs behind snapshots, and snapshots alone", () => {
    const { world, commits } = watched();
    for (const server of [0, 1]) saves(world, server, 1, 1, 1, 1);
    world.saves(0, {
      currentTerm: 1,
      votedFor: null,
      log: logOf(1, 1, 1, 1).slice(2),
      snapshot: snapshotAt(2, 1),
    });
    world.saves(2, { currentTerm: 1, votedFor: null, snapshot: snapshotAt(3, 1) });
    expect(commits.commitIndex).to.equal(3);
    world.saves(2, {
      currentTerm: 1,
      votedFor: null,
      log: logOf(1, 1, 1, 1).slice(3),
      snapshot: snapshotAt(3, 1),
    });
    expect([commits.commitIndex, commits.entry(4)?.command]).to.eql([4, "1.4"]);
    expect(commits.holdersOf(3, 1)).to.eql([0, 1, 2]);
  });

  it("no dummy entry of term 0", () => {
    const { world, commits } = watched();
    for (const server of [0, 1, 2]) saves(world, server, 0, 0);
    expect(commits.commitIndex).to.equal(0);
  });

  it("what puppets acknowledge, with the entries from the message while the leader has not saved", () => {
    const { world, commits } = watched();
    world.puppets.add(1).add(2);
    const request = appendEntries(3, 0, [0, 0], logOf(3, 3));
    for (const puppet of [1, 2]) world.hears(0, puppet, "appendEntries", request, { term: 3, success: true });
    expect([commits.commitIndex, commits.entry(2)?.command]).to.eql([2, "3.2"]);
    expect(commits.holdersOf(2, 3)).to.eql([1, 2]);
    saves(world, 0, 3, 3, 3, 3);
    world.hears(0, 1, "installSnapshot", installSnapshot(3, 0, [3, 3]), { term: 3 });
    expect(commits.commitIndex).to.equal(3);
  });

  it("the same after it was captured and restored", () => {
    const { world, commits } = watched();
    for (const server of [0, 1]) saves(world, server, 1, 1);
    const captured = commits.capture();
    for (const server of [0, 1]) saves(world, server, 1, 1, 1);
    const state = commits.stateAt(2);
    commits.restore(captured);
    expect([commits.commitIndex, commits.changes]).to.eql([1, 1]);
    for (const server of [0, 1]) saves(world, server, 1, 1, 1);
    expect(commits.stateAt(2)).to.eql(state);
  });
});

describe("a puppet that leads", () => {
  /** Server 0 is a puppet. */
  function led(): ReturnType<typeof watched> {
    const all = watched();
    all.world.puppets.add(0);
    return all;
  }

  it("is believed up to what it sent, and no further", () => {
    const { world, commits } = led();
    world.request(1, 0, "appendEntries", telling(9, 2, 0, [0, 0], logOf(1, 2)));
    expect([commits.commitIndex, commits.limit]).to.eql([0, 2]);
    world.request(1, 0, "appendEntries", telling(2, 2, 0, [5, 2]));
    expect(commits.limit).to.equal(5); // a later message vouches for more
    expect(commits.puppetEntry(2, 2)?.command).to.equal("2.2");
  });

  it("is not believed when its term is over", () => {
    const { world, commits } = led();
    saves(world, 1, 3).request(1, 0, "appendEntries", telling(1, 2, 0, [0, 0], logOf(2)));
    world.request(1, 0, "installSnapshot", installSnapshot(2, 0, [4, 1]));
    expect(commits.limit).to.equal(0);
  });

  it("makes facts only where a real server follows", () => {
    const { world, commits } = led();
    world.request(1, 0, "appendEntries", telling(1, 2, 0, [0, 0], logOf(2)));
    commits.applied(world, 1, { term: 2, command: "2.1" });
    expect([commits.commitIndex, commits.committedIn(1), commits.entry(1)?.command]).to.eql([1, 2, "2.1"]);
    world.request(1, 0, "installSnapshot", installSnapshot(2, 0, [4, 2]));
    expect([commits.commitIndex, commits.limit, commits.puppetState(4, 2, "state")]).to.eql([1, 4, true]);
    commits.restored(world, 4, "state");
    expect([commits.commitIndex, commits.entry(4), commits.stateAt(4)]).to.eql([4, undefined, undefined]);
  });
});

describe("the service's state", () => {
  it("depends on all entries so far, and on nothing else", () => {
    const [one, two] = [watched(), watched(5)];
    for (const server of [0, 1]) saves(one.world, server, 2, 1, 2);
    for (const server of [0, 1, 2]) saves(two.world, server, 1, 1);
    for (const server of [2, 3, 4]) saves(two.world, server, 2, 1, 2);
    expect(one.commits.stateAt(0)).to.eql({ index: 0, digest: "00000000" });
    expect(one.commits.stateAt(2)).to.eql(two.commits.stateAt(2));
    expect(one.commits.stateAt(1)).not.to.eql(one.commits.stateAt(2));
    expect(one.commits.stateAt(3)).to.equal(undefined);
  });

  it("goes on from a puppet's snapshot if that holds the harness's own state", () => {
    const source = watched();
    for (const server of [0, 1]) saves(source.world, server, 2, 2, 2, 2);
    const state = source.commits.stateAt(2) ?? null;
    const { world, commits } = watched();
    world.puppets.add(0);
    world.request(1, 0, "installSnapshot", { ...(installSnapshot(2, 0, [2, 2]) as object), data: state });
    commits.restored(world, 2, state);
    world.request(1, 0, "appendEntries", telling(3, 2, 0, [2, 2], logOf(2, 2, 2).slice(2)));
    commits.applied(world, 3, { term: 2, command: "2.3" });
    expect(commits.stateAt(3)).to.eql(source.commits.stateAt(3));
  });

  it("carries ballast where a scene wants it", () => {
    const state = new CommitMonitor({ padding: 3 }).stateAt(0);
    expect(state).to.eql({ index: 0, digest: "00000000", padding: "xxx" });
  });
});
