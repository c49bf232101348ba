import type { History, Operation } from "../check/history";
import type { ServerId } from "../program";
import { Journal as OfClients, type Entry as OfClient } from "../scene";
import type { KvAnswer, KvOperation, KvRequest, KvResult } from "./messages";
import { resultProblem, tellRequest } from "./words";

/** One operation of one client, from its call to its end. */
export type Entry = OfClient<KvRequest, KvResult>;

/** Writes down what clients asked and what they were told: the history that is judged in the end. */
export class Journal extends OfClients<KvRequest, KvResult> {
  constructor() {
    super({
      name: (client) => `client ${client}`,
      tell: tellRequest,
      problem: resultProblem,
      form: "An answer has the form of KvAnswer (contract)",
      endsOnce: "A client ends each operation by ctx.done, once (contract)",
    });
  }

  /**
   * The operations on keys that `wanted` accepts, as a checker wants them. An operation that ended as “unknown” may still take effect
   * while its client goes on, so what the client does next counts as another client's.
   */
  history(wanted: (request: KvRequest) => boolean = () => true): History<KvOperation, KvAnswer> {
    const sessions = new Map<ServerId, number>();
    const beyond = 1 + this.entries.reduce((most, { client }) => Math.max(most, client), 0);
    return this.entries.flatMap((entry) => {
      const { client, request, result } = entry;
      const session = sessions.get(client) ?? client;
      if (result === "unknown") sessions.set(client, session + beyond);
      return request.kind === "sync" || !wanted(request) ? [] : [operation(entry, session, request)];
    });
  }
}

function operation(
  { id, call, calledAt, return: ret, returnedAt, result }: Entry,
  session: number,
  request: KvOperation,
): Operation<KvOperation, KvAnswer> {
  const common = { id, session, input: plain(request), call };
  if (result === undefined || result === "unknown" || ret === undefined) {
    return { ...common, outcome: "unknown", return: Infinity, at: [calledAt, Infinity] };
  }
  const at = [calledAt, returnedAt ?? calledAt] as const;
  return { ...common, outcome: "ok", output: result as KvAnswer, return: ret, at };
}

/** Without what says only how to read. */
function plain(request: KvOperation): KvOperation {
  return request.kind === "get" ? { kind: "get", key: request.key } : request;
}
