import { expect } from "chai";
import type { Options } from "../../program";
import { candidacy, heartbeat, installSnapshot, Script, vote } from "./fixture";
import { LeasePromiseMonitor } from "./reads-lease";

const LEASES = { lease: true, minElectionTimeout: 300, maxDrift: 0.05 };

const script = (options: Options = LEASES): Script =>
  new Script(new LeasePromiseMonitor(), 3, options).after(1000);

/** Server 1 has heard server 0, the leader of term 2. */
const heard = (options: Options = LEASES): Script =>
  script(options)
    .request(1, 0, "appendEntries", heartbeat(2, 0), 1)
    .replies(1, { term: 2, success: true }, 1);

/** Server 1 votes for server 2. */
const votes = (world: Script, term: number): Script =>
  world.request(1, 2, "requestVote", candidacy(term, 2), 5).replies(1, vote(term, true), 5);

describe("the monitor of lease promises", () => {
  it("accuses a vote too soon after a leader was heard, and lets it be at the end of the time", () => {
    expect(() => votes(heard().after(299), 3)).to.throw(
      /server 1 votes for server 2 in term 3 at 1299.000 ms, only 299.0 ms after it heard server 0, the leader of term 2/,
    );
    expect(() => votes(heard().after(300), 3)).not.to.throw();
  });

  it("accuses a campaign likewise, but once a term, and no pre-vote", () => {
    const campaign = (ms: number): Script => heard().after(ms).calls(1, "requestVote", candidacy(3, 1));
    expect(() => campaign(200)).to.throw(
      /server 1 campaigns for term 3 at 1200.000 ms, only 200.0 ms after it heard/,
    );
    expect(() => heard().after(1).calls(1, "preVote", candidacy(3, 1))).not.to.throw();
    const world = campaign(300)
      .request(1, 0, "appendEntries", heartbeat(2, 0))
      .replies(1, { term: 3, success: false });
    expect(() => world.calls(1, "requestVote", candidacy(3, 1))).not.to.throw();
  });

  it("knows a snapshot for a sign of life, and a refusal in the leader's term, too", () => {
    const snapshot = script()
      .request(1, 0, "installSnapshot", installSnapshot(2, 0, [1, 1]))
      .replies(1, { term: 2 });
    expect(() => votes(snapshot.after(100), 3)).to.throw(/100.0 ms after it heard server 0/);
    const refusal = script()
      .request(1, 0, "appendEntries", heartbeat(2, 0))
      .replies(1, { term: 2, success: false });
    expect(() => votes(refusal.after(100), 3)).to.throw(/100.0 ms after it heard server 0/);
  });

  it("does not take a leader of the past for one, nor one whose answer never left", () => {
    const past = script()
      .request(1, 0, "appendEntries", heartbeat(2, 0))
      .replies(1, { term: 3, success: false });
    expect(() => votes(past, 4)).not.to.throw();
    expect(() => votes(script().request(1, 0, "appendEntries", heartbeat(2, 0), 1), 3)).not.to.throw();
  });

  it("counts from when the call came, though the answer left later", () => {
    const world = script().request(1, 0, "appendEntries", heartbeat(2, 0), 1).after(50);
    world.replies(1, { term: 2, success: true }, 1);
    expect(() => votes(world.after(250), 3)).not.to.throw();
  });

  it("lets a vote be repeated in the term of a leader that was elected by it", () => {
    expect(() => votes(heard(), 2)).not.to.throw();
  });

  it("accuses a vote or a campaign too soon after a boot, but not in the first life", () => {
    expect(() => votes(script().boot(1).after(299), 3)).to.throw(/only 299.0 ms after it booted/);
    expect(() => script().boot(1).calls(1, "requestVote", candidacy(3, 1))).to.throw(/after it booted/);
    expect(() => votes(script().boot(1).after(300), 3)).not.to.throw();
    const first = new Script(new LeasePromiseMonitor(), 3, LEASES).after(10);
    expect(() => votes(first, 1).calls(2, "requestVote", candidacy(2, 2))).not.to.throw();
  });

  it("lets a vote of an earlier life be repeated", () => {
    const voted = script().saves(1, { currentTerm: 3, votedFor: 2 }).boot(1);
    expect(() => votes(voted, 3)).not.to.throw();
    const other = script().saves(1, { currentTerm: 3, votedFor: 0 }).boot(1);
    expect(() => votes(other, 3)).to.throw(/after it booted/);
  });

  it("asks nothing of anybody where there are no leases", () => {
    expect(() => votes(heard({}), 3)).not.to.throw();
    expect(() => votes(script({ checkQuorum: true, minElectionTimeout: 300 }).boot(1), 3)).not.to.throw();
  });
});
