import { expect } from "chai";
import type { PlainData } from "../../program";
import { appendEntries, entriesAt, installSnapshot, logOf, Script, snapshotAt } from "./fixture";
import { ForgottenMonitor } from "./forgotten";
import type { Commits } from "./logs";

const nothing: Commits = { commitIndex: 0, entry: () => undefined, committedIn: () => undefined };

const log = (currentTerm: number, ...terms: number[]) => ({
  currentTerm,
  votedFor: null,
  log: logOf(...terms),
});

/** Server 1 has saved a log of terms 1 1 2 2 in term 2. */
const script = (commits = nothing): Script =>
  new Script(new ForgottenMonitor(commits)).saves(1, log(2, 1, 1, 2, 2)).after(10);

const asked = (world: Script, request: PlainData, call = 1): Script =>
  world.request(1, 0, "appendEntries", request, call);
const snapshot = (world: Script, request: PlainData): Script =>
  world.request(1, 0, "installSnapshot", request);

describe("the monitor of forgotten entries accuses", () => {
  it("truncation by a short late AppendEntries, and says what hangs on it", () => {
    const short = appendEntries(2, 0, [1, 1], entriesAt(2, 1));
    const whole = appendEntries(2, 0, [1, 1], entriesAt(2, 1, 2, 2));
    const forgets =
      (commits = nothing) =>
      (): unknown => {
        const world = asked(script(commits), whole).replies(1, { term: 2, success: true }).after(5);
        return asked(world, short, 2).saves(1, log(2, 1, 1));
      };
    expect(forgets()).to.throw(
      /server 1 loses entries 3 to 4 \(entry 3 is of term 2\) with a save at 15.000 ms.*handling server 0's AppendEntries of term 2 with 1 entry after entry 1 of term 1; at 10.000 ms it had told server 0 that it has them up to entry 4/,
    );
    expect(forgets()).to.throw().with.property("rule").that.includes("receiver 3");
    const commits: Commits = { ...nothing, entry: (index) => logOf(1, 1, 2, 2)[index - 1] };
    expect(forgets(commits)).to.throw(/entry 3 is committed, and no disk holds it now/);
  });

  it("truncation by a heartbeat, a stale leader, or nothing at all", () => {
    const beat = asked(script(), appendEntries(2, 0, [2, 1]));
    expect(() => beat.saves(1, log(2, 1, 1))).to.throw(/with 0 entries after entry 2 of term 1/);
    const stale = asked(script(), appendEntries(1, 0, [2, 1], entriesAt(3, 1)));
    expect(() => stale.saves(1, log(2, 1, 1, 1))).to.throw(/loses entries 3 to 4/);
    expect(() => script().boot(1).saves(1, log(3))).to.throw(/loses entries 1 to 4/);
  });

  it("removing more than was contradicted", () => {
    const world = asked(script(), appendEntries(3, 0, [3, 3]));
    expect(() => world.saves(1, log(3, 1, 1))).not.to.throw();
    const deeper = asked(script(), appendEntries(3, 0, [4, 3]));
    expect(() => deeper.saves(1, log(3, 1, 1))).to.throw(/loses entries 3 to 4/);
  });

  it("an excuse that is used up, or of an earlier life", () => {
    const conflict = appendEntries(3, 0, [3, 3]);
    const again = asked(script(), conflict)
      .saves(1, log(3, 1, 1))
      .replies(1, { term: 3, success: false });
    again.saves(1, log(3, 1, 1, 3));
    expect(() => asked(again, appendEntries(3, 0, [3, 3])).saves(1, log(3, 1, 1))).to.throw(/loses entry 3/);
    expect(() =>
      asked(script(), conflict)
        .boot(1)
        .saves(1, log(3, 1, 1)),
    ).to.throw(/loses entries 3 to 4.*were the entries taken over from what was saved/);
  });

  it("an InstallSnapshot that sweeps away the matching rest of the log", () => {
    const swept = { currentTerm: 2, votedFor: null, snapshot: snapshotAt(2, 1) };
    const sweep = (): unknown => snapshot(script(), installSnapshot(2, 0, [2, 1])).saves(1, swept);
    expect(sweep).to.throw(/loses entries 3 to 4.*InstallSnapshot of term 2 up to entry 2 of term 1/);
    expect(sweep).to.throw().with.property("rule").that.includes("Figure 13");
  });

  it("a log that is cut before its snapshot is saved, or kept after it", () => {
    expect(() => script().saves(1, log(2))).to.throw(/committed|up to there$/);
    const asked = script().invokes(1, "snapshot", 4, "state");
    expect(() => asked.saves(1, log(2))).to.throw(/save log and snapshot together/);
    const kept = { ...log(2, 1, 1, 2, 2), snapshot: snapshotAt(2, 1) };
    expect(() => script().saves(1, kept)).to.throw(/log\[0\] was entry 1 .* would now be entry 3/);
  });
});

describe("the monitor of forgotten entries does not accuse", () => {
  it("duplicates, old and reordered AppendEntries that change nothing", () => {
    const world = asked(script(), appendEntries(2, 0, [2, 1], entriesAt(3, 2, 2)));
    asked(world.saves(1, log(2, 1, 1, 2, 2)), appendEntries(2, 0, [1, 1], entriesAt(2, 1)), 2);
    asked(world.saves(1, log(2, 1, 1, 2, 2)), appendEntries(2, 0, [3, 2]), 3);
    expect(() => world.saves(1, log(2, 1, 1, 2, 2, 2))).not.to.throw();
  });

  it("a conflict: the suffix goes, at once or later, in one save or in two", () => {
    const conflict = appendEntries(3, 0, [2, 1], entriesAt(3, 3));
    expect(() => asked(script(), conflict).saves(1, log(3, 1, 1, 3))).not.to.throw();
    const later = asked(script(), conflict).replies(1, { term: 3, success: false }).timer(1);
    expect(() => later.saves(1, log(3, 1, 1)).saves(1, log(3, 1, 1, 3))).not.to.throw();
  });

  it("truncation where the entry before does not match", () => {
    const world = asked(script(), appendEntries(3, 0, [3, 3])).saves(1, log(3, 1, 1));
    asked(world, appendEntries(3, 0, [2, 3]), 2);
    expect(() => world.saves(1, log(3, 1))).not.to.throw();
  });

  it("a program that lets requests wait in a queue", () => {
    const world = asked(script(), appendEntries(3, 0, [2, 1], entriesAt(3, 3, 3)), 1);
    asked(world, appendEntries(4, 2, [3, 3], entriesAt(4, 4)), 2).timer(1);
    world.saves(1, log(3, 1, 1, 3, 3)).replies(1, { term: 3, success: true }, 1);
    world.replies(1, { term: 4, success: true }, 2);
    expect(() => world.saves(1, log(4, 1, 1, 3, 4))).not.to.throw();
  });

  it("compaction, and snapshots that replace all, or a conflicting log", () => {
    const compacted = { currentTerm: 2, votedFor: null, log: entriesAt(3, 2, 2), snapshot: snapshotAt(2, 1) };
    expect(() => script().saves(1, compacted)).not.to.throw();
    const beyond = snapshot(script(), installSnapshot(2, 0, [7, 2]));
    const installed = { currentTerm: 2, votedFor: null, snapshot: snapshotAt(7, 2) };
    expect(() => beyond.saves(1, installed)).not.to.throw();
    const conflict = snapshot(script(), installSnapshot(3, 0, [3, 3]));
    const replaced = { currentTerm: 3, votedFor: null, snapshot: snapshotAt(3, 3) };
    expect(() => conflict.saves(1, replaced)).not.to.throw();
    const matching = snapshot(script(), installSnapshot(3, 0, [3, 2]));
    const kept = { currentTerm: 3, votedFor: null, log: entriesAt(4, 2), snapshot: snapshotAt(3, 2) };
    expect(() => matching.saves(1, kept)).not.to.throw();
  });
});
