import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

/** The type errors of the program in a folder, a line each; none once the signal has ended the check. */
export type TypeCheck = (subject: string, signal: AbortSignal) => Promise<readonly string[]>;

const ROOT = path.resolve(__dirname, "../..");

/** An honest program takes a second or two; types can be written that take for ever (ms). */
const TIME_MS = 60_000;

/** Heap of the check, in MB. */
const MEMORY_MB = 1024;

/** More lines than this help nobody. */
const MOST_LINES = 200;

/** No line is longer (characters): a type may be a book. */
const MOST_SIGNS = 500;

/**
 * The type errors of a program, checked in a process of its own beside the scenes: it takes about a second. A program
 * that cannot even be read has none; the scenes say what is wrong with it.
 */
export const typeErrors: TypeCheck = async (subject, signal) => {
  const late = AbortSignal.timeout(TIME_MS);
  const { code, stdout, stderr } = await run(subject, AbortSignal.any([signal, late]));
  if (code === 0) return few(JSON.parse(stdout) as string[]);
  if (code === 2 || signal.aborted) return [];
  if (late.aborted) return [`the types were not checked: that took more than ${TIME_MS / 1000} s`];
  const lastWords = stderr.trim().split("\n").at(-1) ?? "";
  return [`the type check itself failed: ${lastWords === "" ? "it says nothing" : lastWords}`];
};

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** In a group of its own, so that Ctrl-C is for us alone, who may let a run end first. */
function run(subject: string, signal: AbortSignal): Promise<Ended> {
  const tsNode = createRequire(__filename).resolve("ts-node/register");
  const script = path.join(ROOT, "labs/kit/subject/typecheck-main.ts");
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${MEMORY_MB}`, "-r", tsNode, script, subject],
    {
      env: { ...process.env, TS_NODE_PROJECT: path.join(ROOT, "tsconfig.json") },
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
      signal,
      killSignal: "SIGKILL",
    },
  );
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr = (stderr + text).slice(-4000)));
  return new Promise((resolve) => {
    child.on("error", ({ message }) => (stderr ||= message)); // an abort among them; “close” follows
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

function few(lines: readonly string[]): string[] {
  const short = lines.map((line) => (line.length <= MOST_SIGNS ? line : `${line.slice(0, MOST_SIGNS)}…`));
  if (lines.length <= MOST_LINES) return short;
  return [...short.slice(0, MOST_LINES), `… and ${lines.length - MOST_LINES} more`];
}
