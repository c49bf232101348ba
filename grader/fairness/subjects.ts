import path from "node:path";
import { UsageError } from "../../labs/kit/program/errors";
import { collectFiles } from "../../labs/kit/subject/files";
import { listSuites, type Suite } from "../../labs/runner/suite";
import { hiddenSuites } from "../grading/selection";
import { patched, type Tree, treesOf } from "../mutation/tree";
import type { EditedVariant, Variant } from "../variants";

/** A program that is known to be right, so that no scene may accuse it. */
export interface Innocent {
  /** `solutions`, or the name of a variant. */
  readonly name: string;
  /** The labs that it implements; the reference, which has none of these, implements all there are. */
  readonly labs?: readonly number[];
  /** It is played in no scene of a challenge. */
  readonly unchallenged?: true;
  /** Its folder, relative to that of the course and with slashes, or its files if it has none. */
  readonly home: string | Tree;
}

/**
 * The reference and the accepted variants.
 *
 * @param root - the folder of the course
 * @param variants - the variants there are
 * @param only - those whose name contains this text, or the one that is called so
 * @throws {@link UsageError} if there is none
 * @throws JudgeError that names every variant under which the reference has moved
 */
export function innocents(root: string, variants: readonly Variant[], only: string | undefined): Innocent[] {
  const names = ["solutions", ...variants.map(({ name }) => name)];
  const wanted = new Set(named(names, only));
  const chosen = variants.filter(({ name }) => wanted.has(name));
  const edited = chosen.flatMap((each) => ("edits" in each ? [each] : []));
  const trees = edited.length === 0 ? undefined : treesFrom(root, edited);
  const reference: Innocent = { name: "solutions", home: "solutions" };
  return [
    ...(wanted.has("solutions") ? [reference] : []),
    ...chosen.map((each): Innocent => {
      const { name, labs, unchallenged } = each;
      const home = "folder" in each ? `grader/variants/${each.folder}` : (trees?.get(each) ?? []);
      return { name, labs, home, ...(unchallenged && { unchallenged }) };
    }),
  ];
}

function named(names: readonly string[], only: string | undefined): readonly string[] {
  if (only === undefined) return names;
  if (names.includes(only)) return [only];
  const found = names.filter((name) => name.includes(only.toLowerCase()));
  if (found.length > 0) return found;
  throw new UsageError(`no variant's name contains “${only}”; there are: ${names.join(", ")}`);
}

function treesFrom(root: string, variants: readonly EditedVariant[]): Map<EditedVariant, Tree> {
  const reference = collectFiles(path.join(root, "solutions"));
  return treesOf(variants, ({ name, edits }) =>
    edits.reduce<Tree>((tree, { file, edits }) => patched(tree, { name, file, edits }, "variant"), reference),
  );
}

/** The files of a program. */
export function filesOf(root: string, { home }: Innocent): Tree {
  return typeof home === "string" ? collectFiles(path.join(root, home)) : home;
}

/** All suites of the course in `root`, the public ones first. */
export function allSuites(root: string): Suite[] {
  return [...listSuites(path.join(root, "labs")), ...hiddenSuites(root)];
}
