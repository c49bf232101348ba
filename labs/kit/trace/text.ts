import type { Effect, Input, PlainData, ServerId } from "../program";
import { textOfPlain } from "../program/plain";
import type { Delta } from "./delta";
import type { WorldEvent } from "./observer";

// The lines that the hash of a trace covers. Each says all there is to say of one record, in few characters: a letter for
// the kind, the server, and what belongs to it; data as JSON, and a name last. Different records have different lines.

/** A handler begins. */
export function inputLine(server: ServerId, input: Input): string {
  switch (input.kind) {
    case "boot":
      return `b${server} ${textOfPlain({ ...input, options: { ...input.options } })}\n`;
    case "request":
      return `q${server} ${input.from} ${input.call} ${textOfPlain(input.request)} ${name(input.method)}\n`;
    case "reply":
      return `r${server} ${input.from} ${textOfPlain(input.reply)} ${textOfPlain(input.request)} ${name(input.method)}\n`;
    case "timer":
      return `t${server} ${name(input.name)}\n`;
    case "invoke":
      return `i${server} ${textOfPlain(input.args)} ${name(input.verb)}\n`;
    case "up":
      return `u${server} ${textOfPlain(input.args)} ${name(input.verb)}\n`;
  }
}

/** One effect; a save is told by what it changed. */
export function effectLine(server: ServerId, effect: Effect, changed: Delta | undefined): string {
  switch (effect.kind) {
    case "call":
      return `C${server} ${effect.to} ${textOfPlain(effect.request)} ${name(effect.method)}\n`;
    case "reply":
      return `R${server} ${effect.call} ${textOfPlain(effect.reply)}\n`;
    case "setTimer":
      return `T${server} ${duration(effect.ms)} ${name(effect.name)}\n`;
    case "cancelTimer":
      return `X${server} ${name(effect.name)}\n`;
    case "save":
      return `S${server} ${textOfPlain(changed ?? { whole: effect.state })}\n`;
    case "up":
      return `U${server} ${textOfPlain(effect.args)} ${name(effect.verb)}\n`;
    case "down":
      return `D${server} ${textOfPlain(effect.args)} ${name(effect.verb)}\n`;
    case "downDone":
      return `d${server} ${effect.value === undefined ? "" : textOfPlain(effect.value)}\n`;
    case "note":
      return `N${server} ${effect.data === undefined ? "" : textOfPlain(effect.data)} ${name(effect.text)}\n`;
  }
}

/** The value of an invoked verb. */
export function valueLine(server: ServerId, value: PlainData): string {
  return `v${server} ${textOfPlain(value)}\n`;
}

/** What the world did by itself. */
export function eventLine(event: WorldEvent): string {
  return `e ${textOfPlain(event)}\n`;
}

/** Time has gone on by `ms`, a multiple of a microsecond. */
export function timeLine(ms: number): string {
  return `@${Math.round(ms * 1000)}\n`;
}

/** A whole number of microseconds, as almost always, is written down far faster than a fraction of a millisecond. */
function duration(ms: number): string {
  const us = Math.round(ms * 1000);
  return us / 1000 === ms ? `${us}` : `${ms}ms`;
}

/** As it is, unless it could be taken for the end of its line, or for a quoted one. */
function name(text: string): string {
  return text.includes("\n") || text.startsWith('"') ? JSON.stringify(text) : text;
}
