import { expect } from "chai";
import { appendEntries, entriesAt, installSnapshot, logOf, Script, snapshotAt } from "./fixture";
import { LeaderAppendOnlyMonitor } from "./leader-log";

/** Server 0 leads term 3 with a log of terms 1 2 3. */
function leading(): Script {
  return new Script(new LeaderAppendOnlyMonitor())
    .saves(0, { currentTerm: 3, votedFor: 0, log: logOf(1, 2) })
    .calls(0, "appendEntries", appendEntries(3, 0, [2, 2]))
    .saves(0, { currentTerm: 3, votedFor: 0, log: logOf(1, 2, 3) })
    .calls(0, "appendEntries", appendEntries(3, 0, [2, 2], entriesAt(3, 3)))
    .after(10);
}

describe("the Leader Append-Only monitor accuses", () => {
  it("a leader that tells two stories of one entry", () => {
    const before = (): unknown => leading().calls(0, "appendEntries", appendEntries(3, 0, [2, 1]));
    expect(before).to.throw(
      /leader of term 3, sends at 10.000 ms that its entry 2 is of term 1; at 0.000 ms.*term 2/,
    );
    expect(before).to.throw().with.property("rule").that.includes("Leader Append-Only");
    const within = appendEntries(3, 0, [1, 1], entriesAt(2, 3));
    expect(() => leading().calls(0, "appendEntries", within)).to.throw(/entry 2 is of term 3/);
    expect(() => leading().calls(0, "installSnapshot", installSnapshot(3, 0, [2, 1]))).to.throw(
      /entry 2 is of term 1/,
    );
  });

  it("a leader that shortens or overwrites its log on the disk", () => {
    expect(() => leading().saves(0, { currentTerm: 3, votedFor: 0, log: logOf(1, 2) })).to.throw(
      /leader of term 3, removes entry 3 of term 3 on its own disk at 10.000 ms/,
    );
    expect(() => leading().saves(0, { currentTerm: 3, votedFor: 0, log: logOf(1, 3, 3) })).to.throw(
      /overwrites entry 2 of term 2 .* with one of term 3/,
    );
  });
});

describe("the Leader Append-Only monitor does not accuse", () => {
  it("growth, compaction, and the same thing sent again", () => {
    const world = leading().saves(0, { currentTerm: 3, votedFor: 0, log: logOf(1, 2, 3, 3) });
    world.saves(0, { currentTerm: 3, votedFor: 0, log: entriesAt(3, 3, 3), snapshot: snapshotAt(2, 2) });
    world.calls(0, "installSnapshot", installSnapshot(3, 0, [2, 2]));
    expect(() =>
      world.calls(0, "appendEntries", appendEntries(3, 0, [2, 2], entriesAt(3, 3, 3))),
    ).not.to.throw();
  });

  it("a deposed leader that follows another, leads again, or sends late what it wrote", () => {
    const world = leading().saves(0, { currentTerm: 4, votedFor: null, log: logOf(1, 4) });
    world.calls(0, "appendEntries", appendEntries(3, 0, [3, 3]));
    world.saves(0, { currentTerm: 5, votedFor: 0, log: logOf(1, 4) });
    world.calls(0, "appendEntries", appendEntries(5, 0, [2, 4]));
    expect(() => world.calls(0, "appendEntries", appendEntries(3, 0, [2, 2]))).not.to.throw();
  });

  it("a restarted leader that follows", () => {
    const world = leading().boot(0);
    expect(() => world.saves(0, { currentTerm: 4, votedFor: null, log: logOf(1) })).not.to.throw();
  });
});
