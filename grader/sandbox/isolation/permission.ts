import type { Wall } from "./isolation";
import { NODE, nodeArguments, resourceLimits, type Limits } from "./node";

/**
 * A plain child process of this user. Node's permission model refuses files, processes and threads; the kernel bounds memory and
 * time. The network is open to whoever escapes from the compartment inside, and so are signals to this user's processes: this
 * is no wall for marks.
 */
export const PERMISSION: Wall = {
  kind: "permission",
  command: (limits: Limits) => [
    "prlimit",
    ...resourceLimits(limits),
    ...["setpriv", "--pdeathsig", "KILL", "--no-new-privs", "--"],
    ...["env", "-i"],
    NODE,
    ...nodeArguments(limits),
  ],
};
