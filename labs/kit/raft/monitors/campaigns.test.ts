import { expect } from "chai";
import { CampaignMonitor } from "./campaigns";
import { candidacy, heartbeat, Script, vote } from "./fixture";

const campaign = (world: Script, term: number): Script =>
  world.timer(0).calls(0, "requestVote", candidacy(term, 0));

describe("the campaign monitor", () => {
  it("measures from the last reset: boot, heartbeat, vote, campaign", () => {
    const monitor = new CampaignMonitor();
    const world = new Script(monitor);
    campaign(world.after(300), 1);
    campaign(world.after(400), 2);
    world.after(100).request(0, 1, "appendEntries", heartbeat(2, 1)).replies(0, { term: 2, success: true });
    campaign(world.after(500), 3);
    world.after(100).request(0, 2, "requestVote", candidacy(4, 2)).replies(0, vote(4, true));
    campaign(world.after(600), 5);
    expect(monitor.campaigns.map(({ reset, after, term }) => [reset, after, term])).to.eql([
      ["boot", 300, 1],
      ["campaign", 400, 2],
      ["heartbeat", 500, 3],
      ["vote", 600, 5],
    ]);
  });

  it("accuses a timer that a heartbeat or a granted vote did not reset", () => {
    const heard = new Script(new CampaignMonitor()).after(350);
    heard.request(0, 1, "appendEntries", heartbeat(1, 1)).replies(0, { term: 1, success: true });
    expect(() => campaign(heard.after(40), 2)).to.throw(/only 40.0 ms after it heard from the leader/);
    const voted = new Script(new CampaignMonitor()).after(350);
    voted.request(0, 1, "requestVote", candidacy(1, 1)).replies(0, vote(1, true));
    expect(() => campaign(voted.after(40), 2)).to.throw(/only 40.0 ms after it granted a vote/);
  });

  it("takes refusals and heartbeats of older terms for no reset", () => {
    const world = new Script(new CampaignMonitor()).after(350);
    world.request(0, 1, "requestVote", candidacy(1, 1)).replies(0, vote(2, false));
    world.request(0, 1, "appendEntries", heartbeat(1, 1)).replies(0, { term: 2, success: false });
    expect(() => campaign(world.after(10), 3)).not.to.throw();
  });

  it("takes asking again in the same term, or after a pre-vote was won, for no campaign", () => {
    const monitor = new CampaignMonitor();
    const world = campaign(new Script(monitor).after(300), 1);
    campaign(world.after(60), 1);
    world.hears(0, 1, "preVote", candidacy(2, 0), vote(1, true)).calls(0, "requestVote", candidacy(2, 0));
    expect(monitor.campaigns).to.have.length(1);
  });
});
