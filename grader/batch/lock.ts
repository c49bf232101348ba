import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { UsageError } from "../../labs/kit/program/errors";
import { safeName } from "./names";

const PATTERN = /^lock\.(.+)\.(\d+)\.(\d+)$/;

/**
 * Keeps a second batch out of a folder. The name of the lock says which process of which machine holds it and when that process
 * was started, so that the lock of a dead process is known as such, even if another has got its number. Each process has a
 * lock of its own and then looks for others: nobody ever takes over a lock, which two could do at the same time.
 *
 * @returns gives the folder free; it is free as well when this process ends
 * @throws UsageError if another batch works there
 */
export function lockFolder(folder: string, pid = process.pid): () => void {
  const host = safeName(os.hostname());
  const own = `lock.${host}.${pid}.${startOf(pid) ?? 0}`;
  const file = path.join(folder, own);
  const free = (): void => rmSync(file, { force: true });
  writeFileSync(file, "");
  for (const name of readdirSync(folder).filter((each) => each !== own)) {
    const [, otherHost, otherPid, start] = PATTERN.exec(name) ?? [];
    if (otherHost === undefined) continue;
    if (otherHost === host && startOf(Number(otherPid)) !== Number(start)) {
      rmSync(path.join(folder, name), { force: true });
      continue;
    }
    free();
    throw new UsageError(
      otherHost === host
        ? `another batch (process ${otherPid}) works in “${folder}”; wait for it, or name another folder with --out`
        : `another batch (process ${otherPid} of ${otherHost}) works in “${folder}”; if it does not any more, remove ${name}`,
    );
  }
  process.once("exit", free);
  return () => {
    process.off("exit", free);
    free();
  };
}

/** When a process was started, in ticks since the machine was; 0 where the system does not say; undefined if it does not run. */
function startOf(pid: number): number | undefined {
  if (process.platform === "linux") return startOnLinux(pid);
  try {
    process.kill(pid, 0);
    return 0;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" ? 0 : undefined;
  }
}

function startOnLinux(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // the name before may hold anything
    return state === "Z" ? undefined : Number(fields[18]); // starttime, field 22 of all
  } catch {
    return undefined;
  }
}
