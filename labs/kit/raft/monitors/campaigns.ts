import type { CallId, Effect, Input, ServerId } from "../../program";
import { at, Monitor, SceneFailure } from "../../scene";
import type { WorldView } from "../../sim";
import type { AppendEntriesReply, AppendEntriesRequest, RequestVoteReply } from "../messages";

/** Why an election timer began anew. */
export type ResetReason = "boot" | "heartbeat" | "vote" | "campaign";

/** A campaign that an election timeout began (with pre-vote: the prospective round). */
export interface Campaign {
  readonly server: ServerId;
  /** The term that is asked for. */
  readonly term: number;
  /** A prospective round: nobody's term changes. */
  readonly pre: boolean;
  /** Virtual time in ms. */
  readonly at: number;
  /** What reset the timer last, and how long before, in ms of the server's own clock. */
  readonly reset: ResetReason;
  readonly after: number;
}

interface Clock {
  reset: ResetReason;
  /** Own clock, ms. */
  at: number;
  /** The input being handled is a timer, and no campaign was seen in it yet. */
  timer: boolean;
  /** Open calls: for AppendEntries the leader's term, for RequestVote nothing. */
  readonly open: Map<CallId, number | undefined>;
  /** The last term in which it asked for votes. */
  asked: number;
}

interface State {
  readonly clocks: Map<ServerId, Clock>;
  readonly campaigns: Campaign[];
}

/** Shorter than any legal timeout (200 ms, less what a tick may round off), longer than any queueing of replies. */
const TOO_SOON = 100;

const RULE =
  "Election timeout: campaign only after a timeout without hearing from the leader or granting a vote (Figure 2, followers; §5.2)";

const REASONS: { readonly [reason in ResetReason]: string } = {
  boot: "it booted",
  heartbeat: "it heard from the leader",
  vote: "it granted a vote",
  campaign: "its last campaign",
};

/** When servers campaign, measured from the last reset of their timer, whatever style of timer they use. */
export class CampaignMonitor extends Monitor<State> {
  override readonly effects = ["reply", "call"] as const;
  protected state: State = { clocks: new Map(), campaigns: [] };

  /** All campaigns so far. */
  get campaigns(): readonly Campaign[] {
    return this.state.campaigns;
  }

  /** The first campaign since virtual time `start` (ms) that raises a term; pre-votes do not. */
  rivalSince(start: number): Campaign | undefined {
    const last = this.state.campaigns.at(-1);
    if (last === undefined || last.at < start) return undefined; // asked after every event: mostly this
    return this.state.campaigns.find(({ at: when, pre }) => when >= start && !pre);
  }

  onInput(world: WorldView, server: ServerId, input: Input): void {
    if (input.kind === "boot") {
      const now = world.localNow(server);
      this.state.clocks.set(server, { reset: "boot", at: now, timer: false, open: new Map(), asked: 0 });
      return;
    }
    const clock = this.state.clocks.get(server);
    if (clock === undefined) return;
    clock.timer = input.kind === "timer";
    if (input.kind !== "request") return;
    if (input.method === "requestVote") clock.open.set(input.call, undefined);
    if (input.method === "appendEntries")
      clock.open.set(input.call, (input.request as AppendEntriesRequest).term);
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    const clock = this.state.clocks.get(server);
    if (clock === undefined) return;
    if (effect.kind === "reply") {
      this.answered(world, server, clock, effect);
    } else if (effect.kind === "call" && (effect.method === "requestVote" || effect.method === "preVote")) {
      if (!clock.timer) return; // a pre-vote that was won, or a repeated request: not a timeout
      clock.timer = false;
      const { term } = effect.request as { readonly term: number };
      if (effect.method === "requestVote" && term === clock.asked) return; // asking again those who did not answer
      if (effect.method === "requestVote") clock.asked = term;
      this.campaign(world, server, clock, { term, pre: effect.method === "preVote" });
    }
  }

  /** The server's own answers say what it took for a heartbeat of its leader, and whom it gave its vote. */
  private answered(
    world: WorldView,
    server: ServerId,
    clock: Clock,
    effect: Extract<Effect, { kind: "reply" }>,
  ): void {
    if (!clock.open.has(effect.call)) return;
    const term = clock.open.get(effect.call);
    clock.open.delete(effect.call);
    if (term === undefined) {
      if ((effect.reply as RequestVoteReply).voteGranted) this.reset(world, server, clock, "vote");
    } else if ((effect.reply as AppendEntriesReply).term === term) {
      this.reset(world, server, clock, "heartbeat");
    }
  }

  private campaign(
    world: WorldView,
    server: ServerId,
    clock: Clock,
    { term, pre }: Pick<Campaign, "term" | "pre">,
  ): void {
    const after = world.localNow(server) - clock.at;
    this.state.campaigns.push({ server, term, pre, at: world.now, reset: clock.reset, after });
    if (after < TOO_SOON && clock.reset !== "campaign") {
      throw new SceneFailure(
        "wrong",
        RULE,
        `server ${server} campaigns for term ${term} at ${at(world.now)}, only ${after.toFixed(1)} ms after ` +
          `${REASONS[clock.reset]}; no election timeout is that short, so its timer was not reset`,
        server,
      );
    }
    this.reset(world, server, clock, "campaign");
  }

  private reset(world: WorldView, server: ServerId, clock: Clock, reason: ResetReason): void {
    clock.reset = reason;
    clock.at = world.localNow(server);
  }
}
