import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import WebSocket, { type RawData } from "ws";

/** A script that the process has loaded, as `Debugger.scriptParsed` tells it. */
export interface ParsedScript {
  readonly scriptId: string;
  /** A path or a file URL. */
  readonly url: string;
  readonly sourceMapURL?: string;
}

/** One frame of a paused call stack. Lines and columns count from 0. */
export interface CallFrame {
  readonly functionName: string;
  readonly location: {
    readonly scriptId: string;
    readonly lineNumber: number;
    readonly columnNumber?: number;
  };
  readonly this: { readonly className?: string };
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
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
   * Wakes the inspector of `child`, whose standard error must be a pipe: that is where the address appears.
   *
   * @param signal - ends the session; whatever waits for an answer then throws
   */
  static async attach(child: ChildProcess, signal: AbortSignal): Promise<Inspector> {
    const socket = new WebSocket(await addressOf(child, signal), { perMessageDeflate: false });
    socket.on("error", () => socket.terminate()); // its end is what counts
    signal.addEventListener("abort", () => socket.terminate(), { once: true });
    await once(socket, "open", { signal });
    const inspector = new Inspector(socket);
    await inspector.call("Debugger.enable");
    return inspector;
  }

  /** The call stack at this moment, innermost frame first; the process goes on at once. */
  async sample(): Promise<readonly CallFrame[]> {
    const pausing = this.message((message) => message.method === "Debugger.paused");
    const [paused] = await Promise.all([pausing, this.call("Debugger.pause")]);
    await this.call("Debugger.resume");
    return (paused.params as { callFrames: CallFrame[] }).callFrames;
  }

  close(): void {
    this.socket.terminate();
  }

  private async call(method: string): Promise<void> {
    const id = ++this.lastId;
    this.socket.send(JSON.stringify({ id, method }));
    await this.message((message) => message.id === id);
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

/** Wakes the inspector. Node prints `Debugger listening on ws://…` as soon as it runs. */
async function addressOf(child: ChildProcess, signal: AbortSignal): Promise<string> {
  const stderr = child.stderr;
  if (stderr === null) throw new Error("standard error of the process is no pipe");
  wake(child.pid);
  let text = "";
  for (;;) {
    const [chunk] = (await once(stderr, "data", { signal })) as [Buffer];
    text += chunk.toString();
    const address = /Debugger listening on (ws:\S+)\s/.exec(text)?.[1];
    if (address !== undefined) return address;
  }
}

/** SIGUSR1 starts the inspector, even of a process in an endless loop; Windows has a call of its own for it. */
function wake(pid: number | undefined): void {
  if (pid === undefined) throw new Error("the process has not started");
  if (process.platform !== "win32") process.kill(pid, "SIGUSR1");
  else (process as unknown as { _debugProcess(pid: number): void })._debugProcess(pid);
}
