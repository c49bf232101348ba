import { z } from "zod";
import { UsageError } from "../../labs/kit/program/errors";

/** Of a date, Gradescope tells the offset from UTC as well. */
const instant = z.iso.datetime({ offset: true });

const metadataSchema = z.object({
  created_at: instant,
  assignment: z.object({ due_date: instant.nullish() }).nullish(),
  users: z
    .array(
      z.object({
        email: z.string(),
        assignment: z.object({ due_date: instant.nullish() }).nullish(),
      }),
    )
    .min(1),
});

/** What Gradescope knows about a submission and policy needs. */
export interface GradescopeMetadata {
  /** By e-mail address; of a group, the first. */
  readonly student: string;
  /** ISO 8601, by the clock of Gradescope. */
  readonly submittedAt: string;
  /** The student's own due date, or else that of the assignment; of a group, the latest. */
  readonly dueAt?: string;
}

/**
 * Reads `/autograder/submission_metadata.json`.
 *
 * @param text - the file's content
 * @param file - its name, for the message
 * @throws UsageError if it is no such file
 */
export function readGradescopeMetadata(text: string, file: string): GradescopeMetadata {
  const parsed = metadataSchema.safeParse(json(text, file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(
      `“${file}” is no submission_metadata.json of Gradescope: ${issue?.path.join(".")}: ${issue?.message}`,
    );
  }
  const { created_at: submittedAt, assignment, users } = parsed.data;
  const own = users.flatMap((user) => user.assignment?.due_date ?? []);
  const [latest] = own.sort((a, b) => Date.parse(b) - Date.parse(a));
  const dueAt = latest ?? assignment?.due_date ?? undefined;
  return { student: users[0]?.email ?? "", submittedAt, ...(dueAt !== undefined && { dueAt }) };
}

function json(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`“${file}” is no JSON`);
  }
}
