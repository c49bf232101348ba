import { execFileSync } from "node:child_process";
import { realpathSync } from "node:fs";

/** Bounds of one sandbox. */
export interface Limits {
  /** Heap of the engine, in MB. */
  readonly heapMb: number;
  /** All memory of the sandbox, buffers included, in MB. */
  readonly memoryMb: number;
  /** Processor time of one handler, or between two pieces of a transcript, in ms. */
  readonly handlerMs: number;
  /** Processor time of one run, in ms. */
  readonly runMs: number;
  /** What one run may tell, in bytes. */
  readonly outputBytes: number;
}

/** Generous: an honest program needs a tenth of it. */
export const LIMITS: Limits = {
  heapMb: 384,
  memoryMb: 768,
  handlerMs: 3000,
  runMs: 60_000,
  outputBytes: 256 * 1024 * 1024,
};

/** Reads the text that it is to run from standard input: a sandbox has no files. */
const LOADER = `
const fs = require("node:fs");
const read = (size) => {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; ) {
    const count = fs.readSync(0, bytes, at, size - at, null);
    if (count === 0) process.exit(0);
    at += count;
  }
  return bytes;
};
const code = read(read(4).readUInt32BE()).toString();
const vm = require("node:vm");
const body = new vm.Script("(function(exports,require,module,__filename,__dirname){" + code + "\\n})", { filename: "sandbox.js" });
body.runInThisContext()({}, require, { exports: {} }, "/sandbox.js", "/");
`;

/** How Node is started in every sandbox. */
export function nodeArguments({ heapMb }: Limits): string[] {
  const permission = process.allowedNodeEnvironmentFlags.has("--permission")
    ? "--permission"
    : "--experimental-permission";
  return [
    permission,
    "--no-warnings",
    // Programs that overflow the stack do so at the same place each time.
    "--single-threaded",
    `--max-old-space-size=${heapMb}`,
    "--eval",
    LOADER,
  ];
}

/** The files without which these programs do not start: they themselves, and their libraries. */
export function filesOf(...programs: readonly string[]): readonly string[] {
  const files = programs.flatMap((program) => {
    const listed = execFileSync("ldd", [program], { encoding: "utf8" });
    return [program, ...[...listed.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map((match) => match[1] ?? "")];
  });
  return [...new Set(files)];
}

/** This Node. */
export const NODE = realpathSync(process.execPath);

/** Limits of the kernel, as arguments of `prlimit`. */
export function resourceLimits({ memoryMb }: Limits): string[] {
  return [
    `--data=${memoryMb * 1024 * 1024}`,
    "--fsize=0",
    "--core=0",
    "--nofile=64",
    // A sandbox lives for one submission; whatever happens, it does not live for ever.
    "--cpu=3600",
  ];
}
