import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import WebSocket, { type RawData } from "ws";

/** A script that the process has loaded, as `Debugger.scriptParsed` tells it. */
export interface ParsedScript {
  readonly scriptId: string;
  readonly sourceMapURL?: string;
}

/** A place in a script. Lines and columns count from 0. */
export interface Location {
  readonly scriptId: string;
  readonly lineNumber: number;
  readonly columnNumber?: number;
}

/** One frame of a paused call stack. */
export interface CallFrame {
  readonly functionName: string;
  readonly location: Location;
  readonly this: { readonly className?: string };
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly error?: { readonly message: string };
}

/**
 * A session with the inspector of a process that is busy and therefore answers nobody else. Node's inspector
 * lives in a thread of its own and interrupts the running code (Chrome DevTools Protocol, domain Debugger).
 */
export class Inspector {
  /** The scripts that were loaded so far, by id. */
  readonly scripts = new Map<string, ParsedScript>();
  private readonly closed = new AbortController();
  private lastId = 0;

  private constructor(private readonly socket: WebSocket) {
    socket.on("close", () => this.closed.abort());
    socket.on("message", (data) => {
      const message = parse(data);
      if (message.method !== "Debugger.scriptParsed") return;
      const script = message.params as ParsedScript;
      this.scripts.set(script.scriptId, script);
    });
  }

  /**
   * @param address - what {@link wakeInspector} gave
   * @param signal - ends the session; whatever waits for an answer then throws
   */
  static async attach(address: string, signal: AbortSignal): Promise<Inspector> {
    const socket = new WebSocket(address, { perMessageDeflate: false });
    socket.on("error", () => socket.terminate()); // its end is what counts
    signal.addEventListener("abort", () => socket.terminate(), { once: true });
    await once(socket, "open", { signal });
    const inspector = new Inspector(socket);
    await inspector.call("Debugger.enable");
    return inspector;
  }

  /** Stops the process and tells its call stack, innermost frame first. */
  async pause(): Promise<readonly CallFrame[]> {
    const [paused] = await Promise.all([this.paused(), this.call("Debugger.pause")]);
    return (paused.params as { callFrames: CallFrame[] }).callFrames;
  }

  /** Lets the process go on. */
  async resume(): Promise<void> {
    await this.call("Debugger.resume");
  }

  /**
   * Lets the process go on until it comes to `location`.
   *
   * @returns whether it came there within `ms` of real time; then it is stopped
   */
  async reaches(location: Location, ms: number): Promise<boolean> {
    await this.call("Debugger.setBreakpoint", { location });
    const [reached] = await Promise.all([
      Promise.race([this.paused().then(() => true), delay(ms, false)]),
      this.resume(),
    ]);
    return reached;
  }

  /** Ends the session; a process that was stopped goes on. */
  close(): void {
    this.socket.terminate();
  }

  private paused(): Promise<Message> {
    return this.message((message) => message.method === "Debugger.paused");
  }

  private async call(method: string, params: object = {}): Promise<void> {
    const id = ++this.lastId;
    this.socket.send(JSON.stringify({ id, method, params }));
    const { error } = await this.message((message) => message.id === id);
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
  }

  /** The next message that fits. */
  private message(fits: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve, reject) => {
      const { signal } = this.closed;
      const end = (): void => reject(new Error("the inspector has gone"));
      const listen = (data: RawData): void => {
        const message = parse(data);
        if (!fits(message)) return;
        this.socket.off("message", listen);
        signal.removeEventListener("abort", end);
        resolve(message);
      };
      this.socket.on("message", listen);
      signal.addEventListener("abort", end, { once: true });
      if (signal.aborted) end();
    });
  }
}

function parse(data: RawData): Message {
  return JSON.parse((data as Buffer).toString()) as Message; // a socket that is left as it is gives buffers
}

/**
 * Starts the inspector of a process whose standard error is a pipe: Node prints `Debugger listening on ws://…` there, once.
 *
 * @returns its address
 */
export async function wakeInspector(child: ChildProcess, signal: AbortSignal): Promise<string> {
  const { stderr, pid } = child;
  if (stderr === null || pid === undefined) throw new Error("the process has not started");
  // SIGUSR1 works even in the midst of an endless loop; Windows has a call of its own for it.
  if (process.platform !== "win32") process.kill(pid, "SIGUSR1");
  else (process as unknown as { _debugProcess(pid: number): void })._debugProcess(pid);
  let text = "";
  for (;;) {
    const [chunk] = (await once(stderr, "data", { signal })) as [Buffer];
    text += chunk.toString();
    const address = /Debugger listening on (ws:\S+)\s/.exec(text)?.[1];
    if (address !== undefined) return address;
  }
}
