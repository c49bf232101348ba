import { isRecord, type Effect, type Input, type PlainData, type ServerId } from "../program";
import type { Message } from "./message";
import type { WorldEvent } from "./observer";
import type { TraceRecord } from "./record";

/** How long a piece of data may get in one line of a trace. */
const WIDTH = 88;

/** What a node is called in a trace. */
type Name = (node: ServerId) => string;

/**
 * Records in aligned columns: virtual time in ms, server, what happened, details.
 *
 * ```text
 *    352.104  S2   timer      election
 *    352.104  S2   save       currentTerm=1 votedFor=2 log=[]
 *    352.104  S2   call       requestVote to S0: term=1 candidateId=2
 * ```
 *
 * @param servers - so many nodes are servers, S0 and up; those behind them are clients, C3 and up
 */
export function formatRecords(records: readonly TraceRecord[], servers = Infinity): string[] {
  const name: Name = (node) => `${node < servers ? "S" : "C"}${node}`;
  const rows = records.map((record) => ({ at: record.at.toFixed(3), ...describe(record, name) }));
  const timeWidth = Math.max(9, ...rows.map((row) => row.at.length));
  const verbWidth = Math.max(9, ...rows.map((row) => row.verb.length));
  return rows.map((row) =>
    `${row.at.padStart(timeWidth)}  ${row.who.padEnd(4)} ${row.verb.padEnd(verbWidth)}  ${row.what}`.trimEnd(),
  );
}

interface Row {
  readonly who: string;
  readonly verb: string;
  readonly what: string;
}

function describe(record: TraceRecord, name: Name): Row {
  switch (record.type) {
    case "input":
      return { who: name(record.server), ...describeInput(record.input, name) };
    case "effect":
      return { who: name(record.server), ...describeEffect(record.effect, name) };
    case "value":
      return { who: name(record.server), verb: "returns", what: compact(record.value) };
    case "event":
      return describeEvent(record.event, name);
  }
}

function describeInput(input: Input, name: Name): Omit<Row, "who"> {
  switch (input.kind) {
    case "boot":
      return {
        verb: "boot",
        what: input.saved === undefined ? "with an empty disk" : `with ${compact(input.saved)}`,
      };
    case "request":
      return { verb: "request", what: `${input.method} from ${name(input.from)}: ${compact(input.request)}` };
    case "reply":
      return {
        verb: "gets reply",
        what: `${input.method} from ${name(input.from)}: ${compact(input.reply)}`,
      };
    case "timer":
      return { verb: "timer", what: input.name };
    case "invoke":
      return { verb: "asked", what: `${input.verb}(${input.args.map(compact).join(", ")})` };
    case "up":
      return { verb: "service", what: `${input.verb}(${input.args.map(compact).join(", ")})` };
  }
}

function describeEffect(effect: Effect, name: Name): Omit<Row, "who"> {
  switch (effect.kind) {
    case "call":
      return { verb: "· call", what: `${effect.method} to ${name(effect.to)}: ${compact(effect.request)}` };
    case "reply":
      return { verb: "· reply", what: compact(effect.reply) };
    case "setTimer":
      return { verb: "· set timer", what: `${effect.name} in ${round(effect.ms)} ms` };
    case "cancelTimer":
      return { verb: "· cancel", what: effect.name };
    case "save":
      return { verb: "· save", what: compact(effect.state) };
    case "up":
      return { verb: `· ${effect.verb}`, what: effect.args.map(compact).join(", ") };
    case "down":
      return { verb: "· asks", what: `${effect.verb}(${effect.args.map(compact).join(", ")})` };
    case "downDone":
      return { verb: "· returns", what: effect.value === undefined ? "" : compact(effect.value) };
    case "note":
      return {
        verb: "· note",
        what: effect.data === undefined ? effect.text : `${effect.text} ${compact(effect.data)}`,
      };
  }
}

function describeEvent(event: WorldEvent, name: Name): Row {
  switch (event.kind) {
    case "crash":
      return { who: name(event.server), verb: "CRASHES", what: event.where ?? "" };
    case "freeze":
    case "thaw":
      return { who: name(event.server), verb: event.kind === "freeze" ? "FREEZES" : "THAWS", what: "" };
    case "cut":
    case "mend":
      return { who: "net", verb: event.kind, what: `${name(event.from)} → ${name(event.to)}` };
    case "network":
      return { who: "net", verb: "is now", what: event.name };
    case "dropped":
      return { who: "net", verb: DROPPED[event.why], what: describeMessage(event.message, name) };
    case "held":
    case "released":
      return { who: "net", verb: event.kind, what: describeMessage(event.message, name) };
    case "puppet":
      return { who: name(event.message.to), verb: "(puppet)", what: describeMessage(event.message, name) };
  }
}

const DROPPED = { lost: "loses", cut: "cuts off", down: "finds down", unheard: "unheard" } as const;

function describeMessage({ kind, method, from, to, request, reply }: Message, name: Name): string {
  return `${method} ${kind} ${name(from)} → ${name(to)}: ${compact(kind === "reply" ? (reply ?? null) : request)}`;
}

/**
 * Data in few characters: `term=1 entries=[2 items] answer={version=2}`; a list is shown by its length, a record inside by its keys,
 * if there is no room for more, and the versions of Lab 6 by number and writer: `held={version=2.C5 value=new}`.
 */
export function compact(data: PlainData): string {
  const full = outer(data, true);
  const text = full.length > WIDTH ? outer(data, false) : full;
  return text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text;
}

function outer(data: PlainData, hasRoom: boolean): string {
  if (!isRecord(data)) return inner(data, hasRoom);
  return Object.entries(data)
    .map(([key, value]) => `${key}=${inner(value, hasRoom)}`)
    .join(" ");
}

function inner(data: PlainData, hasRoom: boolean): string {
  if (data instanceof Uint8Array) return `<${data.length} bytes>`;
  if (Array.isArray(data))
    return data.length === 0 ? "[]" : `[${data.length} ${data.length === 1 ? "item" : "items"}]`;
  if (isVersion(data)) return `${data.number}.C${data.writer}`;
  if (isRecord(data)) return `{${hasRoom && isFlat(data) ? outer(data, true) : Object.keys(data).join(" ")}}`;
  return typeof data === "string" ? data : JSON.stringify(data);
}

function isFlat(record: { readonly [key: string]: PlainData }): boolean {
  return Object.values(record).every(
    (value) => value === null || typeof value !== "object" || isVersion(value),
  );
}

function isVersion(data: PlainData): data is { readonly number: number; readonly writer: ServerId } {
  if (!isRecord(data) || Object.keys(data).length !== 2) return false;
  return typeof data.number === "number" && typeof data.writer === "number";
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
