import { expect } from "chai";
import { candidacy, heartbeat, Script, vote } from "./fixture";
import { LeadershipMonitor } from "./leadership";

/** `server` wins `term` with the vote of `voter` and its own, and acts as leader. */
function leads(world: Script, server: number, term: number, voter: number): Script {
  return world
    .saves(server, { currentTerm: term, votedFor: server })
    .hears(server, voter, "requestVote", candidacy(term, server), vote(term, true))
    .calls(server, "appendEntries", heartbeat(term, server));
}

describe("the leadership monitor", () => {
  it("accuses a second leader of a term", () => {
    const world = leads(new Script(new LeadershipMonitor()), 0, 2, 1);
    expect(() => leads(world.after(5), 1, 2, 2)).to.throw(/servers 0 and 1 both act as leader of term 2/);
  });

  it("accuses a leader without a majority, also of an even cluster", () => {
    for (const servers of [3, 4, 5]) {
      const world = new Script(new LeadershipMonitor(), servers).saves(0, { currentTerm: 1, votedFor: 0 });
      if (servers === 4) world.hears(0, 1, "requestVote", candidacy(1, 0), vote(1, true));
      expect(() => world.calls(0, "appendEntries", heartbeat(1, 0))).to.throw(/a majority is/);
    }
  });

  it("counts a voter once, its own term only, and nothing from an earlier life", () => {
    const twice = new Script(new LeadershipMonitor(), 5).saves(0, { currentTerm: 1, votedFor: 0 });
    for (let i = 0; i < 3; i++) twice.hears(0, 1, "requestVote", candidacy(1, 0), vote(1, true));
    expect(() => twice.calls(0, "appendEntries", heartbeat(1, 0))).to.throw(/with 2 of 5 votes/);

    const stale = new Script(new LeadershipMonitor()).saves(0, { currentTerm: 2, votedFor: 0 });
    stale.hears(0, 1, "requestVote", candidacy(1, 0), vote(1, true));
    expect(() => stale.calls(0, "appendEntries", heartbeat(2, 0))).to.throw(/it has server 1's of term 1/);

    const reborn = leads(new Script(new LeadershipMonitor()), 0, 1, 1).boot(0);
    expect(() => reborn.calls(0, "appendEntries", heartbeat(1, 0))).to.throw(
      /a restarted server is a follower/,
    );
  });

  it("tells a leader that took over a later term from one that miscounted", () => {
    const world = new Script(new LeadershipMonitor())
      .saves(0, { currentTerm: 1, votedFor: 0 })
      .hears(0, 1, "requestVote", candidacy(1, 0), vote(1, true))
      .calls(0, "appendEntries", heartbeat(1, 0))
      .saves(0, { currentTerm: 2, votedFor: null });
    expect(() => world.calls(0, "appendEntries", heartbeat(2, 0))).to.throw(/it led term 1 and took over/);
  });

  it("accuses a leader of a term that its disk does not know", () => {
    const world = new Script(new LeadershipMonitor()).saves(0, { currentTerm: 1, votedFor: 0 });
    world.hears(0, 1, "requestVote", candidacy(2, 0), vote(2, true));
    expect(() => world.calls(0, "appendEntries", heartbeat(2, 0))).to.throw(/its disk still says term 1/);
  });

  it("knows who follows, and lets a majority of others elect who did not vote for itself", () => {
    const monitor = new LeadershipMonitor();
    const world = new Script(monitor).saves(0, { currentTerm: 4, votedFor: null });
    for (const voter of [1, 2]) world.hears(0, voter, "requestVote", candidacy(4, 0), vote(4, true));
    world.calls(0, "appendEntries", heartbeat(4, 0));
    world.hears(0, 2, "appendEntries", heartbeat(4, 0), { term: 4, success: true });
    world.hears(0, 1, "appendEntries", heartbeat(4, 0), { term: 5, success: false });
    expect([...(monitor.leaders.get(4)?.followers ?? [])]).to.eql([2]);
  });

  it("remembers what a captured world knew", () => {
    const monitor = new LeadershipMonitor();
    const world = leads(new Script(monitor), 0, 1, 1);
    const captured = monitor.capture();
    leads(world, 1, 2, 2);
    monitor.restore(captured);
    expect([...monitor.leaders.keys()]).to.eql([1]);
    expect(() => leads(world, 2, 2, 1)).not.to.throw();
  });
});
