import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../../labs/kit/program/errors";
import { listSuites, type Suite } from "../../labs/runner/suite";
import { hiddenSuites } from "../grading/selection";

/** A program that is known to be right, so that no scene may accuse it. */
export interface Innocent {
  /** `solutions`, or the name of a variant. */
  readonly name: string;
  /** Relative to the folder of the course, with slashes. */
  readonly path: string;
}

/**
 * The reference and the accepted variants.
 *
 * @param root - the folder of the course
 * @param only - those whose name contains this text, or the one that is called so
 * @throws {@link UsageError} if there is none
 */
export function innocents(root: string, only: string | undefined): Innocent[] {
  const folder = path.join(root, "grader", "variants");
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const variants = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  const all = [
    { name: "solutions", path: "solutions" },
    ...variants.map((name) => ({ name, path: `grader/variants/${name}` })),
  ];
  if (only === undefined) return all;
  const exact = all.filter(({ name }) => name === only);
  const found = exact.length > 0 ? exact : all.filter(({ name }) => name.includes(only.toLowerCase()));
  if (found.length > 0) return found;
  const names = all.map(({ name }) => name).join(", ");
  throw new UsageError(`no variant's name contains “${only}”; there are: ${names}`);
}

/** All suites of the course in `root`, the public ones first. */
export function allSuites(root: string): Suite[] {
  return [...listSuites(path.join(root, "labs")), ...hiddenSuites(root)];
}
