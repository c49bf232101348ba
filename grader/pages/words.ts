import type { Verdict } from "../../labs/kit/scene/outcome";
import type { ClassDocument, Flag } from "../batch/class-document";
import type { Border, Isolation } from "../schema/grade";

/** A verdict in words, as people say it: `does not compile`. */
export function verdictWords(verdict: Verdict): string {
  return verdict.replaceAll("-", " ");
}

/** What each verdict means, for those who get it. */
export const MEANINGS: Readonly<Record<Verdict, string>> = {
  accepted: "Nothing was wrong, under any seed.",
  wrong: "A rule was broken, or the scene found something else than it demands.",
  stalled: "What should have happened did not, within its virtual time.",
  "too-many-messages": "More requests were sent than the lab allows.",
  "too-many-bytes": "More bytes were sent than the lab allows.",
  "too-many-writes": "Disks were written more often than the lab allows.",
  "run-error": "The program threw an error, or broke the contract with its context.",
  "time-limit": "A handler did not come back.",
  "memory-limit": "The program needed more memory than it may.",
  "output-limit": "The program wrote more than it may.",
  "does-not-compile":
    "A syntax error, or an import that is not allowed: see the problems, with file and line.",
  "not-gradable": "The file, the class or a handler that the scene needs is missing.",
  "judge-error": "The grader itself failed. It is never the program's fault, and somebody will look at it.",
};

/** What stood between the program and the grader. */
export const ISOLATION_WORDS: Readonly<Record<Isolation, string>> = {
  process: "child processes of the user who graded, which keeps accidents away, not attackers",
  permission: "child processes under Node’s permission model, which is no sandbox",
  namespaces: "a sandbox of Linux namespaces",
  bubblewrap: "a sandbox made by bubblewrap",
};

/** How judge and program talked. */
export const BORDER_WORDS: Readonly<Record<Border, string>> = {
  none: "judge and program in one process",
  transcript: "the judge in another process, by a transcript of effects",
  "input-by-input": "the judge in another process, input by input",
};

/** A flag in a word or two. */
export const FLAG_WORDS: Readonly<Record<Flag["kind"], string>> = {
  late: "late",
  cap: "capped",
  "judge-error": "not final",
  audit: "audit",
  ungraded: "ungraded",
  "does-not-compile": "does not compile",
  "not-gradable": "parts missing",
  refused: "refused",
  empty: "empty",
  identical: "identical",
};

/** `10 seeds a scene, derived from 2026`. */
export function seedWords({ seeds, seedBase, seedCommitment }: ClassDocument): string {
  const count = counted(seeds, "seed");
  if (seedCommitment !== undefined) return `${count} a scene, derived from a secret`;
  return seedBase === null ? `${count} a scene` : `${count} a scene, derived from ${seedBase}`;
}

/** `1 scene`, `2 scenes`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
