import { isRecord, ProgramError } from "../../program";
import type { CallId, Effect, Input, PlainData, RequestInput, ServerId } from "../../program";
import { at, Monitor, SceneFailure } from "../../scene";
import type { WorldView } from "../../sim";
import type { PingReply, PingRequest, WaitForRequest } from "../messages";
import { countOf } from "../state";

interface State {
  /** What each server is answering in its present life. */
  readonly open: Map<ServerId, Map<CallId, RequestInput>>;
}

const PONG = "The reply to a ping has its number and the server's own (handout, exercise 1)";
const DURABLE = "Save before you answer: a count in a reply is on the disk already (handout, exercise 2)";
const ENOUGH =
  "A waiting call is answered once the count is at least what it waits for (handout, exercise 3)";

/** Every reply, at its position in the list of effects: complete, true, and backed by the disk. */
export class ReplyMonitor extends Monitor<State> {
  protected state: State = { open: new Map() };

  onInput(_world: WorldView, server: ServerId, input: Input): void {
    if (input.kind === "boot") this.state.open.set(server, new Map());
    else if (input.kind === "request") this.state.open.get(server)?.set(input.call, input);
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    if (effect.kind === "call") {
      numberIn(effect.request, "n", `${effect.method} on server ${server}: the request`, server);
    } else if (effect.kind === "reply") {
      const calls = this.state.open.get(server);
      const asked = calls?.get(effect.call);
      calls?.delete(effect.call);
      if (asked === undefined) return;
      if (asked.method === "ping")
        pong(world, server, asked.request as PingRequest, effect.reply as PingReply);
      else counted(world, server, asked, effect.reply);
    }
  }
}

function pong(world: WorldView, server: ServerId, request: PingRequest, reply: PingReply): void {
  if (reply.n === request.n && reply.server === server) return;
  throw new SceneFailure(
    "wrong",
    PONG,
    `server ${server} answers ping ${request.n} at ${at(world.now)} with ${JSON.stringify(reply)}; ` +
      `expected ${JSON.stringify({ n: request.n, server })}`,
    server,
  );
}

function counted(world: WorldView, server: ServerId, asked: RequestInput, reply: PlainData): void {
  const { method } = asked;
  const count = numberIn(reply, "count", `${method} on server ${server}: the reply`, server);
  const answers = `server ${server} answers ${method} with count ${count} at ${at(world.now)}`;
  const onDisk = countOf(world.saved(server));
  if (onDisk < count) {
    const problem = `${answers}, but its disk says ${onDisk}: a crash would take back what it has said`;
    throw new SceneFailure("wrong", DURABLE, problem, server);
  }
  if (method === "waitFor" && count < (asked.request as WaitForRequest).atLeast) {
    const problem = `${answers}, but that caller waits for ${(asked.request as WaitForRequest).atLeast}`;
    throw new SceneFailure("wrong", ENOUGH, problem, server);
  }
}

/** What the types promise; but they are not checked when a program runs. */
function numberIn(data: PlainData, field: string, what: string, server: ServerId): number {
  const value = isRecord(data) ? data[field] : undefined;
  if (typeof value === "number") return value;
  const found = value === undefined ? "it is missing" : `it is ${JSON.stringify(value)}`;
  throw new ProgramError(`${what} needs ${field}, a number; ${found}`, server);
}
