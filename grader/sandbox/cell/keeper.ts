/**
 * A thread that starts a sandboxed process and looks after it, while the thread of the judge waits for its words and can do
 * nothing else: bounds its processor time and memory, and says how it has ended.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { workerData } from "node:worker_threads";
import { Sign, type Ending, type KeeperData } from "./signs";

/** How often it looks, in ms. */
const LOOK_MS = 25;

/** What starts a sandbox, what runs in it, and some room; none of them may start others. */
const MOST_PROCESSES = 8;

/** Real time without a word and without processor time after which a process is given up, in ms. */
const SILENCE_MS = 60_000;

const { command, stdin, stdout, limits, shared, path, endings } = workerData as KeeperData;
const signs = new Int32Array(shared);

const [program = "", ...args] = command;
const child = spawn(program, args, { stdio: [stdin, stdout, "pipe"], env: { PATH: path } });
const pid = child.pid;
let reason: Ending["reason"];
let lastWords = "";

child.stderr?.setEncoding("utf8").on("data", (text: string) => {
  lastWords = (lastWords + text).slice(-4000);
});
child.on("error", (error) => finish(`${program}: ${error.message}`));
child.on("close", (code, signal) => finish(signal === null ? `exit code ${code}` : `signal ${signal}`));

let heard = 0;
let cpuAtWord = 0;
let cpuSeen = 0;
let lastLife = Date.now();
let cpuAtRun = 0;
let run = 0;
const timer = setInterval(look, LOOK_MS);
Atomics.store(signs, Sign.started, 1);
Atomics.notify(signs, Sign.started);

function look(): void {
  if (pid === undefined) return;
  const processes = tree(pid);
  const { cpuMs, memoryMb } = usageOf(processes);
  Atomics.store(signs, Sign.cpuMs, cpuMs);
  const words = Atomics.load(signs, Sign.words);
  const runs = Atomics.load(signs, Sign.runs);
  const waits = Atomics.load(signs, Sign.waiting) === 1;
  if (words !== heard || !waits) [heard, cpuAtWord, lastLife] = [words, cpuMs, Date.now()];
  if (cpuMs !== cpuSeen) [cpuSeen, lastLife] = [cpuMs, Date.now()];
  if (runs !== run) [run, cpuAtRun] = [runs, cpuMs];
  if (Atomics.load(signs, Sign.kill) === 1) end("told");
  else if (memoryMb > limits.memoryMb) end("memory");
  else if (processes.length > MOST_PROCESSES) end("processes");
  else if (waits && cpuMs - cpuAtWord > limits.handlerMs) end("handler");
  else if (waits && cpuMs - cpuAtRun > limits.runMs) end("run");
  else if (waits && Date.now() - lastLife > SILENCE_MS) end("silence");
}

function end(why: NonNullable<Ending["reason"]>): void {
  reason ??= why;
  if (pid === undefined) return;
  for (const each of tree(pid).reverse()) kill(each);
}

function kill(each: number): void {
  try {
    process.kill(each, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

function finish(how: string): void {
  clearInterval(timer);
  const ending: Ending = { ...(reason === undefined ? {} : { reason }), how, lastWords };
  endings.postMessage(ending);
  Atomics.store(signs, Sign.ended, 1);
  Atomics.notify(signs, Sign.ended);
}

/** A process and all that it has started. */
function tree(root: number): number[] {
  const all = [root];
  for (let i = 0; i < all.length; i++) {
    const id = all[i] ?? root;
    const children = textOf(`/proc/${id}/task/${id}/children`).trim();
    if (children !== "") all.push(...children.split(" ").map(Number));
  }
  return all;
}

/** A tick of the kernel's accounts is 10 ms on every Linux. */
const TICK_MS = 10;
const KB_IN_MB = 1024;

function usageOf(processes: readonly number[]): { cpuMs: number; memoryMb: number } {
  let cpuMs = 0;
  let memoryMb = 0;
  for (const id of processes) {
    const fields = textOf(`/proc/${id}/stat`)
      .replace(/^.*\) /s, "")
      .split(" ");
    cpuMs += (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS;
    memoryMb += Number(/^VmRSS:\s+(\d+)/m.exec(textOf(`/proc/${id}/status`))?.[1] ?? 0) / KB_IN_MB;
  }
  return { cpuMs, memoryMb };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // the process has ended
  }
}
