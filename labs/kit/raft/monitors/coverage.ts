import type { Effect, Input, PlainData, ServerId } from "../../program";
import { Monitor } from "../../scene";
import type { WorldEvent, WorldView } from "../../trace";
import type {
  AppendEntriesReply,
  AppendEntriesRequest,
  InstallSnapshotReply,
  ReadIndexReply,
  RequestVoteReply,
  RequestVoteRequest,
} from "../messages";
import { asRaftState } from "../state";
import { answers } from "./marks/followers";
import { follows, hearsAnswer, hearsTerm, leads, sends } from "./marks/leaders";
import type { MarkId } from "./marks/list";
import { born, emptyState, type ServerMemory, type State } from "./marks/memory";
import { answersRead, asks, deposed, promised, readReady } from "./marks/reads";
import { compacts, installs } from "./marks/snapshots";
import { campaigns, hearsVote, votes } from "./marks/votes";

/**
 * Notes which rules of the paper a run has exercised, so that an idle seed is seen as idle. It reads what servers send, answer,
 * apply and save; it never accuses, and what it says decides nothing.
 */
export class CoverageMonitor extends Monitor<State> {
  override readonly effects = ["call", "reply", "save", "up"] as const;
  protected state: State = emptyState();

  /** The ids of the rules that were exercised so far, in the order in which that happened. */
  get exercised(): MarkId[] {
    return [...this.state.marks];
  }

  onInput(world: WorldView, server: ServerId, input: Input): void {
    if (input.kind === "boot") return this.boots(server, input.saved, input.options.lease === true);
    const memory = this.state.servers.get(server);
    if (memory === undefined) return;
    memory.handling = undefined;
    memory.saved = false;
    memory.answered = 0;
    memory.gaveUp = false;
    switch (input.kind) {
      case "request": {
        const { method, request, call } = input;
        const disk = asRaftState(world.saved(server));
        memory.open.set(call, { method, request, disk, applied: memory.applied });
        memory.handling = call;
        return;
      }
      case "reply":
        return this.hears(world, server, memory, input);
      case "invoke":
        if (input.verb === "snapshot" && typeof input.args[0] === "number") memory.offered = input.args[0];
        if (input.verb === "readIndex") asks(world, memory, input.args);
        return;
      case "timer":
      case "up":
        return;
    }
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    const memory = this.state.servers.get(server);
    if (memory === undefined) return;
    switch (effect.kind) {
      case "call":
        return this.calls(world, server, memory, effect);
      case "reply":
        return this.replies(world, server, memory, effect);
      case "save":
        memory.saved = true;
        return compacts(this.state, memory, asRaftState(effect.state));
      case "up":
        return this.tells(world, memory, effect.verb, effect.args);
      case "setTimer":
      case "cancelTimer":
      case "down":
      case "downDone":
      case "note":
        return;
    }
  }

  onEvent(_world: WorldView, event: WorldEvent): void {
    if (event.kind !== "crash" || event.where === undefined) return;
    const memory = this.state.servers.get(event.server);
    if (memory?.saved === true && memory.handling !== undefined) this.state.marks.add("crash-before-reply");
  }

  private boots(server: ServerId, saved: PlainData | undefined, leases: boolean): void {
    const { marks, servers } = this.state;
    const disk = asRaftState(saved);
    servers.set(server, born(servers.get(server), disk, leases));
    if (disk === undefined) return;
    if (disk.votedFor !== null) marks.add("boot-with-vote");
    if (disk.log.length > 0) marks.add("boot-with-log");
    if (disk.snapshot !== null) marks.add("boot-with-snapshot");
  }

  private hears(
    world: WorldView,
    server: ServerId,
    memory: ServerMemory,
    { from, method, request, reply }: Extract<Input, { kind: "reply" }>,
  ): void {
    if (method === "preVote" || method === "requestReadIndex") return;
    if (method === "requestVote") {
      hearsVote(this.state, memory, request as RequestVoteRequest, reply as RequestVoteReply);
    } else if (method === "appendEntries") {
      hearsAnswer(this.state, world, server, memory, {
        from,
        request: request as AppendEntriesRequest,
        reply: reply as AppendEntriesReply,
      });
    }
    hearsTerm(this.state, memory, method, request, reply);
  }

  private calls(
    world: WorldView,
    server: ServerId,
    memory: ServerMemory,
    { to, method, request }: Extract<Effect, { kind: "call" }>,
  ): void {
    if (method === "requestVote") {
      campaigns(this.state, server, memory, request as RequestVoteRequest);
    } else if (method === "appendEntries") {
      const call = request as AppendEntriesRequest;
      leads(this.state, server, memory, call.term);
      sends(this.state, memory, to, call, asRaftState(world.saved(server)));
    } else if (method === "installSnapshot") {
      leads(this.state, server, memory, (request as { readonly term: number }).term);
      this.state.marks.add("install-sent");
    }
  }

  private replies(
    world: WorldView,
    server: ServerId,
    memory: ServerMemory,
    { call, reply }: Extract<Effect, { kind: "reply" }>,
  ): void {
    if (memory.handling === call) memory.handling = undefined;
    const open = memory.open.get(call);
    if (open === undefined) return;
    memory.open.delete(call);
    const { method, request } = open;
    if (method === "preVote") return;
    if (method === "requestReadIndex") return answersRead(this.state, reply as ReadIndexReply);
    const disk = asRaftState(world.saved(server));
    if (method === "requestVote") {
      votes(this.state, open, reply as RequestVoteReply);
      promised(this.state, memory, open, reply as RequestVoteReply);
    } else if (method === "appendEntries")
      answers(this.state, server, memory, open, reply as AppendEntriesReply, disk);
    else if (method === "installSnapshot") installs(this.state, open, reply as InstallSnapshotReply, disk);
    const { leads } = memory;
    follows(this.state, memory, request, reply);
    if (memory.leads < leads) deposed(this.state, memory);
    if (method !== "requestVote" && termOf(reply) === termOf(request)) memory.heardLeader = true;
  }

  private tells(world: WorldView, memory: ServerMemory, verb: string, args: readonly PlainData[]): void {
    if (verb === "readReady") return readReady(this.state, world, memory, args);
    const [index, term] = args;
    if ((verb !== "apply" && verb !== "restore") || typeof index !== "number") return;
    memory.applied = index;
    if (typeof term === "number") memory.appliedTerm = term;
    if (verb === "apply" && index <= memory.appliedBefore) this.state.marks.add("re-apply");
  }
}

function termOf(message: PlainData): number {
  return (message as { readonly term: number }).term;
}
