import {
  copyPlain,
  PlainDataError,
  ProgramError,
  ThrownError,
  type Answer,
  type Effect,
  type PlainData,
  type ServerId,
} from "../program";
import { SubjectError } from "../subject";
import { BorderError, type Codec } from "./codec";

/** What a program did with one input, as JSON can carry it: its effects, and the value of an invoked verb. */
export type CodedAnswer = readonly [effects: readonly unknown[], value?: unknown];

/** How an input, or the loading of the program, ended with an error, as JSON can carry it. */
export interface CodedError {
  readonly error: readonly unknown[];
}

/** No sentence is longer (characters); a program may throw a book. */
const MAX_TEXT = 4000;

/** No error names more lines of a program. */
const MAX_LINES = 100;

/** @param saved - the state that the server saved before, if any */
export function writeAnswer(
  codec: Codec,
  { effects, value }: Answer,
  saved: PlainData | undefined,
): CodedAnswer {
  let before = saved;
  const coded = effects.map((effect) => {
    const one = writeEffect(codec, effect, before);
    if (effect.kind === "save") before = effect.state;
    return one;
  });
  return value === undefined ? [coded] : [coded, codec.encode(value)];
}

/** The answer that {@link writeAnswer} has written. What its effects say is checked by whoever carries them out. */
export function readAnswer(codec: Codec, coded: unknown): Answer {
  if (!Array.isArray(coded) || coded.length > 2 || !Array.isArray(coded[0]))
    throw new BorderError("no answer");
  const effects = (coded[0] as unknown[]).map((effect) => readEffect(codec, effect));
  return coded.length === 1 ? { effects } : { effects, value: codec.decode(coded[1]) };
}

function writeEffect(codec: Codec, effect: Effect, saved: PlainData | undefined): readonly unknown[] {
  switch (effect.kind) {
    case "call":
      return ["c", effect.to, effect.method, codec.encode(effect.request)];
    case "reply":
      return ["r", effect.call, codec.encode(effect.reply)];
    case "setTimer":
      return ["t", effect.name, effect.ms];
    case "cancelTimer":
      return ["x", effect.name];
    case "save":
      return ["s", codec.encode(effect.state, saved)];
    case "up":
      return ["u", effect.verb, ...effect.args.map((arg) => codec.encode(arg))];
    case "down":
      return ["d", effect.verb, ...effect.args.map((arg) => codec.encode(arg))];
    case "downDone":
      return effect.value === undefined ? ["e"] : ["e", codec.encode(effect.value)];
    case "note":
      return effect.data === undefined ? ["n", effect.text] : ["n", effect.text, codec.encode(effect.data)];
  }
}

function readEffect(codec: Codec, coded: unknown): Effect {
  if (!Array.isArray(coded)) throw new BorderError("an effect is no list");
  const [kind, first, ...rest] = coded as unknown[];
  switch (kind) {
    case "c":
      return { kind: "call", to: number(first), method: text(rest[0]), request: codec.decode(rest[1]) };
    case "r":
      return { kind: "reply", call: number(first), reply: codec.decode(rest[0]) };
    case "t":
      return { kind: "setTimer", name: text(first), ms: number(rest[0]) };
    case "x":
      return { kind: "cancelTimer", name: text(first) };
    case "s":
      return { kind: "save", state: codec.decode(first) };
    case "u":
      return { kind: "up", verb: text(first), args: rest.map((arg) => codec.decode(arg)) };
    case "d":
      return { kind: "down", verb: text(first), args: rest.map((arg) => codec.decode(arg)) };
    case "e":
      return coded.length === 1 ? { kind: "downDone" } : { kind: "downDone", value: codec.decode(first) };
    case "n":
      return coded.length === 2
        ? { kind: "note", text: text(first) }
        : { kind: "note", text: text(first), data: codec.decode(rest[0]) };
    default:
      throw new BorderError("an effect of no known kind");
  }
}

/** What a file exports, as far as it is data: of an object the plain values, and in place of others what they are. */
export function plainExport(value: unknown): PlainData {
  if (typeof value !== "object" || value === null) return plainOr(value);
  let fields: [string, PropertyDescriptor][];
  try {
    fields = Object.entries(Object.getOwnPropertyDescriptors(value));
  } catch {
    return "(an object that cannot be looked at)"; // a proxy of the program's
  }
  return plainOr(Object.fromEntries(fields.map(([key, field]) => [key, plainOr(field.value)])));
}

function plainOr(value: unknown): PlainData {
  try {
    return copyPlain(value, "value");
  } catch (error) {
    return error instanceof PlainDataError ? `(${error.problem})` : "(what cannot be read)";
  }
}

/** Errors that a program, or a submission as a whole, can cause; undefined for one of our own. */
export function writeError(error: unknown): CodedError | undefined {
  if (error instanceof SubjectError) return { error: ["subject", error.verdict, ...error.lines.map(cut)] };
  if (!(error instanceof ProgramError)) return undefined;
  const kind = error instanceof ThrownError ? "thrown" : "program";
  return { error: [kind, cut(error.message), error.server, ...error.where.map(cut)] };
}

/** Throws the error that {@link writeError} has written; returns if `coded` is none. */
export function throwIfError(coded: unknown): void {
  if (typeof coded !== "object" || coded === null || !("error" in coded)) return;
  if (!Array.isArray(coded.error)) throw new BorderError("no error");
  const [kind, first, ...rest] = coded.error as unknown[];
  if (kind === "subject") {
    if (first !== "does-not-compile" && first !== "not-gradable") throw new BorderError("no such verdict");
    throw new SubjectError(first, lines(rest));
  }
  if (kind !== "thrown" && kind !== "program")
    throw new BorderError(`an error of no known kind: ${typeof first === "string" ? cut(first) : ""}`);
  const [server, ...where] = rest;
  const parts: [string, ServerId, string[]] = [text(first), serverId(server), lines(where)];
  if (kind === "thrown") throw new ThrownError(...parts);
  throw new ProgramError(...parts);
}

function cut(line: string): string {
  return line.length <= MAX_TEXT ? line : `${line.slice(0, MAX_TEXT)}…`;
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  throw new BorderError("a text is none");
}

function lines(values: readonly unknown[]): string[] {
  return values.slice(0, MAX_LINES).map((value) => cut(text(value)));
}

function serverId(value: unknown): ServerId {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new BorderError("a server is none");
}

function number(value: unknown): number {
  if (typeof value === "number") return value;
  throw new BorderError("a number is none");
}
