import type { History, Operation } from "../check/history";
import type { Effect, Input, ServerId } from "../program";
import { Monitor, SceneFailure } from "../scene";
import type { WorldView } from "../sim";
import type { KvAnswer, KvOperation, KvRequest, KvResult } from "./messages";
import { resultProblem, tellRequest } from "./words";

/** One operation of one client, from its call to its end. */
export interface Entry {
  readonly id: number;
  readonly client: ServerId;
  readonly request: KvRequest;
  /** The numbers of the events: they order what happens at one instant. */
  readonly call: number;
  return: number | undefined;
  /** Virtual ms. */
  readonly calledAt: number;
  returnedAt: number | undefined;
  /** Absent as long as it is open. */
  result: KvResult | undefined;
}

interface State {
  readonly entries: Entry[];
  /** By client. */
  readonly open: Map<ServerId, Entry>;
  readonly last: Map<ServerId, Entry>;
}

const ENDS_ONCE = "A client ends each operation by ctx.done, once (contract)";

/** Writes down what clients asked and what they were told: the history that is judged in the end. */
export class Journal extends Monitor<State> {
  override readonly inputs = ["invoke"] as const;
  override readonly effects = ["up"] as const;
  protected state: State = { entries: [], open: new Map(), last: new Map() };

  get entries(): readonly Entry[] {
    return this.state.entries;
  }

  /** What `client` is busy with. */
  open(client: ServerId): Entry | undefined {
    return this.state.open.get(client);
  }

  /** The last operation of `client`, open or not. */
  last(client: ServerId): Entry | undefined {
    return this.state.last.get(client);
  }

  /**
   * The operations on keys that `wanted` accepts, as a checker wants them. An operation that ended as “unknown” may still take effect
   * while its client goes on, so what the client does next counts as another client's.
   */
  history(wanted: (request: KvRequest) => boolean = () => true): History<KvOperation, KvAnswer> {
    const sessions = new Map<ServerId, number>();
    const beyond = 1 + this.state.entries.reduce((most, { client }) => Math.max(most, client), 0);
    return this.state.entries.flatMap((entry) => {
      const { client, request, result } = entry;
      const session = sessions.get(client) ?? client;
      if (result === "unknown") sessions.set(client, session + beyond);
      return request.kind === "sync" || !wanted(request) ? [] : [operation(entry, session, request)];
    });
  }

  onInput(world: WorldView, client: ServerId, input: Input, n: number): void {
    if (input.kind !== "invoke" || input.verb !== "invoke" || world.servers.includes(client)) return;
    const entry: Entry = {
      id: this.state.entries.length,
      client,
      request: input.args[0] as KvRequest,
      call: n,
      calledAt: world.now,
      return: undefined,
      returnedAt: undefined,
      result: undefined,
    };
    this.state.entries.push(entry);
    this.state.open.set(client, entry);
    this.state.last.set(client, entry);
  }

  onEffect(world: WorldView, client: ServerId, effect: Effect, n: number): void {
    if (effect.kind !== "up" || effect.verb !== "done") return;
    const [result = null] = effect.args;
    const entry = this.state.open.get(client);
    if (entry === undefined) {
      const message = `client ${client} calls ctx.done(${JSON.stringify(result)}) at ${world.now.toFixed(3)} ms, but no operation is open`;
      throw new SceneFailure("wrong", ENDS_ONCE, message, client);
    }
    const problem = resultProblem(entry.request, result);
    if (problem !== undefined) {
      const message = `client ${client} ends ${tellRequest(entry.request)} with ${JSON.stringify(result)}: ${problem}`;
      throw new SceneFailure("wrong", "An answer has the form of KvAnswer (contract)", message, client);
    }
    entry.result = result as KvResult;
    entry.return = n;
    entry.returnedAt = world.now;
    this.state.open.delete(client);
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
