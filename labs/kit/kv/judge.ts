import { DEFAULT_BUDGET, timesBudget } from "../check/budget";
import { tellVerdict } from "../check/explain";
import { checkLinearizable } from "../check/linearizable";
import { kv } from "../check/models/kv";
import { checkOrderedWrites, ORDER_BUDGET } from "../check/weaker/sequential";
import { SceneFailure } from "../scene";
import type { Journal } from "./journal";

const LINEARIZABLE =
  "Linearizability: all operations can be put in one order that explains every answer, and in which whatever ended before another " +
  "began comes first (Herlihy & Wing 1990; Raft, §8)";
const ORDERED =
  "Linearizable writes, and each client's operations in its own order: reads never go back, and see the client's own writes " +
  "(ZooKeeper, §2.3)";

/**
 * Judges a history: all but the reads of mode `session` must be linearizable; with these, it must keep ZooKeeper's promise.
 *
 * @param effort - how many times the usual budget it may take
 * @throws SceneFailure if it does not; an ordinary Error, which is ours, if that cannot be decided
 */
export function judge(journal: Journal, effort = 1): void {
  const history = journal.history((request) => request.kind !== "get" || request.read !== "session");
  const verdict = checkLinearizable(history, kv, { budget: timesBudget(DEFAULT_BUDGET, effort) });
  if (verdict.verdict === "undecided") throw new Error(`the checker could not decide: ${verdict.sentence}`);
  if (verdict.verdict === "not linearizable") {
    throw new SceneFailure("wrong", LINEARIZABLE, tellVerdict(verdict, history, kv));
  }
  const all = journal.history();
  if (all.length === history.length) return;
  const ordered = checkOrderedWrites(all, kv, timesBudget(ORDER_BUDGET, effort));
  if (ordered.verdict === "undecided") throw new Error(`the checker could not decide: ${ordered.sentence}`);
  if (ordered.verdict === "no") throw new SceneFailure("wrong", ORDERED, ordered.sentence);
}
