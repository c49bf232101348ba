import { spawnSync } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { UsageError } from "../../labs/kit/program/errors";

/** MIT's 28 Raft tests of 2024, by our labs and names. */
export const MIT_SCENES: { readonly [lab: number]: readonly string[] } = {
  1: ["initial election", "re-election", "many elections"],
  2: [
    "basic agree",
    "RPC bytes",
    "follower failure",
    "leader failure",
    "fail agree",
    "fail no agree",
    "concurrent starts",
    "rejoin of a deposed leader",
    "back-up over incorrect logs",
    "count",
  ],
  3: [
    "persist 1",
    "persist 2",
    "persist 3",
    "figure 8",
    "unreliable agree",
    "figure 8 unreliable",
    "churn",
    "unreliable churn",
  ],
  4: [
    "snapshots basic",
    "install snapshots",
    "install snapshots (unreliable)",
    "install snapshots (crash)",
    "install snapshots (unreliable and crash)",
    "crash and restart all, with snapshots",
    "snapshot initialisation after a crash",
  ],
};

/** One pass of all of MIT's tests in a new process, monitors on. */
export interface MitPass {
  readonly scenes: number;
  readonly failed: readonly string[];
  readonly events: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  /** Processor time before it: Node, ts-node, kit, suites and subject. */
  readonly startUpMs: number;
  readonly slowest: readonly { readonly name: string; readonly cpuMs: number }[];
}

/** @throws UsageError if the process does not end as it should */
export function measureMit(root: string, dir: string): MitPass {
  const script = path.join(__dirname, "mit-child.ts");
  const args = ["-r", "ts-node/register", script, root, path.resolve(dir)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status === 0) return JSON.parse(stdout) as MitPass;
  throw new UsageError(`MIT's tests could not be played on ${dir}: ${stderr.trim().split("\n").at(-1)}`);
}
