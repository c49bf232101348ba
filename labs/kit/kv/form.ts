import { isRecord, ProgramError, type Effect, type Input, type PlainData, type ServerId } from "../program";
import { Monitor } from "../scene";
import type { WorldView } from "../sim";

interface State {
  /** The method of each open request of a client, by server and call. */
  readonly open: Map<string, string>;
}

/** What a reply of status “ok” must carry besides `index`. */
const OK: { readonly [method: string]: "session" | "answer" | undefined } = {
  openSession: "session",
  clientRequest: "answer",
  clientQuery: "answer",
  sync: undefined,
};

/** Refuses a message between a client and the service that lacks a field, where it is sent. */
export class KvForm extends Monitor<State> {
  override readonly inputs = ["request"] as const;
  override readonly effects = ["call", "reply"] as const;
  protected state: State = { open: new Map() };

  onInput(world: WorldView, server: ServerId, input: Input): void {
    if (input.kind !== "request" || !(input.method in OK)) return;
    this.state.open.set(keyOf(world, server, input.call), input.method);
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    if (effect.kind === "call" && effect.method in OK) {
      const problem = requestProblem(effect.method, effect.request);
      if (problem !== undefined) throw broken(server, `${effect.method}: the request ${problem}`);
    } else if (effect.kind === "reply") {
      const key = keyOf(world, server, effect.call);
      const method = this.state.open.get(key);
      if (method === undefined) return;
      this.state.open.delete(key);
      const problem = replyProblem(method, effect.reply);
      if (problem !== undefined) throw broken(server, `${method}: the reply ${problem}`);
    }
  }
}

function requestProblem(method: string, request: PlainData): string | undefined {
  if (!isRecord(request)) return "must be an object";
  if (method === "clientQuery" && typeof request.key !== "string") return "needs key, a text";
  if (method !== "clientRequest") return undefined;
  for (const field of ["session", "sequence"]) {
    if (!Number.isInteger(request[field])) return `needs ${field}, a whole number`;
  }
  const { write = null } = request;
  if (!isRecord(write) || typeof write.key !== "string") return "needs write, the operation";
  return undefined;
}

function replyProblem(method: string, reply: PlainData): string | undefined {
  if (!isRecord(reply)) return "must be an object";
  const { status } = reply;
  if (status === "notLeader") return undefined;
  if (status === "sessionExpired") {
    return method === "clientRequest" ? undefined : `says "sessionExpired", but ${method} has no session`;
  }
  if (status !== "ok")
    return `needs status: "ok", "notLeader" or "sessionExpired"; it is ${JSON.stringify(status)}`;
  if (!Number.isInteger(reply.index))
    return "needs index, a whole number: how far the server has applied the log";
  const field = OK[method];
  if (field === "session" && !Number.isInteger(reply.session)) return "needs session, a whole number";
  if (field === "answer" && !isRecord(reply.answer ?? null)) return "needs answer, an object";
  return undefined;
}

function broken(server: ServerId, problem: string): ProgramError {
  return new ProgramError(`server ${server} sends ${problem} (contract, KvProtocol)`, server);
}

function keyOf(world: WorldView, server: ServerId, call: number): string {
  return `${server} ${world.life(server)} ${call}`;
}
