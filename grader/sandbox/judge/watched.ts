import { ProgramError, type Driver, type RunningInput, type ServerId } from "../../../labs/kit/program";
import { SceneFailure } from "../../../labs/kit/scene/failure";
import { SubjectError, type Cast, type Subject } from "../../../labs/kit/subject";

/** What a program was doing when something went wrong at its side of the border. */
export interface Doing {
  /** `Raft.appendEntries`, `new Raft`; `raft/raft.ts` while something is read from it. */
  readonly what: string;
  readonly server?: ServerId;
}

/** Told of everything that goes wrong at the border and is no failure of the program; returns what is to be thrown instead. */
export type Notice = (error: unknown, doing: Doing) => unknown;

/** A subject whose border is watched: a world would take what goes wrong there for an error of its own. */
export function watched(subject: Subject, notice: Notice): Subject {
  const guarded = <T>(doing: () => Doing, ask: () => T): T => {
    try {
      return ask();
    } catch (error) {
      if (error instanceof ProgramError || error instanceof SubjectError || error instanceof SceneFailure) {
        throw error;
      }
      throw notice(error, doing());
    }
  };
  return {
    ...subject,
    exported: (file, exportName) =>
      guarded(
        () => ({ what: file }),
        () => subject.exported(file, exportName),
      ),
    driver: (cast, instances) => {
      const driver = guarded(
        () => ({ what: "the program" }),
        () => subject.driver(cast, instances),
      );
      return watchedDriver(driver, cast, guarded);
    },
  };
}

function watchedDriver(
  driver: Driver,
  cast: Cast,
  guarded: <T>(doing: () => Doing, ask: () => T) => T,
): Driver {
  const at = (server: ServerId, what: (name: string) => string) => (): Doing => ({
    what: what(cast(server).exportName),
    server,
  });
  return {
    boot: (server, now, input) =>
      guarded(
        at(server, (name) => `new ${name}`),
        () => driver.boot(server, now, input),
      ),
    deliver: (server, now, input) =>
      guarded(
        at(server, (name) => `${classOf(cast, server, input, name)}.${handlerOf(input)}`),
        () => driver.deliver(server, now, input),
      ),
    crash: (server) =>
      guarded(
        at(server, (name) => `the end of ${name}`),
        () => driver.crash(server),
      ),
    weigh: (server) =>
      guarded(
        at(server, (name) => `weighing ${name}`),
        () => driver.weigh(server),
      ),
    capture: () => driver.capture(),
    restore: (captured) => driver.restore(captured),
  };
}

function classOf(cast: Cast, server: ServerId, input: RunningInput, name: string): string {
  const { service } = cast(server);
  if (service === undefined) return name;
  const above = input.kind === "up" || (input.kind === "request" && service.requests.includes(input.method));
  return above ? service.exportName : name;
}

function handlerOf(input: RunningInput): string {
  switch (input.kind) {
    case "request":
      return input.method;
    case "reply":
      return `${input.method}Reply`;
    case "timer":
      return "timer";
    case "up":
    case "invoke":
      return input.verb;
  }
}
