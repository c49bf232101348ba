import type { CallId, Effect, Input, PlainData, ServerId } from "../../program";
import { at, Monitor } from "../../scene";
import type { WorldView } from "../../sim";
import type { RaftState, RequestVoteReply, RequestVoteRequest } from "../messages";
import { asRaftState } from "../state";
import { wrong } from "./words";

/** A call that a server has not answered. */
interface Open {
  readonly from: ServerId;
  readonly method: string;
  readonly request: PlainData;
  /** When it came, on the server's own clock, ms. */
  readonly local: number;
}

/** A leader that was heard. */
interface Heard {
  readonly term: number;
  readonly leader: ServerId;
  /** On the clock of who heard it, ms. */
  readonly local: number;
}

/** One server in its present life. */
interface Life {
  readonly open: Map<CallId, Open>;
  /** What it woke up with; undefined in its first life, before which it can have promised nothing. */
  readonly woke: { readonly local: number; readonly disk: RaftState | undefined } | undefined;
  heard: Heard | undefined;
  /** The last term in which it asked for votes. */
  asked: number;
}

interface State {
  /** How long a promise lasts, ms; undefined where nothing is promised. */
  lasts: number | undefined;
  readonly lives: Map<ServerId, Life>;
}

const RULE =
  "With leases, a server neither votes nor campaigns for minElectionTimeout after it has heard its leader, nor after a boot " +
  "(handout, Options.lease; thesis, §6.4.1)";

/** Clocks show whole microseconds, in ms. */
const TICK = 0.002;

/** Whether followers keep the promise on which a lease stands, each on its own clock. */
export class LeasePromiseMonitor extends Monitor<State> {
  override readonly inputs = ["boot", "request"] as const;
  override readonly effects = ["call", "reply"] as const;
  protected state: State = { lasts: undefined, lives: new Map() };

  onInput(world: WorldView, server: ServerId, input: Input): void {
    const local = world.localNow(server);
    if (input.kind === "boot") {
      const { lease, minElectionTimeout } = input.options;
      this.state.lasts = lease === true ? minElectionTimeout : undefined;
      const woke = world.life(server) > 1 ? { local, disk: asRaftState(input.saved) } : undefined;
      this.state.lives.set(server, { open: new Map(), woke, heard: undefined, asked: 0 });
    } else if (input.kind === "request" && this.state.lasts !== undefined) {
      const { call, from, method, request } = input;
      this.state.lives.get(server)?.open.set(call, { from, method, request, local });
    }
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    const life = this.state.lives.get(server);
    if (life === undefined || this.state.lasts === undefined) return;
    if (effect.kind === "call" && effect.method === "requestVote") {
      const { term } = effect.request as RequestVoteRequest;
      if (term > life.asked) this.keeps(world, server, life, term, `campaigns for term ${term}`);
      life.asked = Math.max(life.asked, term);
    } else if (effect.kind === "reply") {
      const open = life.open.get(effect.call);
      life.open.delete(effect.call);
      if (open !== undefined) this.answers(world, server, life, open, effect.reply);
    }
  }

  private answers(world: WorldView, server: ServerId, life: Life, open: Open, reply: PlainData): void {
    const { method, request, from: leader, local } = open;
    if (method === "appendEntries" || method === "installSnapshot") {
      const { term } = request as { readonly term: number };
      // What it answers in the leader's term, it has heard when that came; answers may leave in another order.
      const accepted = (reply as { readonly term: number }).term === term;
      if (accepted && local >= (life.heard?.local ?? -Infinity)) life.heard = { term, leader, local };
    } else if (method === "requestVote" && (reply as RequestVoteReply).voteGranted) {
      const { term, candidateId } = request as RequestVoteRequest;
      const disk = life.woke?.disk;
      const repeated = disk?.currentTerm === term && disk.votedFor === candidateId;
      if (repeated) return; // it was given in an earlier life, and takes nothing back
      this.keeps(world, server, life, term, `votes for server ${candidateId} in term ${term}`);
    }
  }

  /** A leader that was heard in this very term is not deposed by it. */
  private keeps(world: WorldView, server: ServerId, life: Life, term: number, what: string): void {
    const { lasts = 0 } = this.state;
    const local = world.localNow(server);
    const { heard, woke } = life;
    const tell = (since: number, why: string, besides = ""): void => {
      if (local - since >= lasts - TICK) return;
      throw wrong(
        RULE,
        `server ${server} ${what} at ${at(world.now)}, only ${(local - since).toFixed(1)} ms after ${why}, on its own clock; ${besides}it has ` +
          `promised not to within ${lasts} ms, and a leader may be reading on that`,
        server,
      );
    };
    if (heard !== undefined && heard.term < term)
      tell(heard.local, `it heard server ${heard.leader}, the leader of term ${heard.term}`);
    if (woke !== undefined) tell(woke.local, "it booted", "what it heard before that it has forgotten; ");
  }
}
