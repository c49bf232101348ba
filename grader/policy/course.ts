import { z } from "zod";
import { GRADING_SEEDS } from "../grading/seeds";

/** What stands in the field `schema` of a document of this shape. A change that breaks readers gets a new number. */
export const COURSE_SCHEMA = "replication-labs/course/1";

/** How much a reader sees of a lab's scenes, the most first. */
export const FEEDBACK = ["full", "rule", "verdict", "count", "nothing"] as const;

/** One of {@link FEEDBACK}. */
export type Feedback = (typeof FEEDBACK)[number];

const LABS = [1, 2, 3, 4, 5, 6] as const;

const INSTANT = "an instant with its zone, such as 2026-10-01T23:59:00+02:00";
const MAX_DAYS = 366;

// Each text below ends the sentence “expected …” of a mistake.
const oneOf = <T extends string>(values: readonly [T, ...T[]]) =>
  z.enum(values, { error: `one of ${values.map((value) => `"${value}"`).join(", ")}` });
const number = (min: number, max: number, what = `a number from ${min} to ${max}`) =>
  z.number(what).min(min, what).max(max, what);
const whole = (min: number, max: number, what = `a whole number from ${min} to ${max}`) =>
  z.int(what).min(min, what).max(max, what);
const text = z.string("a text").min(1, "a text that is not empty");
const yesOrNo = z.boolean("true or false");
const instant = z.iso.datetime({ offset: true, error: INSTANT });
const object = <T extends z.core.$ZodLooseShape>(shape: T) =>
  z.strictObject(shape, {
    error: ({ code }) => (code === "unrecognized_keys" ? undefined : `an object with ${namesOf(shape)}`),
  });
const namesOf = (shape: object): string => Object.keys(shape).join(", ");

const labNumber = whole(1, 6, "the number of a lab, from 1 to 6");
const points = number(0, 1_000_000);
const level = oneOf(FEEDBACK);
const seedsNeeded = oneOf(["all", "share"]);

const scene = object({
  points: points.optional().describe("Worth so many points, before the lab is scaled"),
  seedsNeeded: seedsNeeded.optional(),
}).meta({ id: "ScenePolicy" });

const lab = object({
  points: points.optional().describe("The lab's scenes are scaled to so many points together"),
  seedsNeeded: seedsNeeded.optional().describe("Instead of the course's"),
  due: instant.optional().describe("ISO 8601 with its zone. Without one, nothing is late"),
  feedback: object({ before: level.optional(), after: level.optional() })
    .optional()
    .describe("Instead of the course's"),
  scenes: z
    .record(z.string(), scene, { error: "an object with the names of scenes" })
    .optional()
    .describe("Single scenes, by their exact names"),
}).meta({ id: "LabPolicy" });

const late = object({
  graceMinutes: number(0, 10_000)
    .default(0)
    .describe("So late is not late. Whoever is later is late since the due date"),
  days: object({
    bank: whole(0, MAX_DAYS).describe("So many late days has a student, for all labs together"),
    perLab: whole(0, MAX_DAYS).optional().describe("At most so many for one lab"),
    spent: z
      .record(z.string(), whole(0, MAX_DAYS), { error: "an object with the names of students" })
      .default({})
      .describe("By student: days that went into labs which are not graded here"),
  })
    .optional()
    .describe("A late day covers 24 hours, or what is left of them"),
  cost: z
    .union(
      [
        z.literal("nothing"),
        z.literal("everything"),
        object({
          per: oneOf(["day", "hour"]),
          percent: number(0, 100).describe("Of the lab's points, for each day or hour that has begun"),
          floor: number(0, 100).default(0).describe("In percent: so much is left at least"),
        }),
      ],
      { error: '"nothing", "everything", or an object with per, percent, floor' },
    )
    .default("nothing")
    .describe("What the time costs that no late day covers"),
  closeAfterHours: number(0, 24 * MAX_DAYS)
    .optional()
    .describe("Later than so many hours after the due date (or the end of an extension) nothing counts"),
}).meta({ id: "LatePolicy" });

const extension = object({
  student: text,
  lab: labNumber.optional().describe("All labs, if none is named"),
  hours: number(0, 24 * MAX_DAYS).optional(),
  until: instant.optional(),
}).meta({ id: "Extension" });

const cap = object({
  lab: labNumber,
  student: text.describe('"*" is everybody'),
  by: text.describe("Who released the part"),
  cap: number(0, 1).describe("Share of the lab's points"),
  at: instant.describe("What is handed in later is capped"),
}).meta({ id: "ReleaseCap" });

const students = object({
  pattern: z
    .string("a text")
    .optional()
    .describe("A regular expression with a group `student`, matched against the name of a submission"),
  roster: z
    .record(z.string(), z.record(z.string(), z.string("a text"), { error: "an object of texts" }), {
      error: "an object with the names of students",
    })
    .optional()
    .describe("By student: the ids that gradebooks know, by the names of their columns"),
}).meta({ id: "Students" });

/** The shape of `course.json`: the one source of its type and of the published JSON Schema. */
export const courseSchema = object({
  $schema: z.string().optional().describe("For editors"),
  schema: z.literal(COURSE_SCHEMA, { error: `"${COURSE_SCHEMA}"` }),
  seeds: whole(1, 1_000_000).default(GRADING_SEEDS).describe("A scene is played under so many"),
  seedsNeeded: seedsNeeded
    .default("all")
    .describe("`all`: a scene's points need all its seeds. `share`: they are the share of them that passed"),
  challenge: oneOf(["counts", "bonus", "none"])
    .default("counts")
    .describe("`bonus`: beyond the lab's maximum. `none`: it is played and earns nothing"),
  decimals: whole(0, 4)
    .default(2)
    .describe(
      "Points are rounded to so many decimals, halves up: a scene's for show, a lab's from exact ones",
    ),
  attempts: object({
    count: oneOf(["best", "last"]).default("best"),
    per: oneOf(["lab", "submission"]).default("lab"),
  })
    .prefault({})
    .describe("Which counts of all that a student has handed in"),
  feedback: object({
    before: level.default("rule").describe("Until the last deadline and extension have passed"),
    after: level.default("full"),
    totals: yesOrNo.default(false).describe("Points of labs are shown even where their scenes are not"),
  })
    .prefault({})
    .describe("What a student sees"),
  late: late.prefault({}),
  labs: object({
    1: lab.optional(),
    2: lab.optional(),
    3: lab.optional(),
    4: lab.optional(),
    5: lab.optional(),
    6: lab.optional(),
  } satisfies Record<(typeof LABS)[number], unknown>).prefault({}),
  extensions: z
    .array(extension, "a list")
    .default([])
    .describe("More time for a student. The longest counts"),
  caps: z.array(cap, "a list").default([]).describe("Parts of the reference that were released"),
  students: students.prefault({}),
}).meta({ title: "course.json", description: "The policy of a course: how facts become marks" });

/** The policy of a course, every default filled in. */
export type Course = z.infer<typeof courseSchema>;

/** How lateness is dealt with. */
export type LatePolicy = Course["late"];

/** What the policy says of one lab alone. */
export type LabPolicy = z.infer<typeof lab>;

/** The part of a course that is about `lab`. */
export function policyOf(course: Course, lab: number): LabPolicy {
  const known = LABS.find((each) => each === lab);
  return (known === undefined ? undefined : course.labs[known]) ?? {};
}

/** The published JSON Schema. */
export function courseJsonSchema(): object {
  return z.toJSONSchema(courseSchema, { io: "input" });
}
