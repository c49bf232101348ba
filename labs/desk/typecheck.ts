import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

/** The type errors of the program in a folder, a line each; none once the signal has ended the check. */
export type TypeCheck = (subject: string, signal: AbortSignal) => Promise<readonly string[]>;

const ROOT = path.resolve(__dirname, "../..");

/**
 * The type errors of a program, checked in a process of its own beside the scenes: it takes about a second. A program
 * that cannot even be read has none; the scenes say what is wrong with it.
 */
export const typeErrors: TypeCheck = (subject, signal) => {
  const tsNode = createRequire(__filename).resolve("ts-node/register");
  const script = path.join(ROOT, "labs/kit/subject/typecheck-main.ts");
  const env = { ...process.env, TS_NODE_PROJECT: path.join(ROOT, "tsconfig.json") };
  return new Promise((resolve) => {
    execFile(process.execPath, ["-r", tsNode, script, subject], { env, signal }, (error, stdout, stderr) => {
      if (error === null) resolve(JSON.parse(stdout) as string[]);
      else if (error.code === 2 || signal.aborted) resolve([]);
      else resolve([`the type check itself failed: ${stderr.trim().split("\n").at(-1) ?? error.message}`]);
    });
  });
};
