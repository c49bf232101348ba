import type { Effect, Input, PlainData, ServerId } from "../../program";
import { at, Monitor, SceneFailure } from "../../scene";
import type { WorldView } from "../../sim";
import { asRaftState } from "../state";

/** A higher term that a leader must have heard of. */
interface Heard {
  readonly term: number;
  readonly from: ServerId;
  readonly at: number;
}

interface State {
  readonly savedTerm: Map<ServerId, number>;
  /** By server of the present life: for each own term, a higher one that a reply to a call of that term brought. */
  readonly replies: Map<ServerId, Map<number, Heard>>;
  /** By server of the present life: the highest term of an AppendEntries that it received. */
  readonly leaders: Map<ServerId, Heard>;
}

/**
 * A program that queues its messages may still send, a moment later, what it wrote before it heard of the
 * higher term: harmless, for it is stale. A leader that goes on sends its next heartbeat after this, in ms.
 */
const GRACE = 50;

const NEVER_BACK = "currentTerm increases monotonically (Figure 2)";
const STEP_DOWN =
  "If an RPC request or response contains a term > currentTerm: convert to follower (Figure 2, all servers)";

/** Terms never go back, and nobody goes on as leader after hearing of a higher one in a message of Figure 2. */
export class TermMonitor extends Monitor<State> {
  override readonly inputs = ["boot", "reply", "request"] as const;
  override readonly effects = ["save", "call"] as const;
  protected state: State = { savedTerm: new Map(), replies: new Map(), leaders: new Map() };

  onInput(world: WorldView, server: ServerId, input: Input): void {
    if (input.kind === "boot") {
      this.state.replies.set(server, new Map());
      this.state.leaders.delete(server);
    } else if (input.kind === "reply" && input.method !== "preVote" && input.method !== "requestReadIndex") {
      const asked = termOf(input.request);
      const heard = termOf(input.reply);
      const known = this.state.replies.get(server);
      // Only a reply to a call of the same term counts below: stale replies may be ignored, whatever they say.
      if (heard > asked && known?.has(asked) === false)
        known.set(asked, { term: heard, from: input.from, at: world.now });
    } else if (
      input.kind === "request" &&
      (input.method === "appendEntries" || input.method === "installSnapshot")
    ) {
      const term = termOf(input.request);
      const known = this.state.leaders.get(server);
      if (known === undefined || term > known.term) {
        this.state.leaders.set(server, { term, from: input.from, at: world.now });
      }
    }
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    if (effect.kind === "save") this.saved(world, server, asRaftState(effect.state)?.currentTerm ?? 0);
    else if (effect.kind === "call" && effect.method === "appendEntries") {
      this.leads(world, server, termOf(effect.request));
    }
  }

  private saved(world: WorldView, server: ServerId, term: number): void {
    const before = this.state.savedTerm.get(server) ?? 0;
    if (term < before) {
      throw new SceneFailure(
        "wrong",
        NEVER_BACK,
        `server ${server} saves term ${term} at ${at(world.now)}, but its disk held term ${before} already`,
        server,
      );
    }
    this.state.savedTerm.set(server, term);
  }

  private leads(world: WorldView, server: ServerId, term: number): void {
    const reply = this.state.replies.get(server)?.get(term);
    if (reply !== undefined) this.stepDown(world, server, term, reply, "in a reply");
    const leader = this.state.leaders.get(server);
    if (leader !== undefined && leader.term > term)
      this.stepDown(world, server, term, leader, "in an AppendEntries");
  }

  private stepDown(world: WorldView, server: ServerId, term: number, heard: Heard, how: string): void {
    if (world.now - heard.at < GRACE) return;
    throw new SceneFailure(
      "wrong",
      STEP_DOWN,
      `server ${server} still sends AppendEntries as leader of term ${term} at ${at(world.now)}, though server ` +
        `${heard.from} told it of term ${heard.term} ${how} at ${at(heard.at)}`,
      server,
    );
  }
}

function termOf(message: PlainData): number {
  return (message as { readonly term: number }).term;
}
