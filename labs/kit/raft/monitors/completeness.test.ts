import { expect } from "chai";
import { LeaderCompletenessMonitor } from "./completeness";
import { appendEntries, candidacy, installSnapshot, logOf, Script } from "./fixture";
import type { Commits } from "./logs";

/** Entries 1 to 3 of terms 1 2 2; the first is committed in term 1, the others in term 2. */
const commits: Commits = {
  commitIndex: 3,
  entry: (index) => logOf(1, 2, 2)[index - 1],
  committedIn: (index) => [1, 2, 2][index - 1],
};

const script = (): Script =>
  new Script(new LeaderCompletenessMonitor(commits)).saves(1, {
    currentTerm: 2,
    votedFor: 1,
    log: logOf(1, 2, 2),
  });

describe("the Leader Completeness monitor accuses", () => {
  it("a leader whose log lacks what was committed before its term", () => {
    const sends = (): unknown =>
      script().calls(0, "appendEntries", appendEntries(3, 0, [1, 1], [{ term: 3, command: "x" }]));
    expect(sends).to.throw(
      /server 0, leader of term 3 at 0.000 ms, sends that its entry 2 is of term 3; but entry 2 of term 2, "2.2", was committed in term 2 and is on the disk of server 1/,
    );
    expect(sends).to.throw().with.property("rule").that.includes("Leader Completeness");
    expect(() => script().calls(0, "appendEntries", appendEntries(3, 0, [3, 1]))).to.throw(
      /entry 3 is of term 1/,
    );
    expect(() => script().calls(0, "installSnapshot", installSnapshot(3, 0, [2, 1]))).to.throw(
      /entry 2 is of term 1/,
    );
  });

  it("a leader elected with too short or too old a log, as soon as it acts", () => {
    const elected = (last: readonly [number, number]): (() => unknown) => {
      const world = script().calls(0, "requestVote", candidacy(3, 0, ...last));
      return () => world.calls(0, "appendEntries", appendEntries(3, 0, [0, 0]));
    };
    expect(elected([2, 2])).to.throw(
      /leads, though its log.*ended with entry 2 of term 2; but entry 3 of term 2/,
    );
    expect(elected([9, 1])).to.throw(/ended with entry 9 of term 1/);
    expect(elected([3, 2])).not.to.throw();
    expect(elected([4, 2])).not.to.throw();
  });
});

describe("the Leader Completeness monitor does not accuse", () => {
  it("the leaders of the terms in which things were committed, or of earlier ones", () => {
    const world = script().calls(0, "requestVote", candidacy(2, 0, 1, 1));
    world.calls(0, "appendEntries", appendEntries(2, 0, [1, 1], logOf(1, 2, 2).slice(1)));
    world.calls(2, "requestVote", candidacy(1, 2)).calls(2, "appendEntries", appendEntries(1, 2, [2, 1]));
    expect(() => world.calls(0, "appendEntries", appendEntries(2, 0, [3, 2]))).not.to.throw();
  });

  it("a candidacy of another term or life", () => {
    const world = script().calls(0, "requestVote", candidacy(3, 0, 0, 0));
    expect(() => world.calls(0, "appendEntries", appendEntries(4, 0, [3, 2]))).not.to.throw();
    const reborn = script()
      .calls(0, "requestVote", candidacy(3, 0, 0, 0))
      .boot(0);
    expect(() => reborn.calls(0, "appendEntries", appendEntries(3, 0, [3, 2]))).not.to.throw();
  });

  it("anybody, where puppets vote", () => {
    const world = script();
    world.puppets.add(2);
    expect(() => world.calls(0, "appendEntries", appendEntries(3, 0, [2, 1]))).not.to.throw();
  });
});
