import { isRecord, ProgramError, type Effect, type Input, type PlainData, type ServerId } from "../program";
import { Monitor } from "../scene";
import type { WorldView } from "../sim";

type Check = "number" | "boolean" | "array" | "number or null";
/** A list, not an object: it is walked for every message. */
type Form = readonly (readonly [field: string, check: Check])[];

function form(fields: { readonly [field: string]: Check }): Form {
  return Object.entries(fields);
}

const CANDIDACY = form({
  term: "number",
  candidateId: "number",
  lastLogIndex: "number",
  lastLogTerm: "number",
});
const VOTE = form({ term: "number", voteGranted: "boolean" });

/**
 * The fields that Figure 2, Figure 13 and, for reads, `messages.ts` demand of each message; anything further is the
 * student's affair.
 */
const FORMS: { readonly [method: string]: { readonly request: Form; readonly reply: Form } } = {
  requestVote: { request: CANDIDACY, reply: VOTE },
  preVote: { request: CANDIDACY, reply: VOTE },
  appendEntries: {
    request: form({
      term: "number",
      leaderId: "number",
      prevLogIndex: "number",
      prevLogTerm: "number",
      entries: "array",
      leaderCommit: "number",
    }),
    reply: form({ term: "number", success: "boolean" }),
  },
  installSnapshot: {
    request: form({
      term: "number",
      leaderId: "number",
      lastIncludedIndex: "number",
      lastIncludedTerm: "number",
    }),
    reply: form({ term: "number" }),
  },
  requestReadIndex: {
    request: form({ term: "number", lease: "boolean" }),
    reply: form({ term: "number", index: "number or null" }),
  },
};

/** Where it says which fields a message has. */
const SOURCES: { readonly [method: string]: string } = { requestReadIndex: "messages.ts; thesis, §6.4" };

interface State {
  /** The method of each open call, by server. */
  readonly open: Map<ServerId, Map<number, string>>;
}

/** Refuses a message that lacks a field of Figure 2, where it is sent, so that no monitor has to guess. */
export class MessageForm extends Monitor<State> {
  override readonly inputs = ["boot", "request"] as const;
  override readonly effects = ["call", "reply"] as const;
  protected state: State = { open: new Map() };

  onInput(_world: WorldView, server: ServerId, input: Input): void {
    if (input.kind === "boot") this.state.open.set(server, new Map());
    else if (input.kind === "request") this.state.open.get(server)?.set(input.call, input.method);
  }

  onEffect(_world: WorldView, server: ServerId, effect: Effect): void {
    if (effect.kind === "call") {
      check(server, effect.method, "request", effect.request);
      checkSender(server, effect.method, effect.request);
    } else if (effect.kind === "reply") {
      const open = this.state.open.get(server);
      check(server, open?.get(effect.call) ?? "", "reply", effect.reply);
      open?.delete(effect.call);
    }
  }
}

function check(server: ServerId, method: string, part: "request" | "reply", data: PlainData): void {
  const fields = FORMS[method]?.[part];
  if (fields === undefined) {
    throw new ProgramError(`server ${server} calls “${method}”, which is not a message of Raft`, server);
  }
  for (const [field, kind] of fields) {
    const value = isRecord(data) ? data[field] : undefined;
    const actual = Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
    if (actual === kind || (kind === "number or null" && ["number", "null"].includes(actual))) continue;
    throw new ProgramError(
      `${method} on server ${server}: the ${part} needs ${field}, a ${kind} (${SOURCES[method] ?? "Figure 2"}); it is ${
        value === undefined ? "missing" : actual
      }`,
      server,
    );
  }
}

/** Candidates and leaders speak for themselves. */
function checkSender(server: ServerId, method: string, request: PlainData): void {
  if (method === "requestReadIndex") return; // it names nobody
  const field = method === "requestVote" || method === "preVote" ? "candidateId" : "leaderId";
  const named = (request as { readonly [key: string]: PlainData })[field];
  if (named === server) return;
  throw new ProgramError(
    `${method} on server ${server}: ${field} must be the sender, ${server} (Figure 2); it is ${JSON.stringify(named)}`,
    server,
  );
}
