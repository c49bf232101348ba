import { spawnSync } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { UsageError } from "../../labs/kit/program/errors";
import { median } from "./measure";

const TIMES = 3;

/** The first check of a new process, of a history of 100 operations. */
export interface ColdCheck {
  /** Processor time of it, behind the loading of modules; the one in the middle of three. */
  readonly cpuMs: number;
}

/** @throws UsageError if the process does not end as it should */
export function coldCheck(root: string): ColdCheck {
  const script = path.join(__dirname, "checker-child.ts");
  const times = Array.from({ length: TIMES }, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["-r", "ts-node/register", script], {
      cwd: root,
      encoding: "utf8",
    });
    if (status === 0) return Number(stdout);
    throw new UsageError(`a first check did not end: ${stderr.trim().split("\n").at(-1)}`);
  });
  return { cpuMs: median(times) };
}
