import { spawnSync } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { UsageError } from "../../labs/kit/program/errors";

/** Which of MIT's tests. */
export type MitPart = keyof typeof MIT_SCENES;

/** MIT's tests of 2024, by our labs and names: 28 of Raft, and 23 of the key/value service. */
export const MIT_SCENES = {
  raft: {
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
  },
  kv: {
    5: [
      "basic",
      "speed",
      "concurrent",
      "unreliable",
      "unreliable, one key",
      "one partition",
      "many partitions, one client",
      "many partitions, many clients",
      "persist, one client",
      "persist, concurrent",
      "persist, concurrent, unreliable",
      "persist, partition",
      "persist, partition, unreliable",
      "persist, partition, unreliable, linearizable",
      "snapshot RPC",
      "snapshot size",
      "speed with snapshots",
      "snapshot recover",
      "snapshot recover, many clients",
      "snapshot, unreliable",
      "snapshot, unreliable, recover",
      "snapshot, unreliable, recover, concurrent partition",
      "snapshot, unreliable, recover, concurrent partition, linearizable",
    ],
  },
} as const satisfies { readonly [part: string]: { readonly [lab: number]: readonly string[] } };

/** One pass of all of MIT's tests of a part in a new process, monitors on. */
export interface MitPass {
  readonly scenes: number;
  readonly failed: readonly string[];
  readonly events: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  /** Processor time before it: Node, ts-node, kit, suites and subject. */
  readonly startUpMs: number;
  /** The most memory that the process had, in MB of 2^20 bytes. */
  readonly peakMb: number;
  readonly slowest: readonly { readonly name: string; readonly cpuMs: number }[];
}

/** @throws UsageError if the process does not end as it should */
export function measureMit(part: MitPart, root: string, dir: string): MitPass {
  const script = path.join(__dirname, "mit-child.ts");
  const args = ["-r", "ts-node/register", script, part, root, path.resolve(dir)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status === 0) return JSON.parse(stdout) as MitPass;
  throw new UsageError(`MIT's tests could not be played on ${dir}: ${stderr.trim().split("\n").at(-1)}`);
}
