import { expect } from "chai";
import { candidacy, heartbeat, Script, vote } from "./fixture";
import { TermMonitor } from "./terms";

const script = (): Script => new Script(new TermMonitor());

describe("the term monitor", () => {
  it("accuses a disk whose term goes back, across lives too", () => {
    const world = script().saves(0, { currentTerm: 4, votedFor: null }).boot(0);
    expect(() => world.saves(0, { currentTerm: 3, votedFor: null })).to.throw(/its disk held term 4 already/);
  });

  it("accuses a leader that goes on after a reply, or another leader, told it of a higher term", () => {
    const told = { term: 7, success: false };
    const byReply = script().hears(0, 1, "appendEntries", heartbeat(3, 0), told).after(100);
    expect(() => byReply.calls(0, "appendEntries", heartbeat(3, 0))).to.throw(/told it of term 7 in a reply/);
    const byLeader = script().request(0, 1, "appendEntries", heartbeat(7, 1)).after(100);
    expect(() => byLeader.calls(0, "appendEntries", heartbeat(3, 0))).to.throw(/in an AppendEntries/);
  });

  it("lets a queue of messages empty itself", () => {
    const world = script().hears(0, 1, "appendEntries", heartbeat(3, 0), { term: 7, success: false });
    expect(() => world.after(10).calls(0, "appendEntries", heartbeat(3, 0))).not.to.throw();
  });

  it("lets stale replies be ignored, whatever they say, and vote requests and pre-votes disturb nobody", () => {
    const world = script()
      .hears(0, 1, "appendEntries", heartbeat(2, 0), { term: 9, success: false })
      .hears(0, 1, "preVote", candidacy(3, 0), vote(9, false))
      .request(0, 2, "requestVote", candidacy(9, 2))
      .after(1000);
    expect(() => world.calls(0, "appendEntries", heartbeat(3, 0))).not.to.throw();
  });
});
