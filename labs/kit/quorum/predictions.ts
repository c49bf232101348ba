import { isRecord } from "../program";
import type { Failure, Outcome } from "../scene";
import { SubjectError, type Subject } from "../subject";
import { registerQuorum } from "./scene";

/** A question that is answered before anybody measures. */
export interface PredictionCase {
  /** The property of the literal that holds the answer. */
  readonly id: string;
  /** Cases of one group are scored together. */
  readonly group: string;
  readonly question: string;
  /** What an answer looks like: a number, true or false, or one of some words. */
  readonly kind: "number" | "yes or no" | readonly string[];
  /** Of a number, e.g. `replicas`. */
  readonly unit?: string;
  /** How far a number may be off; 0 unless it says otherwise. */
  readonly tolerance?: number;
  /** What measures it. */
  readonly command: string;
}

/** The answers that were measured, by case. */
export type Truths = { readonly [caseId: string]: number | string | boolean };

const FILE = "quorum/predictions.ts";
const EXPORT = "predictions";

const FORM = "A prediction is a number, true, false or one of the words that its case names (handout)";
const BEFORE = "Predict before you measure (handout)";
const RIGHT = "A prediction is scored against what was measured (handout)";

/** Declares a scene that demands an answer to each case, in the form that the case wants. It knows no truths, and so tells none. */
export function predictionsMade(name: string, cases: readonly PredictionCase[]): void {
  registerQuorum(name, { lab: 6, share: ONCE }, (subject, seed) => {
    return outcomeOf(name, seed, () => {
      const said = predictionsOf(subject);
      return formProblem(cases, said) ?? unanswered(cases, said);
    });
  });
}

/** Declares a scene that holds the answers to these cases against what was measured. All must be right. */
export function predictionsRight(
  name: string,
  points: number,
  cases: readonly PredictionCase[],
  truths: Truths,
): void {
  registerQuorum(name, { lab: 6, points, share: ONCE }, (subject, seed) => {
    return outcomeOf(name, seed, () => {
      const said = predictionsOf(subject);
      return formProblem(cases, said, false) ?? unanswered(cases, said) ?? wrongOnes(cases, said, truths);
    });
  });
}

/** No seed changes anything: the smallest share is one seed. */
const ONCE = 0.001;

type Said = ReadonlyMap<string, unknown>;
type Problem = Pick<Failure, "rule" | "message">;

/** What the literal holds; nothing in it is called. */
function predictionsOf(subject: Subject): Said {
  const literal = subject.exported(FILE, EXPORT);
  if (!isRecord(literal)) {
    throw new SubjectError("not-gradable", [`${FILE}: ${EXPORT} must be an object such as { ${EXAMPLE} }`]);
  }
  const fields = Object.entries(Object.getOwnPropertyDescriptors(literal));
  return new Map(fields.map(([id, { value }]): [string, unknown] => [id, value]));
}

const EXAMPLE = "waroReadsDown: 1";

/** @param all - whether these are all cases there are */
function formProblem(cases: readonly PredictionCase[], said: Said, all = true): Problem | undefined {
  for (const { id, kind, unit } of cases) {
    const value = said.get(id) ?? null;
    if (value === null || hasForm(value, kind)) continue;
    const wanted =
      kind === "number"
        ? `a number (${unit ?? "no unit"})`
        : kind === "yes or no"
          ? "true or false"
          : `one of ${kind.map((word) => JSON.stringify(word)).join(", ")}`;
    return { rule: FORM, message: `${EXPORT}.${id} is ${tell(value)}; it must be ${wanted}` };
  }
  const known = new Set(cases.map(({ id }) => id));
  const unknown = all ? [...said.keys()].filter((id) => !known.has(id)) : [];
  if (unknown.length === 0) return undefined;
  return {
    rule: FORM,
    message: `${FILE} answers ${unknown.join(", ")}, which no case asks; see the handout`,
  };
}

function hasForm(value: unknown, kind: PredictionCase["kind"]): boolean {
  if (kind === "number") return typeof value === "number" && Number.isFinite(value);
  if (kind === "yes or no") return typeof value === "boolean";
  return typeof value === "string" && kind.includes(value);
}

function unanswered(cases: readonly PredictionCase[], said: Said): Problem | undefined {
  const open = cases.filter(({ id }) => (said.get(id) ?? null) === null);
  const [first] = open;
  if (first === undefined) return undefined;
  const others = open.length === 1 ? "" : `, and ${open.length - 1} more,`;
  const message =
    `not implemented yet: predictions.${first.id}. Next: answer it${others} in ${FILE}, ` +
    `before you measure: ${first.question} (step 8 of Lab 6).`;
  return { rule: BEFORE, message };
}

function wrongOnes(cases: readonly PredictionCase[], said: Said, truths: Truths): Problem | undefined {
  const wrong = cases.flatMap((each) => {
    const { id, question, command, tolerance = 0 } = each;
    const truth = truths[id];
    if (truth === undefined) throw new Error(`nobody has measured ${id}`);
    const value = said.get(id);
    const isRight =
      typeof truth === "number" && typeof value === "number"
        ? Math.abs(value - truth) <= tolerance
        : value === truth;
    return isRight
      ? []
      : [`${question} You predicted ${tell(value)}; measured was ${tell(truth)} (${command}).`];
  });
  return wrong.length === 0 ? undefined : { rule: RIGHT, message: wrong.join("\n") };
}

function tell(value: unknown): string {
  return typeof value === "function" ? "a function" : (JSON.stringify(value) ?? String(value));
}

function outcomeOf(scene: string, seed: number, judge: () => Problem | undefined): Outcome {
  const end = { scene, seed, hash: "", inputs: 0, virtualMs: 0 };
  const failed = (verdict: Outcome["verdict"], problem: Problem): Outcome => {
    return { ...end, verdict, failure: { ...problem, virtualMs: 0, events: [] } };
  };
  try {
    const problem = judge();
    return problem === undefined ? { ...end, verdict: "accepted" } : failed("wrong", problem);
  } catch (error) {
    if (!(error instanceof SubjectError)) throw error;
    return failed(error.verdict, { rule: "A submission can be loaded", message: error.message });
  }
}
