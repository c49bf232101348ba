import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from "node:worker_threads";
import { childCode, keeperCode } from "../bundle";
import type { Command } from "../command";
import type { Wall } from "../isolation/isolation";
import type { Limits } from "../isolation/node";
import { ClosedError, FrameChannel, TooLargeError } from "./frames";
import { Sign, SIGNS, type Ending, type KeeperData } from "./signs";

/** The process in a sandbox is no more. */
export class LostError extends Error {
  override readonly name = "LostError";

  constructor(readonly ending: Ending) {
    super(`the sandbox has ended (${ending.reason ?? ending.how})`);
  }
}

/** It has told more than a run may. */
export class FloodError extends Error {
  override readonly name = "FloodError";
}

/** How long the start of a process may take, in ms; it takes a tenth of a second where the machine is not crowded. */
const STARTING_MS = 60_000;

/** How long the end of a process may take to be noticed, in ms. */
const ENDING_MS = 10_000;

/**
 * A process in a sandbox, and the judge's way to talk to it. All verbs block, for at most as long as the {@link Limits} allow: a
 * thread of its own, the keeper, ends the process then.
 */
export class Cell {
  private readonly signs = new Int32Array(new SharedArrayBuffer(4 * SIGNS));
  private readonly channel: FrameChannel;
  private readonly descriptors: readonly number[];
  private readonly endings: MessagePort;
  private bytes = 0;
  private isClosed = false;

  constructor(
    wall: Wall,
    private readonly limits: Limits,
  ) {
    const [toChild, fromChild] = [pipe(), pipe()];
    const { port1, port2 } = new MessageChannel();
    this.endings = port1;
    const data: KeeperData = {
      command: wall.command(limits),
      stdin: toChild.read,
      stdout: fromChild.write,
      limits,
      shared: this.signs.buffer,
      path: process.env["PATH"] ?? "",
      endings: port2,
    };
    const keeper = new Worker(keeperCode(), {
      eval: true,
      workerData: data,
      transferList: [port2],
      execArgv: [],
      env: {},
    });
    keeper.unref();
    port1.unref();
    Atomics.wait(this.signs, Sign.started, 0, STARTING_MS);
    closeSync(toChild.read);
    closeSync(fromChild.write);
    this.descriptors = [toChild.write, fromChild.read];
    this.channel = new FrameChannel(fromChild.read, toChild.write, limits.outputBytes);
    try {
      this.guarded(() => this.channel.sendText(childCode()));
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** A new run begins: its time and its output count from here. */
  begin(): void {
    this.bytes = 0;
    Atomics.add(this.signs, Sign.runs, 1);
  }

  /** @throws {@link LostError} if the process has ended */
  send(command: Command): void {
    this.guarded(() => this.channel.send(command));
  }

  /** @throws {@link LostError} if the process has ended, or was ended; {@link FloodError} if the run tells too much */
  receive(): unknown {
    return JSON.parse(this.guarded(() => this.receiveBytes()).toString());
  }

  /** Processor time of the process so far, in ms, to within a few hundredths of a second. */
  get cpuMs(): number {
    return Atomics.load(this.signs, Sign.cpuMs);
  }

  /** Ends the process. */
  close(): void {
    if (this.isClosed) return; // the numbers of the descriptors may be those of others by now
    this.isClosed = true;
    Atomics.store(this.signs, Sign.kill, 1);
    for (const descriptor of this.descriptors) closeSync(descriptor);
  }

  private receiveBytes(): Buffer {
    const bytes = this.channel.receiveBytes();
    this.bytes += bytes.length;
    if (this.bytes > this.limits.outputBytes) throw new TooLargeError(`${this.bytes} bytes`);
    return bytes;
  }

  /** Talks to the process, which may keep the judge waiting: with what it says, or by not listening. */
  private guarded<T>(talk: () => T): T {
    Atomics.store(this.signs, Sign.waiting, 1);
    try {
      return talk();
    } catch (error) {
      if (error instanceof TooLargeError) throw new FloodError(error.message);
      if (error instanceof ClosedError) throw new LostError(this.ending());
      throw error;
    } finally {
      Atomics.store(this.signs, Sign.waiting, 0);
      Atomics.add(this.signs, Sign.words, 1);
    }
  }

  private ending(): Ending {
    Atomics.wait(this.signs, Sign.ended, 0, ENDING_MS);
    const message = receiveMessageOnPort(this.endings)?.message as Ending | undefined;
    return message ?? { how: "it does not say how", lastWords: "" };
  }
}

/** A pipe with blocking ends, which Node's own do not have; nothing of it stays in the file system. */
function pipe(): { readonly read: number; readonly write: number } {
  const folder = mkdtempSync(path.join(os.tmpdir(), "sandbox-"));
  try {
    const file = path.join(folder, "pipe");
    execFileSync("mkfifo", ["-m", "600", file]);
    const both = openSync(file, constants.O_RDWR); // opens at once; each single end would wait for the other
    const ends = { read: openSync(file, constants.O_RDONLY), write: openSync(file, constants.O_WRONLY) };
    closeSync(both);
    return ends;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
