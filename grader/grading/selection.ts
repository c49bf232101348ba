import path from "node:path";
import { UsageError } from "../../labs/kit/program/errors";
import { JudgeError, type Pool } from "../../labs/runner/pool";
import { findSuite, listSuites, type SceneInfo, selectScenes, type Suite } from "../../labs/runner/suite";

/** A suite, and which of its scenes are to be played. */
export interface Selection extends Suite {
  readonly scenes: readonly SceneInfo[];
}

/** The suites of hidden scenes of the course in `root`, by lab. */
export function hiddenSuites(root: string): Suite[] {
  const suites = listSuites(path.join(root, "grader", "suites"), path.join(root, "labs"));
  if (suites.length === 0) throw new JudgeError(`there are no hidden suites in ${path.join(root, "grader")}`);
  return suites;
}

/**
 * The suites that `--labs` means: `1`, `1,3` or `2-4`.
 *
 * @param suites - all there are
 * @throws {@link UsageError} if the text means something else, or a lab that does not exist
 */
export function selectLabs(suites: readonly Suite[], text: string | undefined): readonly Suite[] {
  if (text === undefined) return suites;
  const found = new Set([...numbersIn(text)].map((lab) => findSuite(suites, String(lab)).lab));
  return suites.filter((suite) => found.has(suite.lab));
}

/**
 * The suites of hidden scenes that `--labs` means, of the course in `root`.
 *
 * @throws {@link UsageError} as {@link selectLabs} does, and for a lab whose scenes are all public
 */
export function selectHidden(root: string, text: string | undefined): readonly Suite[] {
  const hidden = hiddenSuites(root);
  if (text === undefined) return hidden;
  const wanted = numbersIn(text);
  const open = listSuites(path.join(root, "labs")).find(
    ({ lab }) => wanted.has(lab) && hidden.every((suite) => suite.lab !== lab),
  );
  if (open === undefined) return selectLabs(hidden, text);
  throw new UsageError(
    `--labs ${text}: Lab ${open.lab} has no hidden scenes and gives no marks; leave it out`,
  );
}

function numbersIn(text: string): Set<number> {
  return new Set(text.split(",").flatMap((part) => labsOf(part.trim(), text)));
}

function labsOf(part: string, text: string): number[] {
  const [, first = "", last = first] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part) ?? [];
  const length = Number(last) - Number(first) + 1;
  if (first === "" || length < 1) {
    throw new UsageError(`--labs ${text}: name labs by their numbers, such as 1 or 1,3 or 2-4`);
  }
  return Array.from({ length }, (_, i) => Number(first) + i);
}

/**
 * The scenes of these suites that `--only` means; suites without such a scene are left out.
 *
 * @throws {@link UsageError} if there is no such scene; {@link JudgeError} if a suite does not load
 */
export async function selectFrom(
  pool: Pool,
  suites: readonly Suite[],
  only: string | undefined,
): Promise<Selection[]> {
  const lists = await Promise.all(suites.map((suite) => pool.scenes(suite.folder)));
  const wanted = new Set(selectScenes(lists.flat(), only));
  return suites
    .map((suite, i) => ({ ...suite, scenes: (lists[i] ?? []).filter((scene) => wanted.has(scene)) }))
    .filter(({ scenes }) => scenes.length > 0);
}
