import { readFileSync } from "node:fs";
import path from "node:path";
import { listSuites } from "../../labs/runner/suite";
import { selectLabs } from "../grading/selection";
import { contentsOf, type Contents } from "./contents";
import { readmeFor } from "./readme";
import { packageFor, rewritten } from "./rewrite";

/**
 * The files of the handout of some labs; Lab 0 is in every one.
 *
 * @param labs - as in `--labs`; absent: all
 * @throws UsageError for a lab that does not exist
 */
export function handoutOf(root: string, labs: string | undefined): Contents {
  const all = listSuites(path.join(root, "labs"));
  const chosen = labs === undefined ? all : selectLabs(all, labs);
  const suites = all.filter((suite) => suite.lab === 0 || chosen.includes(suite));
  const contents = contentsOf(
    root,
    suites.map(({ lab }) => lab),
  );
  const text = packageFor(readFileSync(path.join(root, "package.json"), "utf8"), contents);
  return rewritten(new Map(contents).set("package.json", Buffer.from(text)), readmeFor(suites));
}
