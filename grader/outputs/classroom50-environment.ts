import { UsageError } from "../../labs/kit/program/errors";
import type { Classroom50Submission } from "./classroom50";

/**
 * What Classroom 50 tells of a submission in the environment of its autograder.
 *
 * @param submittedAt - when it was handed in, if it is known better than by the tag of the submission
 * @param now - when it was graded
 * @throws UsageError if something is missing
 */
export function classroom50FromEnvironment(
  env: NodeJS.ProcessEnv,
  submittedAt: string | undefined,
  now: Date,
): Classroom50Submission {
  const need = (name: string): string => {
    const value = env[name];
    if (value !== undefined && value !== "") return value;
    throw new UsageError(`${name} is not set; Classroom 50 sets it where it runs an autograder`);
  };
  const tag = need("SUBMISSION_TAG");
  const commitUrl = need("COMMIT_URL");
  return {
    classroom: need("CLASSROOM"),
    assignment: need("ASSIGNMENT"),
    assignmentType: env["ASSIGNMENT_TYPE"] === "group" ? "group" : "individual",
    owner: env["OWNER"] ?? need("USERNAME"),
    tag,
    commitUrl,
    releaseUrl: need("RELEASE_URL"),
    reviewUrl: env["REVIEW_URL"] ?? commitUrl,
    submittedAt: instant(submittedAt === undefined ? instantOf(tag) : new Date(submittedAt)),
    gradedAt: instant(now),
  };
}

/** `submit/2026-06-01T14-32-05Z-a1b2c3d` */
function instantOf(tag: string): Date {
  const [, day, hours, minutes, seconds] = /(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z/.exec(tag) ?? [];
  const date = new Date(`${day}T${hours}:${minutes}:${seconds}Z`);
  if (!Number.isNaN(date.getTime())) return date;
  throw new UsageError(`SUBMISSION_TAG “${tag}” does not say when it was handed in; say so with --submitted`);
}

function instant(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}
