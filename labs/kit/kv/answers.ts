import { kv } from "../check/models/kv";
import type { Effect, Input, ServerId } from "../program";
import { at, Monitor, SceneFailure } from "../scene";
import type { WorldView } from "../sim";
import type { Entry, Journal } from "./journal";
import type { KvAnswer } from "./messages";
import { tellRequest } from "./words";

/** What is known of one key. */
interface Key {
  /** The newest version that was acknowledged to anybody, and by which operation. */
  newest: { readonly version: number; readonly entry: Entry } | undefined;
  /** By version: who made it. */
  readonly makers: Map<number, Entry>;
  /** By version: what it holds, and who said so. */
  readonly values: Map<number, { readonly value: string; readonly entry: Entry }>;
}

interface State {
  readonly keys: Map<string, Key>;
  /** By client: the newest version of its key that was acknowledged when its open operation was called. */
  readonly floors: Map<ServerId, Key["newest"]>;
}

const REAL_TIME =
  "Linearizability: an operation sees all that was acknowledged before it was called (Herlihy & Wing 1990; Raft, §8)";
const ONE_CHANGE =
  "Exactly once: each change makes one version of a key, and each version comes from one change (§8)";
const ONE_VALUE = "One order of changes: a version of a key has one value (contract)";

/**
 * Looks at each answer as it comes, so that a wrong one ends the run there and then. It judges by the versions in the answers, one
 * at a time; the whole history is checked in the end.
 */
export class AnswerMonitor extends Monitor<State> {
  override readonly inputs = ["invoke"] as const;
  override readonly effects = ["up"] as const;
  protected state: State = { keys: new Map(), floors: new Map() };

  /** @param journal - is told of everything before */
  constructor(private readonly journal: Journal) {
    super();
  }

  onInput(_world: WorldView, client: ServerId, input: Input): void {
    const entry = this.journal.open(client);
    if (input.kind !== "invoke" || input.verb !== "invoke" || entry === undefined) return;
    const { request } = entry;
    if (request.kind !== "sync") this.state.floors.set(client, this.key(request.key).newest);
  }

  onEffect(_world: WorldView, client: ServerId, effect: Effect): void {
    if (effect.kind !== "up" || effect.verb !== "done") return;
    const entry = this.journal.last(client);
    if (entry?.result === undefined || entry.result === "unknown" || entry.request.kind === "sync") return;
    const answer = entry.result as KvAnswer;
    const { request } = entry;
    const isSessionRead = request.kind === "get" && request.read === "session";
    const changes = request.kind === "put" || request.kind === "append" || answer.swapped === true;
    if (!isSessionRead) this.checkFloor(entry, answer, changes);
    this.checkMaker(entry, answer, changes);
    this.checkValue(entry, answer);
    const key = this.key(request.key);
    if (!isSessionRead && answer.version > (key.newest?.version ?? 0)) {
      key.newest = { version: answer.version, entry };
    }
  }

  private checkFloor(entry: Entry, answer: KvAnswer, changes: boolean): void {
    const floor = this.state.floors.get(entry.client);
    if (floor === undefined || answer.version > floor.version) return;
    if (answer.version === floor.version && !changes) return;
    const newer =
      `version ${floor.version} had been acknowledged to client ${floor.entry.client} at ${time(floor.entry)} ` +
      `(${told(floor.entry)}), before it was called at ${at(entry.calledAt)}`;
    throw wrong(REAL_TIME, `${told(entry)}, at ${time(entry)}, but ${newer}`, entry);
  }

  private checkMaker(entry: Entry, answer: KvAnswer, changes: boolean): void {
    if (!changes || entry.request.kind === "sync") return;
    const { makers } = this.key(entry.request.key);
    const other = makers.get(answer.version);
    makers.set(answer.version, entry);
    if (other === undefined) return;
    const message = `${told(entry)}, at ${time(entry)}, but ${told(other)}, at ${time(other)}, made that version`;
    throw wrong(ONE_CHANGE, message, entry);
  }

  private checkValue(entry: Entry, answer: KvAnswer): void {
    const { request } = entry;
    if (request.kind === "sync") return;
    const shown =
      request.kind === "put" || answer.swapped === true ? (request as { value: string }).value : answer.value;
    if (shown === undefined) return;
    const { values } = this.key(request.key);
    const known = answer.version === 0 ? { value: "", entry: undefined } : values.get(answer.version);
    if (known === undefined) {
      values.set(answer.version, { value: shown, entry });
    } else if (known.value !== shown) {
      const before =
        known.entry === undefined
          ? `version 0 is that of a key which was never written, and holds ""`
          : `version ${answer.version} is ${JSON.stringify(known.value)} by what ${told(known.entry)} at ${time(known.entry)}`;
      throw wrong(ONE_VALUE, `${told(entry)}, at ${time(entry)}, but ${before}`, entry);
    }
  }

  private key(name: string): Key {
    let key = this.state.keys.get(name);
    if (key === undefined) {
      this.state.keys.set(name, (key = { newest: undefined, makers: new Map(), values: new Map() }));
    }
    return key;
  }
}

function told({ client, request, result }: Entry): string {
  const answer = request.kind === "sync" ? "" : kv.tellOutput(result as KvAnswer, request);
  return `client ${client}'s ${tellRequest(request)} was answered ${answer}`;
}

function time({ returnedAt }: Entry): string {
  return at(returnedAt ?? 0);
}

function wrong(rule: string, message: string, { client }: Entry): SceneFailure {
  return new SceneFailure("wrong", rule, message, client);
}
