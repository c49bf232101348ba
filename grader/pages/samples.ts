import type { SceneView, View } from "../policy/view";
import { CLASS_SCHEMA, type ClassDocument, type ClassStudent, type Flag } from "../batch/class-document";

/** What a page is made of, for tests: some texts of every kind that a document has. */
export const LABS = [
  { lab: 1, title: "Leader election" },
  { lab: 2, title: "Log replication" },
  { lab: 3, title: "Persistence" },
] as const;

const RULES = [
  "Election Safety (§5.2, Figure 3)",
  "State Machine Safety (§5.4.3, Figure 3)",
  "A vote survives a crash (§5.1, Figure 2)",
  "Election restriction (§5.4.1)",
  "A new leader within 5 s (§5.2)",
] as const;

const MESSAGE =
  "servers 0 and 2 are both leaders of term 3: server 2 voted for server 0 at 812.300 ms, crashed, and voted for itself at 1204.112 ms";

const SCENES = 12;
const POINTS = 40;

/** The view of a student who failed two scenes of each lab; `text` goes into every field that a submission can write to. */
export function sampleView(changes: Partial<View> = {}, text = ""): View {
  return {
    student: `alice${text}`,
    submission: `alice-3.zip${text}`,
    submittedAt: "2026-11-20T22:15:03Z",
    stage: "after",
    final: true,
    points: 96.5,
    maxPoints: 120,
    labs: LABS.map(({ lab, title }) => ({
      lab,
      title: `${title}${text}`,
      points: 32.5,
      maxPoints: POINTS,
      ...(lab === 2 && {
        late: {
          hours: 26,
          factor: 0.9,
          daysUsed: 0,
          sentence: `26 hours late: 90 % of the points count.${text}`,
        },
      }),
      ...(lab === 3 && {
        cap: {
          to: 30,
          by: `staff${text}`,
          sentence: `The reference was released: at most 30 points.${text}`,
        },
      }),
      scenes: Array.from({ length: SCENES }, (_, i) => sampleScene(lab, i, text)),
      hidden: lab === 3 ? 4 : 0,
      ...(lab === 3 && { passed: 13 }),
    })),
    problems: [`raft/raft.ts:12:5: Expected ";" but found "}"${text}`, `kv/server.ts is missing${text}`],
    remarks: [`package.json is not used${text}`],
    typeErrors: [`raft/raft.ts:40:7: Type "string" is not assignable to type "number".${text}`],
    provenance: {
      course: { name: "replication-labs", version: "0.1.0" },
      node: "v20.20.2",
      isolation: "bubblewrap",
      border: "transcript",
      seedCommitment: "ab".repeat(32),
      digest: "cd".repeat(32),
    },
    ...changes,
  };
}

function sampleScene(lab: number, i: number, text: string): SceneView {
  const name = `scene ${lab}.${i}${text}`;
  const base = { name, maxPoints: 3, seeds: 10, challenge: i === SCENES - 1 };
  if (i % 5 !== 3) return { ...base, points: 3, verdict: "accepted", failed: 0 };
  return {
    ...base,
    points: 0,
    verdict: i === 3 ? "wrong" : "stalled",
    failed: 2,
    rule: `${RULES[(lab + i) % RULES.length] ?? ""}${text}`,
    message: `${MESSAGE}${text}`,
    virtualMs: 1204.112,
    server: 2,
    seed: 7,
    replay: `npm run lab -- ${lab} --only "scene ${lab}.${i}" --seed 7 --subject alice${text}`,
  };
}

/** A class of so many students, made by counting; `text` goes into every field that a submission can write to. */
export function sampleClass(size: number, changes: Partial<ClassDocument> = {}, text = ""): ClassDocument {
  const students = Array.from({ length: size }, (_, i) => sampleStudent(i, text));
  const names = students.map(({ name }) => name);
  return {
    schema: CLASS_SCHEMA,
    course: { name: "replication-labs", version: "0.1.0" },
    node: "v20.20.2",
    isolation: "bubblewrap",
    border: "transcript",
    seedBase: null,
    seedCommitment: "ab".repeat(32),
    seeds: 10,
    createdAt: "2026-11-21T23:10:42Z",
    wallMs: 8_123_000,
    workers: 2,
    maxPoints: LABS.length * POINTS,
    labs: LABS.map(({ lab, title }) => ({
      lab,
      title: `${title}${text}`,
      maxPoints: POINTS,
      scenes: Array.from({ length: 12 }, (_, i) => ({
        name: `scene ${lab}.${i}${text}`,
        maxPoints: 3,
        challenge: i === 11,
        passed: i === 11 ? 0 : i % 9 === 0 ? size : Math.floor((size * ((i * 7 + lab) % 11)) / 11),
        judged: size,
      })),
    })),
    students,
    submissions: students.map(({ name, file, points, final, flags }) => {
      const submittedAt = "2026-11-20T22:15:03.000Z";
      return { name, file, student: name, submittedAt, digest: "cd".repeat(32), points, final, flags };
    }),
    groups: LABS.flatMap(({ lab }) => RULES.map((rule, r) => sampleGroup(lab, rule, r, names, text))).filter(
      (group) => group.students.length > 0,
    ),
    judgeErrors: [],
    ungraded: [],
    ignored: [],
    ...changes,
  };
}

const FLAGS: readonly (readonly Flag["kind"][])[] = [
  [],
  ["late"],
  [],
  ["cap"],
  [],
  ["does-not-compile"],
  ["identical"],
  [],
];

function sampleStudent(i: number, text: string): ClassStudent {
  const file = `student-${String(i).padStart(3, "0")}`;
  const share = Math.min(1, ((i * 37) % 101) / 80);
  const labs = LABS.map(({ lab }) => ({
    lab,
    points: Math.round(2 * POINTS * Math.max(0, share - lab * 0.08)) / 2,
    maxPoints: POINTS,
    ...(lab === 1 && i % 8 === 1 && { late: { hours: 26, factor: 0.9 } }),
    ...(lab === 2 && i % 8 === 3 && { cap: { to: 30, by: `staff${text}` } }),
  }));
  return {
    name: `${file}${text}`,
    file,
    points: labs.reduce((sum, { points }) => sum + points, 0),
    final: true,
    labs,
    flags: (FLAGS[i % FLAGS.length] ?? []).map((kind) => ({
      kind,
      text: `A sentence about ${kind}.${text}`,
    })),
    ...(i % 8 === 6 && { identicalTo: `student-000${text}` }),
    submissions: [`${file}${text}`, ...(i % 8 === 2 ? [`${file}-first${text}`] : [])],
  };
}

function sampleGroup(
  lab: number,
  rule: string,
  r: number,
  names: readonly string[],
  text: string,
): ClassDocument["groups"][number] {
  const students = names.filter((_, i) => i % (2 + r + lab) === 1);
  return {
    rule: `${rule}${text}`,
    verdict: r === 4 ? "stalled" : "wrong",
    lab,
    students,
    submissions: students,
    scenes: [`scene ${lab}.${r}${text}`, `scene ${lab}.${r + 1}${text}`],
    example: { student: students[0] ?? "", scene: `scene ${lab}.${r}${text}`, message: `${MESSAGE}${text}` },
  };
}
