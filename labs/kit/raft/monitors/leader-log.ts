import type { Effect, Input, ServerId } from "../../program";
import { at, Monitor } from "../../scene";
import type { WorldView } from "../../sim";
import type { AppendEntriesRequest, RaftState } from "../messages";
import { asRaftState, termOn } from "../state";
import { firstLost, visitClaims } from "./logs";
import { wrong } from "./words";

/** What a leader has told of its log in one term of its present life. */
interface Leading {
  readonly term: number;
  /** By index: the term that it gave, and when it did so first. */
  readonly told: Map<number, { readonly term: number; readonly at: number }>;
}

interface State {
  readonly leading: Map<ServerId, Leading>;
  readonly disks: Map<ServerId, RaftState | undefined>;
}

const APPEND_ONLY =
  "Leader Append-Only: a leader never overwrites or deletes entries in its log; it only appends new ones (§5.3, Figure 3)";

/** While a server leads, its log only grows: in what it sends, and on its disk. */
export class LeaderAppendOnlyMonitor extends Monitor<State> {
  override readonly inputs = ["boot"] as const;
  override readonly effects = ["save", "call"] as const;
  protected state: State = { leading: new Map(), disks: new Map() };

  onInput(world: WorldView, server: ServerId, input: Input): void {
    if (input.kind !== "boot") return;
    this.state.leading.delete(server);
    this.state.disks.set(server, asRaftState(world.saved(server)));
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    if (effect.kind === "save") {
      const before = this.state.disks.get(server);
      const after = asRaftState(effect.state);
      this.state.disks.set(server, after);
      if (after !== undefined) this.saved(world, server, before, after);
    } else if (
      effect.kind === "call" &&
      (effect.method === "appendEntries" || effect.method === "installSnapshot")
    ) {
      const { term } = effect.request as AppendEntriesRequest;
      const leading = this.leads(server, term);
      // What it wrote before it was deposed may leave late; it is judged as long as nothing of a later term left.
      if (leading.term !== term) return;
      visitClaims(effect.method, effect.request, (index, told) => {
        const first = leading.told.get(index);
        if (first === undefined) leading.told.set(index, { term: told, at: world.now });
        else if (first.term !== told) {
          throw wrong(
            APPEND_ONLY,
            `server ${server}, leader of term ${term}, sends at ${at(world.now)} that its entry ${index} is of term ` +
              `${told}; at ${at(first.at)} it sent that it is of term ${first.term}`,
            server,
          );
        }
      });
    }
  }

  private leads(server: ServerId, term: number): Leading {
    const known = this.state.leading.get(server);
    if (known !== undefined && known.term >= term) return known;
    const leading = { term, told: new Map<number, { term: number; at: number }>() };
    this.state.leading.set(server, leading);
    return leading;
  }

  /** Both saves are of the term in which it leads, so no later leader can have bidden it remove anything. */
  private saved(world: WorldView, server: ServerId, before: RaftState | undefined, after: RaftState): void {
    const term = this.state.leading.get(server)?.term;
    if (term !== after.currentTerm || term !== before?.currentTerm) return;
    const lost = firstLost(before, after);
    if (lost === undefined) return;
    const now = termOn(after, lost);
    throw wrong(
      APPEND_ONLY,
      `server ${server}, leader of term ${term}, ${now === undefined ? "removes" : "overwrites"} entry ${lost} of term ` +
        `${termOn(before, lost)} on its own disk at ${at(world.now)}` +
        (now === undefined ? "" : `, with one of term ${now}`),
      server,
    );
  }
}
