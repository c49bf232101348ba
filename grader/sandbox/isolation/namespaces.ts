import path from "node:path";
import type { Wall } from "./isolation";
import { filesOf, NODE, nodeArguments, resourceLimits, type Limits } from "./node";

/**
 * The kernel's user name spaces without Bubblewrap: an empty file system with Node and its libraries in it becomes the root, and the
 * machine's own is taken away; no network, no other processes, no capabilities, an empty environment.
 */
export const NAMESPACES: Wall = {
  kind: "namespaces",
  command: (limits: Limits) => [
    "prlimit",
    ...resourceLimits(limits),
    // When the judge is killed what it has started goes with it, and takes along what is inside.
    ...["setpriv", "--pdeathsig", "KILL", "--"],
    "unshare",
    ...["--user", "--map-root-user", "--mount", "--net", "--pid", "--ipc", "--uts", "--cgroup"],
    ...["--fork", "--kill-child=KILL", "--"],
    ...["/bin/sh", "-c", script(), "sandbox"],
    NODE,
    ...nodeArguments(limits),
  ],
};

/** What is still needed once the machine's files are gone. */
const TOOLS = ["/usr/bin/env", "/usr/bin/umount", "/usr/bin/setpriv"];

/** Builds the new root over a folder that every system has, moves there, and forgets the old one. */
function script(): string {
  const files = filesOf(NODE, ...TOOLS);
  const folders = [...new Set(files.map((file) => path.dirname(file)))];
  return [
    "set -e",
    "mount -t tmpfs -o size=1m,mode=755 none /mnt",
    ...folders.map((folder) => `mkdir -p ${quoted(`/mnt${folder}`)}`),
    ...files.flatMap((file) => [
      `: > ${quoted(`/mnt${file}`)}`,
      `mount --bind ${quoted(file)} ${quoted(`/mnt${file}`)}`,
    ]),
    "mkdir /mnt/old /mnt/nowhere /mnt/proc",
    // What unmounts looks there first, and last of all takes it away, too.
    "mount --rbind /proc /mnt/proc",
    "mount -o remount,bind,ro /mnt",
    "cd /mnt",
    "pivot_root . old",
    "/usr/bin/umount -l /old",
    "/usr/bin/umount -l /proc",
    "cd /nowhere",
    'exec /usr/bin/env -i /usr/bin/setpriv --no-new-privs --bounding-set=-all --inh-caps=-all "$@"',
  ].join("\n");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
