import { z } from "zod";
import { VERDICTS } from "../../labs/kit/scene/outcome";

/** What stands in the field `schema` of a document of this shape. A change that breaks readers gets a new number. */
export const GRADE_SCHEMA = "replication-labs/grade/2";

/** What may stand between a program and the grader, the strongest last. */
export const ISOLATIONS = ["process", "permission", "namespaces", "bubblewrap"] as const;

/** One of {@link ISOLATIONS}. */
export type Isolation = (typeof ISOLATIONS)[number];

/** How judge and program talk. */
export const BORDERS = ["none", "transcript", "input-by-input"] as const;

/** One of {@link BORDERS}. */
export type Border = (typeof BORDERS)[number];

const points = z.number().min(0);
const count = z.int().min(0);
const seed = z.int().min(0).max(0xffff_ffff);
const verdict = z.enum(VERDICTS);

const run = z
  .object({
    seed,
    verdict,
    hash: z
      .string()
      .describe("Of the whole trace, 16 hex digits: equal seeds give equal ones. Empty if it was not played"),
  })
  .meta({ id: "Run" });

/** How a scene failed first, in `grade.json` and in marks. */
export const failure = z
  .object({
    seed: seed.describe("The first seed, in the order of play, under which the scene failed"),
    rule: z.string().describe("The rule that was broken, with its source in the paper"),
    message: z.string().describe("What was expected, what was seen, by whom and when"),
    virtualMs: z.number().min(0).describe("Virtual time of the failure, in ms"),
    server: count.optional().describe("The server that broke the rule, if it was one"),
    replay: z.string().describe("The command that shows this failure again"),
  })
  .meta({ id: "Failure" });

const scene = z
  .object({
    name: z.string(),
    points: points.describe("maxPoints if all seeds passed, otherwise 0"),
    maxPoints: points,
    seeds: z.int().min(1).describe("How many seeds the scene was played under"),
    failed: count.describe("Under how many of them it failed"),
    verdict: verdict.describe("`accepted`, or the verdict of the first failure"),
    challenge: z.boolean().describe("Part of the lab's challenge"),
    used: z
      .object({
        calls: count.describe("Requests that reached a server"),
        bytes: count.describe("Of requests when sent and replies when delivered"),
        writes: count.describe("Saves, on all disks together"),
      })
      .optional()
      .describe("What all runs together cost the simulated clusters. It earns no points"),
    firstFailure: failure.optional(),
    runs: z.array(run).min(1).describe("The facts that the points rest on, in the order of play"),
  })
  .meta({ id: "Scene" });

const measurement = z
  .object({
    what: z.string().describe("What it is about, e.g. a kind of read"),
    claimed: z.string().describe("Round trips and disk writes at the server that is asked"),
    measured: z.string().describe("The same, as it was seen"),
    inAll: z.string().optional().describe("Calls and disk writes on all servers, which nobody has claimed"),
    met: z.boolean(),
  })
  .meta({ id: "Measurement" });

const lab = z
  .object({
    lab: z.int().min(1).max(6),
    title: z.string(),
    points: points.describe("Of all scenes, those of the challenge included"),
    maxPoints: points,
    challenge: z.object({ points, maxPoints: points }).describe("The share of the challenge"),
    scenes: z.array(scene).min(1),
    rules: z
      .object({
        exercised: z.array(z.string()).describe("Those that a run of these scenes came across"),
        known: z.array(z.string()).describe("All that scenes of this lab may come across"),
      })
      .optional()
      .describe("How much of the protocol the runs saw: rules of the paper, by name. It earns no points"),
    measured: z
      .array(measurement)
      .optional()
      .describe("What was claimed and what was measured: the first run that does not meet it, or the first"),
  })
  .meta({ id: "Lab" });

/** The shape of `grade.json`: the one source of its type and of the published JSON Schema. */
export const gradeSchema = z
  .object({
    schema: z.literal(GRADE_SCHEMA),
    course: z
      .object({ name: z.string(), version: z.string() })
      .describe("Of this course, from its package.json"),
    node: z.string().describe("Version of Node, as v20.20.2"),
    seedBase: seed.nullable().describe("The number from which all seeds derive; null if that is a secret"),
    seedCommitment: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional()
      .describe("SHA-256 of the secret from which all seeds derive, as it was published before the deadline"),
    isolation: z
      .enum(ISOLATIONS)
      .describe(
        "What stood between the program and the grader: see `grade --help`. `process` keeps accidents away, not attackers",
      ),
    border: z
      .enum(BORDERS)
      .describe("How judge and program talked: not at all (one process), by a transcript, or input by input"),
    audit: z
      .object({
        runs: count.describe("Runs that were played once more, input by input, after the transcript was in"),
        differing: count.describe("Those that came out differently; they count as they were played then"),
      })
      .optional()
      .describe("Of a grading by transcript"),
    digest: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable()
      .describe("SHA-256 over the .ts files that count; null if they are too many or too large to be read"),
    subject: z.string().describe("The folder that was graded, as it was named"),
    only: z.string().optional().describe("The text of --only; with it the document is no full grade"),
    labs: z.array(lab).min(1),
    points: points.describe("Of all labs, challenges included"),
    maxPoints: points,
    problems: z
      .array(z.string())
      .describe("Why scenes could not be played: what does not compile or is missing, with file and line"),
    remarks: z
      .array(z.string())
      .optional()
      .describe("What of the submission does not count and why, e.g. links. It costs nothing"),
    typeErrors: z.array(z.string()).describe("Type errors, with file and line. They cost nothing"),
    judgeErrors: z
      .object({
        retried: count.describe("Runs that were played a second time because the grader itself failed"),
        left: count.describe("Runs where it failed again; if there is one, the marks are not final"),
      })
      .describe("Errors of the grader, never the student's"),
    wallMs: z.number().min(0).describe("Real time, in ms"),
    cpuMs: z.number().min(0).optional().describe("Processor time of all runs, sandboxes included, in ms"),
    events: count.describe("Inputs that were handled in all runs"),
  })
  .meta({ title: "grade.json", description: "What `npm run grade` found out about one submission" });

/** What `npm run grade` writes to `grade.json`. */
export type Grade = z.infer<typeof gradeSchema>;

/** The part of a {@link Grade} that one lab has. */
export type LabGrade = Grade["labs"][number];

/** The part of a {@link Grade} that one scene has. */
export type SceneGrade = LabGrade["scenes"][number];

/** The published JSON Schema. It is open: a later version of the course may add fields. */
export function gradeJsonSchema(): object {
  return z.toJSONSchema(gradeSchema, { io: "input" });
}
