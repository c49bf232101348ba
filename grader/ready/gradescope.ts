import { readFileSync } from "node:fs";
import path from "node:path";
import { graderFiles, type Packed } from "./contents";

/** How submissions are to be graded on Gradescope. */
export interface Settings {
  /** The numbers of the labs; they are graded one after the other. */
  readonly labs: readonly number[];
  readonly seeds?: number | undefined;
  /** What the file of the secret holds from which hidden seeds derive. */
  readonly secret?: Buffer | undefined;
  /** What the file of the policy holds, if it is not the course's own. */
  readonly course?: Buffer | undefined;
  /** What students see. */
  readonly stage: "before" | "after";
  /** A grading that takes longer is ended. */
  readonly minutes: number;
  /** More options of `npm run grade`. */
  readonly more: readonly string[];
}

/** Where the course and the other files lie in the container, seen from the course. */
const BESIDE = "..";

/** What Gradescope is given: its two scripts at the root, the settings beside them, and the course. */
export function gradescopeFiles(root: string, settings: Settings): Packed[] {
  const script = (name: string): Packed => ({
    name,
    content: readFileSync(path.join(__dirname, "gradescope", name)),
    executable: true,
  });
  const { secret, course } = settings;
  return [
    script("setup.sh"),
    script("run_autograder"),
    { name: "settings.sh", content: Buffer.from(settingsScript(settings), "utf8") },
    ...(secret === undefined ? [] : [{ name: "seeds.secret", content: secret }]),
    ...(course === undefined ? [] : [{ name: "course.json", content: course }]),
    ...graderFiles(root, "course"),
  ];
}

function settingsScript({ labs, seeds, secret, course, stage, minutes, more }: Settings): string {
  const policy = course === undefined ? [] : ["--course", `${BESIDE}/course.json`];
  const grading = [
    ...(seeds === undefined ? [] : ["--seeds", String(seeds)]),
    ...(secret === undefined ? [] : ["--secret", `${BESIDE}/seeds.secret`]),
    ...more,
  ];
  return [
    `grade_options=(${grading.map(quoted).join(" ")})`,
    `export_options=(${["--stage", stage, ...policy].map(quoted).join(" ")})`,
    `labs=(${labs.join(" ")})`,
    `seconds=${minutes * 60}`,
    "",
  ].join("\n");
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
