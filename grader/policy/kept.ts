import { readFileSync } from "node:fs";
import path from "node:path";
import { JudgeError } from "../../labs/runner/pool";
import { type Marks, marksSchema } from "./marks";

/** In the folder of a class: marks that students keep although a later policy or verdict gives them less. */
export const KEPT = "kept";

/**
 * The marks that a student keeps from before a regrade, if they are worth more than those of now.
 *
 * @param out - the folder of the class
 * @param file - the safe name of the student
 * @throws JudgeError if they cannot be read
 */
export function keptOr(out: string, file: string, marks: Marks): Marks {
  const kept = readKept(path.join(out, KEPT, `${file}.json`));
  return kept !== undefined && worth(kept) > worth(marks) ? kept : marks;
}

/** Points as a share of the most there are, so that marks can be compared across scales. */
export function worth({ points, maxPoints }: Pick<Marks, "points" | "maxPoints">): number {
  return maxPoints === 0 ? points : points / maxPoints;
}

function readKept(file: string): Marks | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const { success, data } = marksSchema.safeParse(parse(text));
  if (success) return data;
  throw new JudgeError(`${file} is no document of marks that are kept; mend or remove it`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
