import { isRecord, ProgramError, type Effect, type Input, type PlainData, type ServerId } from "../program";
import { Monitor } from "../scene";
import type { WorldView } from "../sim";
import { versionProblem, versionedProblem } from "./state";

type Fields = { readonly [field: string]: PlainData };

interface State {
  /** The method of each open request, by server and call. */
  readonly open: Map<string, string>;
}

const REQUESTS: { readonly [method: string]: (request: Fields) => string | undefined } = {
  fetch: needsKey,
  store: (request) => needsKey(request) ?? within("entry", versionedProblem(request.entry)),
  compare: ({ summary, entries }) =>
    summary === undefined ? "needs summary" : entries === undefined ? undefined : entriesProblem(entries),
};

const REPLIES: { readonly [method: string]: (reply: Fields) => string | undefined } = {
  fetch: ({ held }) => (held === null ? undefined : within("held", versionedProblem(held))),
  store: ({ version }) => versionProblem(version),
  compare: ({ entries }) => entriesProblem(entries),
};

/** Refuses a message that lacks a field, where it is sent. */
export class QuorumForm extends Monitor<State> {
  override readonly inputs = ["request"] as const;
  override readonly effects = ["call", "reply"] as const;
  protected state: State = { open: new Map() };

  onInput(world: WorldView, server: ServerId, input: Input): void {
    if (input.kind === "request") this.state.open.set(callKey(world, server, input.call), input.method);
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    if (effect.kind === "call") {
      refuse(world, server, effect.method, "request", effect.request, REQUESTS[effect.method]);
    } else if (effect.kind === "reply") {
      const key = callKey(world, server, effect.call);
      const method = this.state.open.get(key) ?? "";
      this.state.open.delete(key);
      refuse(world, server, method, "reply", effect.reply, REPLIES[method]);
    }
  }
}

/** Names a call of one life of a server. */
export function callKey(world: WorldView, server: ServerId, call: number): string {
  return `${server} ${world.life(server)} ${call}`;
}

function refuse(
  world: WorldView,
  server: ServerId,
  method: string,
  what: "request" | "reply",
  data: PlainData,
  problemOf: ((fields: Fields) => string | undefined) | undefined,
): void {
  if (problemOf === undefined) return;
  const problem = isRecord(data) ? problemOf(data) : "must be an object";
  if (problem === undefined) return;
  const who = world.servers.includes(server) ? `server ${server}` : `C${server}`;
  throw new ProgramError(`${who} sends ${method}: the ${what} ${problem} (contract, QuorumProtocol)`, server);
}

function needsKey({ key }: Fields): string | undefined {
  return typeof key === "string" ? undefined : "needs key, a text";
}

function within(field: string, problem: string | undefined): string | undefined {
  return problem === undefined ? undefined : `has ${field}, which ${problem}`;
}

function entriesProblem(entries: PlainData | undefined): string | undefined {
  if (!Array.isArray(entries)) return "needs entries, an array";
  for (const [i, entry] of (entries as readonly PlainData[]).entries()) {
    const problem = versionedProblem(entry) ?? needsKey(entry as Fields);
    if (problem !== undefined) return within(`entries[${i}]`, problem);
  }
  return undefined;
}
