import type { ServerId } from "../program";
import { at, Stage } from "../scene";
import type { NetworkName, World } from "../sim";
import { Leaders, type Eyes } from "./leaders";
import type { RaftStatus } from "./messages";
import type { Campaign } from "./monitors/campaigns";
import type { Leadership } from "./monitors/leadership";

import { storm, type StormPlan } from "./storm";

/** MIT's limit: a new leader within five seconds of a failure, if a majority can talk. In virtual ms. */
export const ELECTION_LIMIT = 5000;

/** The same where messages are lost and late: chance may take several rounds. In virtual ms. */
export const LOSSY_ELECTION_LIMIT = 15_000;

/** MIT's RaftElectionTimeout: how long its tests sleep so that an election would surely have happened. In virtual ms. */
export const ELECTION_TIMEOUT = 1000;

/** How often a wait looks again at what no message announces, in virtual ms. */
const PATIENCE = 50;

/** The verbs about leaders; {@link Stage} has those about time and costs, and those that do harm. */
export class Elections extends Stage {
  protected readonly leaders: Leaders;

  constructor(
    world: World,
    protected readonly eyes: Eyes,
    network: NetworkName = "reliable",
    limit?: number,
  ) {
    super(world, network, limit);
    this.leaders = new Leaders(world, eyes);
  }

  // ---------------------------------------------------------------- wait and see

  /**
   * Waits for a leader: a server that sends AppendEntries in the highest term, is acknowledged in that term by a majority and by
   * everybody it can talk to, and says so itself.
   *
   * @param within - virtual ms; MIT's five seconds on a good network, fifteen on any other
   * @throws SceneFailure “stalled” if there is none by then
   */
  leader(within = this.electionLimit): ServerId {
    let leader: ServerId | undefined;
    let asked = { changes: -1, at: 0 };
    const found = (): boolean => {
      const { changes } = this.eyes.leadership;
      // A crash may make a leader of whom nobody speaks anew; so ask now and then even if nothing was sent.
      if (changes === asked.changes && this.now - asked.at < PATIENCE && this.servers.length > 1)
        return false;
      asked = { changes, at: this.now };
      leader = this.leaders.now();
      return leader !== undefined;
    };
    const start = this.now;
    if (this.run(within, found) && leader !== undefined) return leader;
    throw this.failure(
      "stalled",
      `A majority that can talk elects a leader within ${within / 1000} seconds (MIT 6.5840, lab page; §5.2)`,
      `no leader from ${start.toFixed(0)} to ${this.now.toFixed(0)} ms: ${this.leaders.whoWaits()}`,
    );
  }

  /**
   * Lets two election timeouts pass, in which none of `among` (by default all that are up) may win an election, and none may call itself leader at
   * the end: MIT's checkNoLeader.
   */
  noLeader(among: readonly ServerId[] = this.running()): void {
    const before = this.now;
    this.run(2 * ELECTION_TIMEOUT);
    const rule = "No leader without a majority (§5.2)";
    for (const { server, since, term } of this.eyes.leadership.leaders.values()) {
      if (since > before && among.includes(server)) {
        throw this.failure(
          "wrong",
          rule,
          `server ${server} began to lead term ${term} at ${at(since)}`,
          server,
        );
      }
    }
    for (const server of among) {
      if (this.status(server)?.isLeader !== true) continue;
      throw this.failure(
        "wrong",
        rule,
        `server ${server} calls itself leader, but no majority can talk to it`,
        server,
      );
    }
  }

  /**
   * Lets `ms` pass in which `leader` must stay leader of its term and nobody may campaign against it.
   *
   * @param rule - what is quoted when it does not
   */
  stays(
    leader: ServerId,
    ms: number,
    rule = "While its heartbeats arrive, a leader is not deposed (§5.2)",
  ): void {
    const term = this.leaders.term(leader);
    const start = this.now;
    let rival: Campaign | undefined;
    // Ends at the first campaign, so that the last events are those around it.
    this.run(ms, () => (rival = this.eyes.campaigns.rivalSince(start)) !== undefined);
    if (rival !== undefined) {
      const message = `server ${rival.server} campaigned for term ${rival.term} at ${at(rival.at)}, though server ${leader} led term ${term}`;
      throw this.failure("wrong", rule, message, rival.server);
    }
    const now = this.leaders.now();
    if (now === leader && this.leaders.term(leader) === term) return;
    throw this.failure(
      "wrong",
      rule,
      `server ${leader} led term ${term}; now ${this.leaders.whoLeads()}`,
      leader,
    );
  }

  /** The term that all running servers have come to agree on; MIT's checkTerms. Waits for it as long as for an election. */
  term(): number {
    const terms = (): (number | undefined)[] => this.running().map((id) => this.status(id)?.term);
    const agreed = (): boolean => new Set(terms()).size === 1;
    for (let waited = 0; waited < this.electionLimit && !agreed(); waited += PATIENCE) this.run(PATIENCE);
    const [term] = terms();
    if (agreed() && term !== undefined) return term;
    const said = this.running().map((id, i) => `server ${id}: ${String(terms()[i])}`);
    throw this.failure(
      "wrong",
      "Servers exchange current terms whenever they communicate (§5.1)",
      `the terms differ: ${said.join(", ")}`,
    );
  }

  /** Random faults for a while, drawn from the seed; at the end all is healed and everybody is up. */
  storm(plan: StormPlan): void {
    storm(this, this.world, plan);
  }

  // ---------------------------------------------------------------- look

  /** All running servers but the leader. */
  followers(): ServerId[] {
    const leader = this.leader();
    return this.running().filter((id) => id !== leader);
  }

  /** What a server says of itself, or undefined if it cannot be asked. */
  status(server: ServerId): RaftStatus | undefined {
    return this.leaders.status(server);
  }

  /** The campaigns of one server, or of all, since virtual time `since`. */
  campaigns(server?: ServerId, since = 0): Campaign[] {
    return this.eyes.campaigns.campaigns.filter(
      (campaign) => campaign.at >= since && (server === undefined || campaign.server === server),
    );
  }

  /** The last term that somebody led, and who. */
  get lastLeadership(): Leadership | undefined {
    return this.leaders.last;
  }

  // ---------------------------------------------------------------- helpers

  protected get electionLimit(): number {
    return this.quality === "reliable" ? ELECTION_LIMIT : LOSSY_ELECTION_LIMIT;
  }
}
