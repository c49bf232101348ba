import { DEFAULT_BUDGET, timesBudget } from "../check/budget";
import { tellVerdict } from "../check/explain";
import type { History, Operation } from "../check/history";
import { checkLinearizable } from "../check/linearizable";
import { kv, type KvOperation, type KvSeen } from "../check/models/kv";
import { SceneFailure } from "../scene";
import type { Journal } from "./journal";
import type { ReadAnswer, Version } from "./messages";
import type { Ledger } from "./monitors/ledger";

const LINEARIZABLE =
  "Atomic: all operations can be put in one order that explains every answer, and in which whatever ended before another began " +
  "comes first (Herlihy & Wing 1990; ABD 1995)";

/**
 * What clients saw, as a history of puts and gets. A value stands there with its version, so that no two writes write the same. An
 * operation that failed, or whose version never left its coordinator, did not happen. What puppets have made up was put by somebody, at any
 * time since it became known.
 */
export function historyOf(journal: Journal, ledger: Ledger): History<KvOperation, KvSeen> {
  const beyond = 1 + journal.entries.reduce((most, { client }) => Math.max(most, client), 0);
  const broken = new Map<number, number>();
  const seen = journal.entries.flatMap((entry): Operation<KvOperation, KvSeen>[] => {
    const { id, client, request, call, calledAt, returnedAt, result, return: ret } = entry;
    const { key } = request;
    const session = broken.get(client) ?? client;
    const isOpen = result === undefined || result === "unknown";
    if (isOpen) broken.set(client, session + beyond); // it may still take effect while its client goes on
    if (result === "failed") return [];
    const common = { id, session, call };
    const ended = { outcome: "ok", return: ret ?? call, at: [calledAt, returnedAt ?? calledAt] } as const;
    const open = { outcome: "unknown", return: Infinity, at: [calledAt, Infinity] } as const;
    if (request.kind === "read") {
      if (isOpen) return [];
      const { value, version } = result as ReadAnswer;
      return [{ ...common, ...ended, input: { kind: "get", key }, output: { value: held(value, version) } }];
    }
    const issue = ledger.issuedBy(entry);
    if (issue === undefined) return [];
    const input = { kind: "put", key, value: held(issue.value, issue.version) } as const;
    return [isOpen ? { ...common, ...open, input } : { ...common, ...ended, input, output: {} }];
  });
  const strangers = 1 + seen.reduce((most, { session }) => Math.max(most, session), 0);
  const forged = ledger.forged.map(
    ({ key, value, version, call, at }, i): Operation<KvOperation, KvSeen> => ({
      id: journal.entries.length + i,
      session: strangers + i,
      call,
      return: Infinity,
      outcome: "unknown",
      at: [at, Infinity],
      input: { kind: "put", key, value: held(value, version) },
    }),
  );
  return [...seen, ...forged];
}

/**
 * Judges all that clients were told, where the configuration promises an atomic register.
 *
 * @param effort - how many times the usual budget it may take
 * @throws SceneFailure if it cannot be put in order; an ordinary Error, which is ours, if that cannot be decided
 */
export function judgeAtomic(journal: Journal, ledger: Ledger, effort = 1): void {
  const history = historyOf(journal, ledger);
  const verdict = checkLinearizable(history, kv, { budget: timesBudget(DEFAULT_BUDGET, effort) });
  if (verdict.verdict === "undecided") throw new Error(`the checker could not decide: ${verdict.sentence}`);
  if (verdict.verdict === "not linearizable") {
    throw new SceneFailure("wrong", LINEARIZABLE, tellVerdict(verdict, history, kv));
  }
}

function held(value: string | null, version: Version | null): string {
  return version === null ? "" : `${value ?? "deleted"} (${version.number} of C${version.writer})`;
}
