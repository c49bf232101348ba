import type { MessagePort } from "node:worker_threads";
import type { Limits } from "../isolation/node";

/** What judge and keeper tell each other without waiting: numbers in shared memory, by their places. */
export const Sign = {
  /** 1 once the process was started. */
  started: 0,
  /** 1 once it has ended. */
  ended: 1,
  /** How many words the judge has said to it and heard from it. */
  words: 2,
  /** How many runs it was given. */
  runs: 3,
  /** 1 while the judge waits for a word, or to be listened to. */
  waiting: 4,
  /** 1 when the judge wants it to end. */
  kill: 5,
  /** Processor time of the process so far, in ms, as it was seen last. */
  cpuMs: 6,
} as const;

/** How many {@link Sign}s there are. */
export const SIGNS = 7;

/** What a keeper is told. */
export interface KeeperData {
  readonly command: readonly string[];
  /** File descriptors that become standard input and output of the process. */
  readonly stdin: number;
  readonly stdout: number;
  readonly limits: Limits;
  readonly shared: SharedArrayBuffer;
  /** Where the command is looked for. */
  readonly path: string;
  /** Where the {@link Ending} goes. */
  readonly endings: MessagePort;
}

/** How a process has ended. */
export interface Ending {
  /**
   * Why the keeper has ended it, if it did: `handler` and `run` are about processor time, `silence` about real time, `told` is the
   * judge's own wish.
   */
  readonly reason?: "handler" | "run" | "memory" | "processes" | "silence" | "told";
  /** `exit code 3`, `signal SIGKILL`. */
  readonly how: string;
  /** The end of what it wrote to standard error. */
  readonly lastWords: string;
}
