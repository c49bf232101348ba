import { z } from "zod";
import { VERDICTS } from "../../labs/kit/scene/outcome";
import { failure } from "../schema/grade";

/** What stands in the field `schema` of a document of this shape. A change that breaks readers gets a new number. */
export const MARKS_SCHEMA = "replication-labs/marks/1";

const points = z.number().min(0);
const count = z.int().min(0);

const scene = z
  .object({
    name: z.string(),
    points,
    maxPoints: points.describe(
      "What it is worth; one of a challenge adds it to the lab's only if policy says so",
    ),
    verdict: z.enum(VERDICTS).describe("`accepted`, or that of the first failure"),
    seeds: z.int().min(1),
    failed: count.describe("Under how many of the seeds it failed"),
    challenge: z.boolean(),
    firstFailure: failure.optional(),
  })
  .meta({ id: "SceneMarks" });

const late = z
  .object({
    hours: z.number().min(0).describe("Since the due date, an extension counted in"),
    factor: z.number().min(0).max(1).describe("What lateness leaves of the points"),
    daysUsed: count.describe("Late days that were drawn from the bank"),
    sentence: z.string(),
  })
  .meta({ id: "Late" });

const cap = z
  .object({
    to: points.describe("The most points that the lab can give"),
    by: z.string().describe("Who released the reference"),
    sentence: z.string(),
  })
  .meta({ id: "Cap" });

const lab = z
  .object({
    lab: z.int().min(1).max(6),
    title: z.string(),
    raw: points.describe("Before lateness and caps"),
    points: points.describe("What counts. More than maxPoints if a challenge is a bonus"),
    maxPoints: points,
    late: late.optional().describe("Where a due date is known, and has passed"),
    cap: cap.optional().describe("Where a part of the reference was released"),
    scenes: z.array(scene).min(1),
  })
  .meta({ id: "LabMarks" });

const choice = z
  .object({ lab: z.int().optional(), submission: z.string(), sentence: z.string() })
  .meta({ id: "Choice" });

/** The shape of `marks/<name>.json`. */
export const marksSchema = z
  .object({
    schema: z.literal(MARKS_SCHEMA),
    student: z.string(),
    submission: z.string(),
    submittedAt: z.string().optional().describe("ISO 8601, by the clock of the server that took it"),
    digest: z.string().nullable().describe("Of the submission; null also where labs come from several"),
    points,
    maxPoints: points,
    final: z.boolean().describe("False while the grader itself has failed in a run"),
    labs: z.array(lab).min(1),
    chosen: z
      .array(choice)
      .optional()
      .describe("Where a student has handed in more than once: which attempt counts, and why"),
  })
  .meta({ title: "marks.json", description: "What one submission earns under the policy of a course" });

/** What a submission earns: facts, seen with the policy of a course. For staff; a student sees a `View`. */
export type Marks = z.infer<typeof marksSchema>;

/** The part of {@link Marks} that one lab has. */
export type LabMarks = Marks["labs"][number];

/** The part of {@link Marks} that one scene has. */
export type SceneMarks = LabMarks["scenes"][number];

/** The published JSON Schema. It is open: a later version of the course may add fields. */
export function marksJsonSchema(): object {
  return z.toJSONSchema(marksSchema, { io: "input" });
}
