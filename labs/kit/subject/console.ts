import type { ConsoleLevel, ConsoleSink } from "../driver";
import { formatArguments } from "./format";
import { forbid } from "./forbidden";

let sink: ConsoleSink | undefined;

/**
 * Says where `console.*` of submissions goes from now on: whoever runs a program installs a sink, which makes
 * a `ctx.note` of it, before each handler. Without one it is dropped.
 *
 * @returns the sink that was installed before
 */
export function setConsole(next: ConsoleSink | undefined): ConsoleSink | undefined {
  const before = sink;
  sink = next;
  return before;
}

/** The `console` of programs. It keeps no state, so it can be shared by all servers. */
export function programConsole(): object {
  const write =
    (level: ConsoleLevel) =>
    (...args: unknown[]): void => {
      if (sink !== undefined) sink(formatArguments(args), level);
    };
  const log = write("log");
  const error = write("error");
  const clock = (use: string) => (): never => forbid("Date", use);
  return Object.freeze({
    log,
    info: write("info"),
    debug: write("debug"),
    warn: write("warn"),
    error,
    trace: log,
    dir: (value: unknown) => log(value),
    table: (value: unknown) => log(value),
    group: log,
    groupEnd: () => undefined,
    assert: (holds: unknown, ...args: unknown[]) => {
      if (!holds) error("Assertion failed", ...args);
    },
    time: clock("console.time"),
    timeLog: clock("console.timeLog"),
    timeEnd: clock("console.timeEnd"),
  });
}
