import { readFileSync } from "node:fs";
import path from "node:path";
import { JudgeError } from "../../labs/runner/pool";
import type { Course } from "../policy/course";
import { type ClassDocument, classSchema, type ClassSubmission } from "./class-document";
import type { Known } from "./intake";
import { writeClass } from "./write";

/**
 * Marks a class that was judged once more, by another policy: everything that follows from the grade documents is written anew. The caller
 * holds the lock of the folder.
 *
 * @param out - the folder of the class
 * @throws JudgeError if there is no class.json in it that can be read
 */
export function rewriteClass(out: string, course: Course, now: Date): ClassDocument {
  const { submissions, ungraded: messages, ignored, seeds, workers } = readClass(out);
  const taken = submissions.map(knownOf);
  const reasons = new Map(messages.map(({ submission, message }) => [submission, message]));
  const ungraded = new Map(
    taken.flatMap((each) => {
      const message = reasons.get(each.entry.name);
      return message === undefined ? [] : [[each, message] as const];
    }),
  );
  return writeClass({ out, course, taken, ungraded, ignored, seeds, workers, now });
}

/** Reads class.json. */
export function readClass(out: string): ClassDocument {
  const file = path.join(out, "class.json");
  try {
    return classSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new JudgeError(`${file} cannot be read (${(error as Error).message.split("\n", 1)[0] ?? ""})`);
  }
}

function knownOf({ name, student, submittedAt, file, digest, flags }: ClassSubmission): Known {
  const refused = flags.find(({ kind }) => kind === "refused");
  return {
    entry: { name, student, submittedAt },
    ...{ file, digest },
    ...(refused !== undefined && { refusal: refused.text }),
    isEmpty: flags.some(({ kind }) => kind === "empty"),
  };
}
