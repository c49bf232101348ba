import {
  checkLinearizable,
  kv,
  type History,
  type KvOperation,
  type KvSeen,
  type Operation,
} from "../kit/check";
import { checkLevel, type LevelVerdict } from "../kit/check/weaker";
import { compareVersions, type Entry, type Version } from "../kit/quorum";
import type { Claim } from "./claim";
import type { Played } from "./play";
import { checkRegular } from "./regular";

type Seen = History<KvOperation, KvSeen>;

/** What became of a claim in one run. */
export type Finding =
  | { readonly kind: "kept" }
  | {
      readonly kind: "refuted";
      /** Why the claim does not hold. */
      readonly sentence: string;
      /** The operations in question, by id. */
      readonly core: readonly number[];
    }
  /** The program did not keep what it promises, or the rules of the house: nothing follows for the claim. */
  | { readonly kind: "broken"; readonly rule: string; readonly message: string }
  | { readonly kind: "undecided"; readonly sentence: string };

/** Judges a run by a claim. */
export function judgeClaim(claim: Claim, played: Played): Finding {
  const finding = judge(claim, played);
  if (finding.kind !== "refuted") return finding;
  return { ...finding, sentence: withCoordinators(finding.sentence, played) };
}

/** The checkers speak of sessions: a coordinator has another one after an operation that has no end. */
function withCoordinators(sentence: string, { history, entries }: Played): string {
  const clientOf = (session: number): number => {
    const id = history.find((operation) => operation.session === session)?.id;
    return entries.find((entry) => entry.id === id)?.client ?? session;
  };
  return sentence.replaceAll(/\b(?:client|session) (\d+)/g, (_, session) => `C${clientOf(Number(session))}`);
}

function judge(claim: Claim, { outcome, history, entries, apart }: Played): Finding {
  const { failure } = outcome;
  if (failure !== undefined) {
    if (outcome.verdict === "judge-error")
      throw new Error(`${failure.message}\n${failure.events.join("\n")}`);
    return { kind: "broken", rule: failure.rule, message: failure.message };
  }
  switch (claim) {
    case "converges":
      return apart === undefined ? { kind: "kept" } : { kind: "refuted", sentence: `${apart}.`, core: [] };
    case "linearizable":
      return linearizable(history);
    case "regular":
      return found(checkRegular(history));
    case "sequential":
      return found(checkLevel(claim, history, kv));
    case "monotonic reads":
    case "read your writes":
      return found(checkLevel(claim, withVersions(history, entries), kv));
  }
}

function linearizable(history: Seen): Finding {
  const verdict = checkLinearizable(history, kv);
  if (verdict.verdict === "linearizable") return { kind: "kept" };
  if (verdict.verdict === "undecided") return { kind: "undecided", sentence: verdict.sentence };
  const [violation] = verdict.violations;
  if (violation === undefined) throw new Error("not linearizable, but nothing is wrong");
  return { kind: "refuted", sentence: violation.sentence, core: violation.core };
}

function found(verdict: LevelVerdict): Finding {
  if (verdict.verdict === "no") return { kind: "refuted", sentence: verdict.sentence, core: verdict.core };
  return verdict.verdict === "yes" ? { kind: "kept" } : { kind: "undecided", sentence: verdict.sentence };
}

/**
 * With each answer the version that it names, numbered from 1 in the order of versions: sessions must not go back by that order, which all
 * replicas share.
 */
function withVersions(history: Seen, entries: readonly Entry[]): Seen {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const named = entries.flatMap(({ request, result }) => {
    const version = versionIn(result);
    return version === null ? [] : [{ key: request.key, version }];
  });
  const rank = (key: string, version: Version | null): number =>
    new Set(
      named
        .filter((one) => one.key === key && compareVersions(one.version, version) <= 0)
        .map((one) => `${one.version.number} ${one.version.writer}`),
    ).size;
  return history.map((operation): Operation<KvOperation, KvSeen> => {
    if (operation.outcome !== "ok") return operation;
    const version = rank(operation.input.key, versionIn(byId.get(operation.id)?.result));
    return { ...operation, output: { ...operation.output, version } };
  });
}

function versionIn(result: Entry["result"]): Version | null {
  return typeof result === "object" ? result.version : null;
}
