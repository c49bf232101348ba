import { spawnSync } from "node:child_process";
import process from "node:process";
import { UsageError } from "../../labs/kit/program/errors";
import { median } from "./measure";

const TIMES = 3;

/** How long a command takes from its start to its end. */
export interface Startup {
  readonly command: string;
  /** The one in the middle of three. */
  readonly wallMs: number;
}

/** Starts things: Node alone, Node with ts-node, and the student's command, as npm runs it and without npm. */
export function measureStartup(root: string): Startup[] {
  const ts = ["-r", "ts-node/register"];
  const npm = process.env.npm_execpath;
  const commands: [string, string[]][] = [
    ["node -e 0", ["-e", "0"]],
    ["node -r ts-node/register -e 0", [...ts, "-e", "0"]],
    ["lab -- 1, without npm", [...ts, "labs/desk/lab.ts", "1"]],
  ];
  if (npm !== undefined) commands.push(["npm run lab -- 1", [npm, "run", "lab", "--", "1"]]);
  return commands.map(([command, args]) => ({ command, wallMs: wallOf(args, root) }));
}

function wallOf(args: readonly string[], cwd: string): number {
  const times: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    const start = performance.now();
    const { status, error } = spawnSync(process.execPath, args, { cwd, stdio: "ignore" });
    times.push(performance.now() - start);
    // The skeleton fails its scenes, which is 1; anything else is not what was to be timed.
    if (error !== undefined || (status !== 0 && status !== 1)) {
      throw new UsageError(`node ${args.join(" ")} did not run (exit code ${String(status)})`);
    }
  }
  return median(times);
}
