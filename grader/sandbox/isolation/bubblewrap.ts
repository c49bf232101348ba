import { filesOf, NODE, nodeArguments, resourceLimits, type Limits } from "./node";
import type { Wall } from "./isolation";

/**
 * Bubblewrap: name spaces of its own for files, network, processes, users and all else; no capability; an empty environment; of the
 * machine's files only Node and its libraries, to be read.
 */
export const BUBBLEWRAP: Wall = {
  kind: "bubblewrap",
  command: (limits: Limits) => [
    "prlimit",
    ...resourceLimits(limits),
    "bwrap",
    ...["--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"],
    ...["--uid", "65534", "--gid", "65534", "--hostname", "sandbox"],
    ...filesOf(NODE).flatMap((file) => ["--ro-bind", file, file]),
    ...["--dir", "/nowhere", "--chdir", "/nowhere", "--remount-ro", "/"],
    NODE,
    ...nodeArguments(limits),
  ],
};
