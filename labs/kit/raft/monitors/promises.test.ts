import { expect } from "chai";
import type { PlainData } from "../../program";
import { appendEntries, entriesAt, heartbeat, installSnapshot, logOf, Script, snapshotAt } from "./fixture";
import type { Commits } from "./logs";
import { PromiseMonitor } from "./promises";

const nothing: Commits = { commitIndex: 0, entry: () => undefined, committedIn: () => undefined };
const script = (commits = nothing): Script => new Script(new PromiseMonitor(commits)).after(10);

const log = (currentTerm: number, ...terms: number[]) => ({
  currentTerm,
  votedFor: null,
  log: logOf(...terms),
});

/** Server 1 is sent entries 3 and 4 of term 2, after entry 2 of term 1. */
const twoMore = appendEntries(2, 0, [2, 1], entriesAt(3, 2, 2));
const yes = (term: number): PlainData => ({ term, success: true });
const asked = (world: Script, request: PlainData = twoMore, call = 1): Script =>
  world.request(1, 0, "appendEntries", request, call);
const snapshot = (world: Script, request: PlainData): Script =>
  world.request(1, 0, "installSnapshot", request);

describe("the promise monitor accuses", () => {
  it("a success whose entries are not on the disk", () => {
    const early = (): unknown => asked(script().saves(1, log(2, 1, 1))).replies(1, yes(2));
    expect(early).to.throw(
      /server 1 answers “success” in term 2 at 10.000 ms to entries 3 to 4 of server 0 .prevLogIndex 2, prevLogTerm 1.: so it has entry 3 of term 2, but its disk ends with entry 2 of term 1/,
    );
    expect(early).to.throw().with.property("rule").that.includes("stable storage");
    const half = asked(script().saves(1, log(2, 1, 1))).saves(1, log(2, 1, 1, 2));
    expect(() => half.replies(1, yes(2))).to.throw(/has entry 4 of term 2, but its disk ends with entry 3/);
    const first = asked(script(), appendEntries(1, 0, [0, 0], logOf(1)));
    expect(() => first.replies(1, yes(1))).to.throw(/its disk is empty/);
  });

  it("a success that keeps what conflicts, though it was saved", () => {
    const kept = (): unknown =>
      asked(script().saves(1, log(1, 1, 1, 1)))
        .saves(1, log(2, 1, 1, 1))
        .replies(1, yes(2));
    expect(kept).to.throw(/has entry 3 of term 2, but its disk holds entry 3 of term 1/);
    expect(kept).to.throw().with.property("rule").that.includes("receiver 3");
  });

  it("a success without the entry before", () => {
    const beat = appendEntries(2, 0, [3, 2]);
    const short = (): unknown => asked(script().saves(1, log(2, 1, 1)), beat).replies(1, yes(2));
    expect(short).to.throw(
      /to a heartbeat of server 0.*entry 3 of term 2, but its disk ends with entry 2 of term 1/,
    );
    expect(short).to.throw().with.property("rule").that.includes("receiver 2");
    const other = asked(script().saves(1, log(2, 1, 1, 1)), beat);
    expect(() => other.replies(1, yes(2))).to.throw(/its disk holds entry 3 of term 1/);
    const heard = asked(asked(script().saves(1, log(2, 1, 1))), appendEntries(2, 0, [4, 2]), 2);
    expect(() => heard.replies(1, yes(2), 2))
      .to.throw()
      .with.property("rule")
      .that.includes("stable storage");
  });

  it("a success for a leader of the past", () => {
    const late = asked(script().saves(1, log(3, 1, 1)));
    expect(() => late.saves(1, log(3, 1, 1, 2, 2)).replies(1, yes(2))).to.throw(/own term was already 3/);
  });

  it("a success for entries of a term that is not on the disk", () => {
    const world = asked(script().saves(1, log(1, 1, 1))).saves(1, log(1, 1, 1, 2, 2));
    expect(() => world.replies(1, yes(2))).to.throw(/disk still says term 1.*overwrites entry 4/);
  });

  it("a snapshot that is acknowledged and not saved", () => {
    const early = (): unknown =>
      snapshot(script().saves(1, log(2, 1, 1)), installSnapshot(2, 0, [5, 2])).replies(1, { term: 2 });
    expect(early).to.throw(
      /InstallSnapshot up to entry 5 of term 2 in term 2 .* disk ends with entry 2 of term 1/,
    );
    expect(early).to.throw().with.property("rule").that.includes("Figure 13");
    const conflict = snapshot(script().saves(1, log(2, 1, 1)), installSnapshot(2, 0, [2, 2]));
    expect(() => conflict.replies(1, { term: 2 })).to.throw(/its disk holds entry 2 of term 1/);
  });
});

describe("the promise monitor does not accuse", () => {
  it("what is on the disk: at once, twice, late, or by a snapshot", () => {
    const world = asked(script().saves(1, log(2, 1, 1)))
      .saves(1, log(2, 1, 1, 2, 2))
      .replies(1, yes(2));
    asked(world).replies(1, yes(2));
    asked(world, appendEntries(2, 0, [1, 1], entriesAt(2, 1))).replies(1, yes(2));
    const compacted = { currentTerm: 2, votedFor: null, log: entriesAt(4, 2), snapshot: snapshotAt(3, 2) };
    expect(() => asked(world.saves(1, compacted)).replies(1, yes(2))).not.to.throw();
  });

  it("heartbeats with a matching entry before them, or with none, even if the term is not saved yet", () => {
    const world = asked(script().saves(1, log(1, 1, 1)), appendEntries(2, 0, [2, 1])).replies(1, yes(2));
    expect(() => asked(world, heartbeat(3, 0)).replies(1, yes(3))).not.to.throw();
    expect(() => asked(script(), heartbeat(1, 0)).replies(1, yes(1))).not.to.throw();
  });

  it("refusals, and answers in a later term", () => {
    const world = asked(script().saves(1, log(3, 1))).replies(1, { term: 3, success: false });
    expect(() => asked(world).replies(1, yes(3))).not.to.throw();
  });

  it("a group commit whose answers leave after a later leader replaced the entries", () => {
    const world = asked(script().saves(1, log(2, 1, 1))).saves(1, log(2, 1, 1, 2, 2));
    asked(world, appendEntries(3, 2, [2, 1], entriesAt(3, 3)), 2).saves(1, log(3, 1, 1, 3));
    expect(() => world.replies(1, yes(2), 1).replies(1, yes(3), 2)).not.to.throw();
    const never = asked(script().saves(1, log(2, 1, 1))).saves(1, log(3, 1, 1, 3));
    expect(() => never.replies(1, yes(2))).to.throw(/has entry 3 of term 2/);
  });

  it("snapshots that are covered: saved, older than the disk, or of entries that it has", () => {
    const world = script().saves(1, { currentTerm: 2, votedFor: null, snapshot: snapshotAt(5, 2) });
    snapshot(world, installSnapshot(2, 0, [5, 2])).replies(1, { term: 2 });
    snapshot(world, installSnapshot(2, 0, [3, 1])).replies(1, { term: 2 });
    snapshot(script().saves(1, log(2, 1, 1, 2)), installSnapshot(2, 0, [2, 1])).replies(1, { term: 2 });
    const commits: Commits = { ...nothing, entry: () => ({ term: 1, command: "1.2" }) };
    const forged = snapshot(script(commits).saves(1, log(2, 1, 1, 2)), installSnapshot(2, 0, [2, 9]));
    expect(() => forged.replies(1, { term: 2 })).not.to.throw();
    expect(() => snapshot(script(), installSnapshot(2, 0, [5, 2])).replies(1, { term: 3 })).not.to.throw();
  });
});
