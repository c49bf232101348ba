import type { Operation } from "../history";
import type { ModelName } from "../models";
import type { KvAnswer, KvOperation } from "../models/kv";
import type { RegisterAnswer, RegisterOperation, RegisterValue } from "../models/register";
import { nameOf, type Edn } from "./edn";
import { wrongLine, type Log } from "./log";

/** One line of a log that Jepsen, or somebody in its manner, wrote. */
export interface Event {
  readonly line: number;
  readonly process: number;
  readonly type: "invoke" | "ok" | "fail" | "info";
  readonly f: string;
  readonly value: Edn;
  readonly key?: string;
  /** Whether it says why it went wrong. */
  readonly error?: boolean;
}

/** How events read as operations of one model. */
interface Dialect<I, O> {
  readonly model: ModelName;
  input(event: Event): I;
  answer(input: I, event: Event): O;
  /** What a failure tells, or undefined if it tells only that nothing happened. */
  refusal(input: I, event: Event): O | undefined;
}

/**
 * Makes a history of events. A process that was left without an answer (`info`, or nothing till the end) asks nothing
 * more; its number is the session.
 *
 * @throws HistoryError that names the line
 */
export function readEvents(events: readonly Event[]): Log {
  const isKv = events.some(({ f }) => f in KV_FUNCTIONS);
  return isKv ? read(events, KV) : read(events, REGISTER);
}

function read<I, O>(events: readonly Event[], dialect: Dialect<I, O>): Log {
  const open = new Map<number, { readonly at: number; readonly invoked: Event; readonly input: I }>();
  const history: Operation<I, O>[] = [];
  const unanswered = (session: number): void => {
    const call = open.get(session);
    if (call === undefined) return;
    const { at, input } = call;
    history.push({ id: at, session, input, outcome: "unknown", call: at, return: Infinity });
  };
  events.forEach((event, at) => {
    const { line, type, process: session, f } = event;
    const call = open.get(session);
    if (type === "invoke") {
      if (call !== undefined)
        throw wrongLine(line, `process ${session} has an operation open since line ${call.invoked.line}`);
      open.set(session, { at, invoked: event, input: dialect.input(event) });
      return;
    }
    if (call === undefined) throw wrongLine(line, `process ${session} has no operation open`);
    const { at: called, invoked, input } = call;
    if (invoked.f !== f) throw wrongLine(line, `:${f} ends what line ${invoked.line} began as :${invoked.f}`);
    if (type === "info") return; // open for ever
    const output = type === "ok" ? dialect.answer(input, event) : dialect.refusal(input, event);
    const ends = { call: called, return: at };
    history.push(
      output === undefined
        ? { id: called, session, input, outcome: "failed", ...ends }
        : { id: called, session, input, output, outcome: "ok", ...ends },
    );
    open.delete(session);
  });
  [...open.keys()].forEach(unanswered);
  return { model: dialect.model, history: history.sort((a, b) => a.call - b.call) };
}

const REGISTER: Dialect<RegisterOperation, RegisterAnswer> = {
  model: "register",
  input: (event) => {
    const [key, value] = keyed(event);
    switch (event.f) {
      case "read":
        return { ...key, kind: "read" };
      case "write":
        return { ...key, kind: "write", value: numberOf(value, event) };
      case "cas": {
        const [expected, to, ...more] = Array.isArray(value) ? value : [];
        if (more.length > 0) throw wrongLine(event.line, "the value of :cas is not [from to]");
        return { ...key, kind: "cas", expected: numberOf(expected, event), value: numberOf(to, event) };
      }
      default:
        throw wrongLine(event.line, `:${event.f} is none of :read, :write, :cas, :get, :put, :append`);
    }
  },
  answer: (input, event) => {
    if (input.kind === "read") return { value: numberOf(keyed(event)[1], event) };
    return input.kind === "cas" ? { swapped: true } : {};
  },
  // Without a reason it is the register that refused, which tells what it did not hold.
  refusal: (input, { value, error }) =>
    input.kind === "cas" && error !== true && typeof value !== "symbol" ? { swapped: false } : undefined,
};

/** The register that an event is about, in tests of several at once: then each value is [register value]. */
function keyed({ f, value, key, line }: Event): [{ key?: string }, Edn | undefined] {
  if (key !== undefined) return [{ key }, value];
  const isPair = Array.isArray(value) && (f !== "cas" || Array.isArray(value[1]));
  if (!isPair) return [{}, value];
  return [{ key: nameOf(value[0] ?? null, line) }, value[1]];
}

function numberOf(value: Edn | undefined, { line, f }: Event): RegisterValue {
  if (value === null || typeof value === "number") return value;
  throw wrongLine(line, `:${f} of something that is no number`);
}

const KV_FUNCTIONS = { get: true, put: true, append: true };

const KV: Dialect<KvOperation, Partial<KvAnswer>> = {
  model: "kv",
  input: ({ line, f, key, value }) => {
    if (key === undefined) throw wrongLine(line, "an event without :key");
    if (f === "get") return { kind: "get", key };
    if (f !== "put" && f !== "append") throw wrongLine(line, `:${f} is none of :get, :put, :append`);
    return { kind: f, key, value: textOf(value, line) };
  },
  answer: (input, { line, value }) => (input.kind === "get" ? { value: textOf(value, line) } : {}),
  refusal: () => undefined,
};

function textOf(value: Edn, line: number): string {
  if (typeof value === "string") return value;
  throw wrongLine(line, ":value is no text");
}
