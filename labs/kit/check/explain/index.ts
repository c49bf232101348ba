import type { History, Operation } from "../history";
import type { Model } from "../model";
import type { Violation } from "../verdict";
import { setUp, sourcesOf } from "./context";
import { refusals } from "./refusals";
import { evidence, findShape, type Finding } from "./shapes";
import { shrink } from "./shrink";
import { findWall, type Clues, type Oracle } from "./wall";
import { list, Words } from "./words";

export type { Oracle } from "./wall";
export { fold, tellVerdict } from "./tell";

/** What the caller knows of a history that cannot be put in order. */
export interface Known extends Clues {
  /** Which part it is; its name in the report. */
  readonly part?: string;
}

/** Operations of a story that its sentence names, besides the stuck one. */
const NAMED = 3;

/**
 * Says why a history cannot be put in order: when it became impossible (`wall.ts`), which few operations are to blame
 * (`shapes`, or `shrink.ts`), what led to them (`context.ts`), and how far their orders get (`refusals.ts`). Equal
 * histories and oracles give equal texts.
 *
 * @param history - of one part; the caller has found that it is not linearizable
 * @param oracle - decides cuts of it, and copies in which some operations are without an answer
 */
export function explain<S, I, O>(
  history: History<I, O>,
  model: Model<S, I, O>,
  oracle: Oracle<I, O>,
  known: Known = {},
): Violation {
  const words = new Words(history, model);
  const named = (cut: History<I, O>, last: Operation<I, O>): Finding | undefined =>
    model.cells && findShape(evidence(cut, last, history, model.cells, words));
  const wall = findWall(history, shapesFirst(named, oracle), known);
  const stuck = wall.stuck.id;
  const shape = named(wall.cut, wall.stuck);
  const reads = (operation: Operation<I, O>): boolean => readsOnly(operation, model);
  const core = shape?.core ?? shrink(wall, oracle, reads);
  const context = setUp(wall, core, shape ? [] : sourcesOf(wall, core, oracle, reads, model), model);
  const refused = refusals(context, stuck, words);
  const story = context.story.map(({ id }) => id);
  return {
    ...(known.part === undefined ? {} : { part: known.part }),
    sentence: shape?.sentence ?? plainly(stuck, story, refused[0]?.why, words),
    prefix: wall.prefix,
    stuck,
    core: story,
    refusals: refused,
  };
}

/** An oracle for cuts that need not search where the last answer is wrong in a way that has a name. */
function shapesFirst<I, O>(
  named: (cut: History<I, O>, last: Operation<I, O>) => Finding | undefined,
  oracle: Oracle<I, O>,
): Oracle<I, O> {
  return (cut) => {
    const answered = cut.filter(({ outcome }) => outcome === "ok");
    const last = answered.reduce<Operation<I, O> | undefined>(
      (late, one) => (late && (late.return - one.return || late.id - one.id) > 0 ? late : one),
      undefined,
    );
    const finding = last && named(cut, last);
    if (!finding) return oracle(cut);
    return { verdict: "not linearizable", core: finding.core, way: "shape", steps: 0, bytes: 0 };
  };
}

/** Whether an operation changes nothing, as far as its model can be read: a read, or a swap that did not take place. */
function readsOnly<S, I, O>({ input, output }: Operation<I, O>, model: Model<S, I, O>): boolean {
  const cell = model.cells?.of(input, output);
  return cell?.kind === "read" || (cell?.kind === "cas" && cell.swapped === false);
}

/** What is wrong, if it has no name: with whom the stuck operation does not fit, and how far they get. */
function plainly<S, I, O>(
  stuck: number,
  story: readonly number[],
  why: string | undefined,
  words: Words<S, I, O>,
): string {
  const others = story.filter((id) => id !== stuck);
  const some =
    others.length > NAMED ? [`${others.length} other operations`] : others.map((id) => words.who(id));
  const fit =
    some.length === 0 ? "Nothing that was called by then explains it" : `With ${list(some)} it fits no order`;
  return `${words.whole(stuck)} answered ${words.answer(stuck)}. ${fit}${why ? `: ${why}` : ""}.`;
}
