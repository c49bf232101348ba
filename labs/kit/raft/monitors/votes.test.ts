import { expect } from "chai";
import { candidacy, heartbeat, Script, vote } from "./fixture";
import { VoteMonitor } from "./votes";

const script = (): Script => new Script(new VoteMonitor());

/** Server 0 is asked by `candidate` and grants, having saved its vote. */
function grants(world: Script, term: number, candidate: number, call = 1): Script {
  return world
    .request(0, candidate, "requestVote", candidacy(term, candidate), call)
    .saves(0, { currentTerm: term, votedFor: candidate })
    .replies(0, vote(term, true), call);
}

describe("the vote monitor accuses", () => {
  it("two votes in one term, in one life or in two", () => {
    expect(() => grants(grants(script(), 3, 1), 3, 2, 2)).to.throw(/in that term it voted for server 1/);
    expect(() => grants(grants(script(), 3, 1).boot(0), 3, 2)).to.throw(/in that term it voted for server 1/);
  });

  it("a candidate that votes for another in its own term", () => {
    const world = script().saves(0, { currentTerm: 3, votedFor: 0 }).calls(0, "requestVote", candidacy(3, 0));
    expect(() => grants(world, 3, 1)).to.throw(/voted for itself/);
  });

  it("a vote that the disk does not back", () => {
    const asked = (): Script => script().request(0, 1, "requestVote", candidacy(3, 1));
    expect(() => asked().replies(0, vote(3, true))).to.throw(/its disk is empty/);
    const term = asked().saves(0, { currentTerm: 3, votedFor: null });
    expect(() => term.replies(0, vote(3, true))).to.throw(/says term 3, votedFor null/);
  });

  it("a save that forgets a vote of its term", () => {
    const voted = (): Script => grants(script(), 3, 1);
    expect(() => voted().saves(0, { currentTerm: 3, votedFor: null })).to.throw(
      /saves votedFor null for term 3 .* it voted for server 1/,
    );
    expect(() => voted().saves(0, { currentTerm: 3, votedFor: 1 })).not.to.throw();
    expect(() => voted().saves(0, { currentTerm: 4, votedFor: null })).not.to.throw();
  });

  it("a vote for a term that is over", () => {
    const world = script().saves(0, { currentTerm: 5, votedFor: null });
    expect(() => world.request(0, 1, "requestVote", candidacy(4, 1)).replies(0, vote(5, true))).to.throw(
      /its own term was already 5/,
    );
  });

  it("a vote for a log that misses something", () => {
    const log = [{ term: 2, command: "x" }];
    const world = script().saves(0, { currentTerm: 2, votedFor: null, log });
    world.request(0, 1, "requestVote", candidacy(3, 1, 9, 1)).saves(0, { currentTerm: 3, votedFor: 1, log });
    expect(() => world.replies(0, vote(3, true))).to.throw(/ends with index 9 of term 1/);
  });
});

describe("the vote monitor does not accuse", () => {
  it("the same vote given again, and votes in later terms", () => {
    const world = grants(grants(script(), 3, 1), 3, 1, 2);
    expect(() => grants(grants(world.boot(0), 3, 1), 4, 2, 2)).not.to.throw();
  });

  it("a vote that leaves late, when the disk is in a later term already", () => {
    const world = script()
      .request(0, 1, "requestVote", candidacy(3, 1), 1)
      .saves(0, { currentTerm: 3, votedFor: 1 });
    world.request(0, 2, "requestVote", candidacy(4, 2), 2).saves(0, { currentTerm: 4, votedFor: 2 });
    expect(() => world.replies(0, vote(4, true), 1).replies(0, vote(4, true), 2)).not.to.throw();
  });

  it("asking for votes before the save of the same handler", () => {
    const world = script().calls(0, "requestVote", candidacy(1, 0)).saves(0, { currentTerm: 1, votedFor: 0 });
    expect(() => grants(world, 2, 1)).not.to.throw();
  });

  it("an equal log, refusals, and what heartbeats bring", () => {
    const log = [{ term: 2, command: "x" }];
    const world = script().saves(0, { currentTerm: 2, votedFor: null, log });
    world.request(0, 2, "appendEntries", heartbeat(2, 2), 7).replies(0, { term: 2, success: true }, 7);
    world.request(0, 1, "requestVote", candidacy(1, 1), 8).replies(0, vote(2, false), 8);
    world.request(0, 1, "requestVote", candidacy(3, 1, 1, 2)).saves(0, { currentTerm: 3, votedFor: 1, log });
    expect(() => world.replies(0, vote(3, true))).not.to.throw();
  });
});
