import { existsSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { UsageError } from "../../labs/kit/program/errors";
import { writeWhole } from "../batch/durable";
import type { Course } from "./course";
import { readCourse } from "./course-file";

/** In the folder of a class: the policy that its marks rest on, every default filled in. */
const APPLIED = "course.json";

/**
 * Keeps marks from moving unseen. What students see, and what gradebooks call them, may change at any time.
 *
 * @param out - the folder of the class
 * @throws UsageError if its marks rest on another policy
 */
export function refuseOtherPolicy(out: string, course: Course): void {
  const applied = appliedPolicy(out);
  if (applied === undefined || isDeepStrictEqual(marking(applied), marking(course))) return;
  throw new UsageError(
    `the marks in “${out}” rest on another policy (its ${APPLIED}); ` +
      `\`npm run grade -- regrade ${out}\` shows whose would move, and moves them`,
  );
}

/** The policy that the marks in a folder rest on, if it is known. */
export function appliedPolicy(out: string): Course | undefined {
  const file = path.join(out, APPLIED);
  return existsSync(file) ? readCourse(file) : undefined;
}

/** Says on which policy the marks in a folder rest. */
export function rememberPolicy(out: string, course: Course): void {
  const { $schema: _, ...policy } = course;
  writeWhole(path.join(out, APPLIED), `${JSON.stringify(policy, undefined, 2)}\n`);
}

/** What of a policy marks depend on. */
function marking({
  seedsNeeded,
  challenge,
  decimals,
  attempts,
  late,
  labs,
  extensions,
  caps,
}: Course): object {
  const entries = Object.entries(labs).map(
    ([lab, { feedback: _, ...policy } = {}]) => [lab, policy] as const,
  );
  const rules = Object.fromEntries(entries.filter(([, policy]) => Object.keys(policy).length > 0));
  return { seedsNeeded, challenge, decimals, attempts, late, labs: rules, extensions, caps };
}
