import { kv, precedes, type History, type KvOperation, type KvSeen, type Operation } from "../kit/check";
import type { LevelVerdict } from "../kit/check/weaker";

type Seen = Operation<KvOperation, KvSeen>;

/**
 * Whether each read shows the last write that was acknowledged before it, or one that overlaps it: a regular register (Lamport 1986), with
 * several writers in the weakest of the forms of Shao, Pierce & Welch (2003): what a read shows was not overwritten, before the read
 * began, by a write that began after it had ended.
 *
 * @param history - in which no two writes of a key write the same
 */
export function checkRegular(history: History<KvOperation, KvSeen>): LevelVerdict {
  for (const read of history) {
    if (read.input.kind !== "get" || read.outcome !== "ok") continue;
    const { key } = read.input;
    const writes = history.filter(({ input }) => input.kind === "put" && input.key === key);
    const seen = read.output?.value ?? "";
    const shown = writes.find(({ input }) => input.kind === "put" && input.value === seen);
    const over = writes.find(
      (write) => write !== shown && precedes(write, read) && (shown === undefined || precedes(shown, write)),
    );
    if (over === undefined) continue;
    return {
      verdict: "no",
      sentence: `${tell(read)} is answered with ${seen === "" ? "nothing" : JSON.stringify(seen)}, but ${tell(over)} had been acknowledged before it began${
        shown === undefined ? "" : `, and had begun after ${tell(shown)} had ended`
      }.`,
      core: [...(shown === undefined ? [] : [shown.id]), over.id, read.id],
    };
  }
  return { verdict: "yes" };
}

function tell({ input, session }: Seen): string {
  return `${kv.tellInput(input)} of client ${session}`;
}
