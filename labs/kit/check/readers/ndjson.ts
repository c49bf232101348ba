import { z } from "zod";
import type { Operation } from "../history";
import type { ModelName } from "../models";
import { wrongLine, type Log } from "./log";

/** The first line says what the rest is. */
const HEAD = z.strictObject({
  format: z.literal("replication-labs/history/1"),
  model: z.enum(["kv", "register", "queue", "lock"]),
});

/** Of an event: its time on the clock of the history, the operation, and virtual ms for those who tell the story. */
const MARK = { t: z.number(), id: z.number().int(), at: z.number().optional() };

const EVENT = z.discriminatedUnion("kind", [
  z.strictObject({ ...MARK, session: z.number().int(), kind: z.literal("call"), input: z.unknown() }),
  z.strictObject({ ...MARK, kind: z.literal("ok"), output: z.unknown() }),
  z.strictObject({ ...MARK, kind: z.literal("fail") }),
  z.strictObject({ ...MARK, kind: z.literal("info") }),
]);
type Event = z.infer<typeof EVENT>;
type Call = Event & { readonly kind: "call" };
type End = Exclude<Event, Call>;

const key = z.string();
const value = z.union([z.number(), z.null()]);

/** What operations and answers of each model look like. */
const WORDS: { readonly [name in ModelName]: { readonly input: z.ZodType; readonly output: z.ZodType } } = {
  kv: {
    input: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("get"), key }),
      z.strictObject({ kind: z.literal("put"), key, value: z.string() }),
      z.strictObject({ kind: z.literal("append"), key, value: z.string() }),
      z.strictObject({ kind: z.literal("cas"), key, expected: z.string(), value: z.string() }),
    ]),
    output: z.strictObject({ version: z.int(), value: z.string(), swapped: z.boolean() }).partial(),
  },
  register: {
    input: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("read"), key: key.optional() }),
      z.strictObject({ kind: z.literal("write"), key: key.optional(), value }),
      z.strictObject({ kind: z.literal("cas"), key: key.optional(), expected: value, value }),
    ]),
    output: z.strictObject({ value, swapped: z.boolean() }).partial(),
  },
  queue: {
    input: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("enqueue"), value: z.string() }),
      z.strictObject({ kind: z.literal("dequeue") }),
    ]),
    output: z.strictObject({ value: z.union([z.string(), z.null()]).optional() }),
  },
  lock: {
    input: z.strictObject({ kind: z.enum(["acquire", "release"]), owner: z.string() }),
    output: z.strictObject({ done: z.boolean() }),
  },
};

/**
 * Reads a history in our own format: a line that names the model, then one line of JSON an event, in any order.
 *
 * ```
 * {"format":"replication-labs/history/1","model":"register"}
 * {"t":1,"id":7,"session":2,"kind":"call","input":{"kind":"read"}}
 * {"t":4,"id":7,"kind":"ok","output":{"value":3}}
 * ```
 *
 * Where the model is known, the first line may be missing. The other ends of an operation are `fail` (it did not happen) and `info` (nobody knows); one without an end is
 * unknown, too.
 *
 * @throws HistoryError that names the line
 */
export function readNdjson(text: string, expected?: ModelName): Log {
  const rows = text
    .split("\n")
    .map((row, i) => ({ row, line: i + 1 }))
    .filter(({ row }) => row.trim() !== "");
  const [first] = rows;
  if (first === undefined) throw wrongLine(1, "nothing is in it");
  const isHead = first.row.includes('"format"');
  const model = isHead ? parse(HEAD, first.row, first.line).model : expected;
  if (model === undefined) {
    throw wrongLine(
      first.line,
      'of which model? Begin with {"format":"replication-labs/history/1","model":"kv"}, or give --model',
    );
  }
  if (isHead) rows.shift();
  const calls = new Map<number, Call>();
  const ends = new Map<number, End & { readonly line: number }>();
  for (const { row, line } of rows) {
    const event = parse(EVENT, row, line);
    if ((event.kind === "call" ? calls : ends).has(event.id)) {
      const what = event.kind === "call" ? "call" : "end";
      throw wrongLine(line, `operation ${event.id} has a second ${what}`);
    }
    if (event.kind === "call") {
      conform(WORDS[model].input, event.input, line);
      calls.set(event.id, event);
    } else {
      if (event.kind === "ok") conform(WORDS[model].output, event.output, line);
      ends.set(event.id, { ...event, line });
    }
  }
  for (const { id, line } of ends.values()) {
    if (!calls.has(id)) throw wrongLine(line, `operation ${id} ends, but was never called`);
  }
  return { model, history: Array.from(calls.values(), (call) => operationOf(call, ends.get(call.id))) };
}

/** Writes a history in our own format, its events in the order of time. */
export function writeNdjson({ model, history }: Log): string {
  const events: Event[] = history.flatMap(
    ({ id, session, input, output, outcome, call, return: end, at }) => {
      const called: Event = { t: call, id, session, kind: "call", input, ...(at && { at: at[0] }) };
      if (outcome === "unknown") return [called];
      const mark = { t: end, id, ...(at && { at: at[1] }) };
      return [called, outcome === "ok" ? { ...mark, kind: "ok", output } : { ...mark, kind: "fail" }];
    },
  );
  events.sort((a, b) => a.t - b.t);
  const lines = [{ format: "replication-labs/history/1", model }, ...events].map((line) =>
    JSON.stringify(line),
  );
  return `${lines.join("\n")}\n`;
}

function operationOf({ id, session, input, t: call, at: called }: Call, end: End | undefined): Operation {
  if (end === undefined || end.kind === "info") {
    const at = called === undefined ? {} : { at: [called, Infinity] as const };
    return { id, session, input, outcome: "unknown", call, return: Infinity, ...at };
  }
  const at = called === undefined || end.at === undefined ? {} : { at: [called, end.at] as const };
  return end.kind === "ok"
    ? { id, session, input, output: end.output, outcome: "ok", call, return: end.t, ...at }
    : { id, session, input, outcome: "failed", call, return: end.t, ...at };
}

function parse<T>(schema: z.ZodType<T>, row: string, line: number): T {
  let found: unknown;
  try {
    found = JSON.parse(row);
  } catch {
    throw wrongLine(line, "not JSON");
  }
  return conform(schema, found, line);
}

function conform<T>(schema: z.ZodType<T>, found: unknown, line: number): T {
  const { success, data, error } = schema.safeParse(found);
  if (success) return data;
  const [issue] = error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : `${issue.path.join(".")}: `;
  throw wrongLine(line, `${where}${issue?.message ?? "not what it should be"}`);
}
