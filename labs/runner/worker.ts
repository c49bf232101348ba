import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import type { Batch, Order, Word } from "./protocol";
import { type Look, Watchdog } from "./watchdog";

/** Limits of a child process. */
export interface Limits {
  /** Real time in ms without a sign of life after which the watchdog looks whether a child hangs. */
  readonly hangMs: number;
  /** A run whose calls come and go may take so many times `hangMs`: a slow machine is no reason to end it. */
  readonly patience: number;
  /** Heap of a child in MB. */
  readonly memoryMb: number;
  /** Who plays in a child, if programs do not run there; what such a child does not survive is our own fault. */
  readonly player?: PlayerModule;
}

/** A module that makes its process a child of a pool (`obeyParent`), and what it is told. */
export interface PlayerModule {
  /** Absolute path. */
  readonly module: string;
  /** Its only argument. */
  readonly settings: string;
}

/** How the life of a child ended before its work was done. */
export type Loss =
  /** No sign of life for so long, and what the watchdog saw. */
  | { readonly kind: "hung"; readonly waitedMs: number; readonly look: Look }
  | { readonly kind: "out-of-memory"; readonly memoryMb: number }
  /** It ended by itself, or something else ended it: `exit code 3` or `signal SIGKILL`, and its last words. */
  | { readonly kind: "died"; readonly how: string; readonly lastWords: string };

/** What a worker tells its pool. */
export interface WorkerEvents {
  word(worker: Worker, word: Word): void;
  lost(worker: Worker, loss: Loss): void;
}

/** Starting a child and loading a suite is our own work; only a broken machine takes longer (ms). */
const START_MS = 120_000;

/** A call that goes on before our eyes for this part of `hangMs` is stuck. */
const PROOF = 1 / 10;

/** One that gives no answer is looked at so many times: on a crowded machine the answer itself comes late. */
const SILENT_LOOKS = 3;

const ROOT = path.resolve(__dirname, "../..");

/** One child process, as its parent sees it: it takes an order, gives signs of life, and may hang or die. */
export class Worker {
  /** It has started. Work that is given sooner would wait for it, while others have nothing to do. */
  ready = false;
  private readonly child: ChildProcess;
  private readonly watchdog: Watchdog;
  private readonly lastLines: string[] = [];
  private batch: Batch | undefined;
  private timer: NodeJS.Timeout | undefined;
  private over = false;
  /** A person sits there with a debugger, so nobody is in a hurry. */
  private debugged = false;
  private asking = false;

  constructor(
    private readonly limits: Limits,
    private readonly events: WorkerEvents,
  ) {
    this.child = start(limits);
    this.watchdog = new Watchdog(this.child);
    this.child.on("message", (word) => this.hear(word as Word));
    this.child.on("error", (error) => this.lose({ kind: "died", how: error.message, lastWords: "" }));
    this.child.on("close", (code, signal) => this.closed(code, signal));
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => this.remember(text));
    this.waitForStart();
  }

  /** Asks for the scenes of a suite. */
  list(suite: string): void {
    this.send({ kind: "list", suite });
  }

  /** Hands out work. One batch at a time, so that a child that hangs takes nothing else with it. */
  play(batch: Batch): void {
    this.batch = batch;
    this.send({ kind: "play", batch });
  }

  /** Ends the process at once. Nothing more is heard of it. */
  kill(): void {
    this.over = true;
    clearTimeout(this.timer);
    this.child.kill("SIGKILL");
  }

  private send(order: Order): void {
    this.child.send(order);
    this.waitForStart();
  }

  private waitForStart(): void {
    const hung = { kind: "hung", waitedMs: START_MS, look: { kind: "silent" } } as const;
    this.wait(START_MS, () => this.lose(hung));
  }

  private hear(word: Word): void {
    if (this.over) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.ready = true;
    if (word.kind === "playing" || word.kind === "played") this.watch(0);
    this.events.word(this, word);
  }

  /** @param waitedMs - how long nothing has been heard */
  private watch(waitedMs: number): void {
    const { hangMs } = this.limits;
    this.wait(hangMs, (timer) => void this.suspect(timer, waitedMs + hangMs));
  }

  private wait(ms: number, then: (timer: NodeJS.Timeout) => void): void {
    clearTimeout(this.timer);
    const timer = setTimeout(() => then(timer), ms);
    this.timer = timer;
  }

  private async suspect(timer: NodeJS.Timeout, waitedMs: number): Promise<void> {
    if (this.debugged || this.batch === undefined) return;
    this.asking = true;
    const { hangMs, patience } = this.limits;
    const look = await this.watchdog.look(this.batch.subject, hangMs * PROOF);
    if (this.timer !== timer) return; // a sign of life while we looked
    const times = { moving: patience, silent: SILENT_LOOKS, stuck: 0 }[look.kind];
    if (waitedMs < hangMs * times) this.watch(waitedMs);
    else this.lose({ kind: "hung", waitedMs, look });
  }

  private lose(loss: Loss): void {
    if (this.over) return;
    this.kill();
    const ours = this.limits.player !== undefined && loss.kind !== "died";
    this.events.lost(this, ours ? { kind: "died", how: loss.kind, lastWords: "" } : loss);
  }

  private closed(code: number | null, signal: NodeJS.Signals | null): void {
    const text = this.lastLines.join("\n");
    if (/heap out of memory|FATAL ERROR:.*allocation/i.test(text)) {
      this.lose({ kind: "out-of-memory", memoryMb: this.limits.memoryMb });
      return;
    }
    const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
    this.lose({ kind: "died", how, lastWords: lastWords(this.lastLines) });
  }

  private remember(text: string): void {
    if (!this.asking && text.includes("Debugger listening on")) this.debugged = true;
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
    this.lastLines.push(...lines);
    this.lastLines.splice(0, this.lastLines.length - 40);
  }
}

/** Node ends an uncaught error with its stack and its own version: the line that names the error says more. */
function lastWords(lines: readonly string[]): string {
  return lines.findLast((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? "";
}

/** Its standard output goes to our standard error, so that nothing a scene prints mixes with a report. */
function start(limits: Limits): ChildProcess {
  const tsNode = createRequire(__filename).resolve("ts-node/register");
  const { module = path.join(__dirname, "child.ts"), settings } = limits.player ?? {};
  return fork(module, settings === undefined ? [] : [settings], {
    env: { ...process.env, TS_NODE_PROJECT: path.join(ROOT, "tsconfig.json") },
    execArgv: ["-r", tsNode, "--inspect-port=0", `--max-old-space-size=${limits.memoryMb}`],
    stdio: ["ignore", 2, "pipe", "ipc"],
    detached: process.platform !== "win32", // Ctrl-C is for the parent alone, which may let a run end first
  });
}
