import { z } from "zod";
import { VERDICTS } from "../../labs/kit/scene/outcome";
import { BORDERS, ISOLATIONS } from "../schema/grade";

/** What stands in the field `schema` of a document of this shape. A change that breaks readers gets a new number. */
export const CLASS_SCHEMA = "replication-labs/class/1";

/** What an instructor should know of a student or a submission before they believe the points. */
export const FLAGS = [
  "late",
  "cap",
  "judge-error",
  "audit",
  "ungraded",
  "does-not-compile",
  "not-gradable",
  "refused",
  "empty",
  "identical",
] as const;

const points = z.number().min(0);
const count = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().describe("As it was handed in: hostile text, to be escaped wherever it goes");
const file = z.string().describe("The name made safe: `grades/<file>.json`, `report/<file>.html`");

const flag = z.object({ kind: z.enum(FLAGS), text: z.string().describe("A sentence") }).meta({ id: "Flag" });

const labPoints = z.object({
  lab: z.int().min(1),
  points,
  maxPoints: points,
  late: z.object({ hours: z.number(), factor: z.number() }).optional(),
  cap: z.object({ to: z.number(), by: z.string() }).optional(),
});

const submission = z
  .object({
    name,
    file,
    student: name,
    submittedAt: z.string().describe("ISO 8601, UTC: of the list, or when the entry was last modified here"),
    digest: sha256.nullable().describe("Over the files that count; null if it was refused"),
    points: points.describe("By policy"),
    final: z.boolean().describe("False if an error of the grader is left"),
    flags: z.array(flag),
    identicalTo: name.optional().describe("The submission that was judged; this one shares its result"),
  })
  .meta({ id: "ClassSubmission" });

const student = z
  .object({
    name,
    file: file.describe("Of the submission that counts most: `report/<file>.html`, `students/<file>.html`"),
    points,
    final: z.boolean(),
    labs: z.array(labPoints),
    flags: z.array(flag),
    identicalTo: name.optional().describe("The submission that was judged in the place of this student's"),
    submissions: z.array(name).min(1).describe("All attempts, the one that counts most first"),
  })
  .meta({ id: "ClassStudent" });

const group = z
  .object({
    rule: z.string().describe("The rule of the paper or of the course that was broken"),
    verdict: z.enum(VERDICTS).describe("The most frequent one among these failures"),
    lab: z.int().min(1).describe("The first lab in which it was broken"),
    students: z.array(name).min(1).describe("The students whose submissions broke it"),
    submissions: z.array(name).min(1),
    scenes: z.array(z.string()).min(1).describe("Where, the most frequent first"),
    example: z.object({ student: name, scene: z.string(), message: z.string() }),
  })
  .meta({ id: "ClassGroup" });

/** The shape of `class.json`. */
export const classSchema = z
  .object({
    schema: z.literal(CLASS_SCHEMA),
    course: z.object({ name: z.string(), version: z.string() }),
    node: z.string(),
    isolation: z.enum(ISOLATIONS),
    border: z.enum(BORDERS),
    seedBase: z.int().min(0).max(0xffff_ffff).nullable(),
    seedCommitment: sha256.optional(),
    seeds: z.int().min(1).describe("Seeds a scene; some scenes have a share of them"),
    createdAt: z.string().describe("ISO 8601, UTC"),
    wallMs: z.number().min(0).describe("Real time of all gradings together, in ms"),
    workers: z.int().min(1).describe("Submissions that were judged at a time"),
    maxPoints: points,
    labs: z.array(
      z.object({
        lab: z.int().min(1),
        title: z.string(),
        maxPoints: points,
        scenes: z.array(
          z.object({
            name: z.string(),
            maxPoints: points,
            challenge: z.boolean(),
            passed: count.describe("Submissions that passed it under all seeds"),
            judged: count,
          }),
        ),
      }),
    ),
    students: z.array(student),
    submissions: z.array(submission),
    groups: z.array(group).describe("Failures by broken rule, the most frequent first"),
    judgeErrors: z
      .array(z.object({ student: name, scene: z.string(), seed: count, message: z.string() }))
      .describe("What a human must look at: runs that ended twice in an error of the grader"),
    ungraded: z
      .array(z.object({ submission: name, message: z.string() }))
      .describe("Submissions that could not be judged by our own fault; another run tries them again"),
    ignored: z
      .array(z.string())
      .describe("Entries of the folder that are no submissions, and why, a line each"),
  })
  .meta({ title: "class.json", description: "What `npm run grade -- batch` found out about a class" });

/** What `npm run grade -- batch` writes to `class.json`. */
export type ClassDocument = z.infer<typeof classSchema>;

/** The published JSON Schema. It is open: a later version of the course may add fields. */
export function classJsonSchema(): object {
  return z.toJSONSchema(classSchema, { io: "input" });
}

/** The part of a {@link ClassDocument} that one student has. */
export type ClassStudent = ClassDocument["students"][number];

/** The part of a {@link ClassDocument} that one submission has. */
export type ClassSubmission = ClassDocument["submissions"][number];

/** Failures of many submissions by one rule. */
export type ClassGroup = ClassDocument["groups"][number];

/** Something an instructor should know. */
export type Flag = z.infer<typeof flag>;
