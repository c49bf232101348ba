import { githubLog } from "./annotations";
import { type Classroom50Submission, classroom50Result } from "./classroom50";
import { ctrfReport } from "./ctrf";
import { gradescopeResults, type Readers } from "./gradescope";
import { junitXml } from "./junit";
import { prairieLearnResults } from "./prairielearn";

/** Formats that say all there is to say of one submission, or of each submission of a class. */
export const REPORTS = ["gradescope", "ctrf", "junit", "prairielearn"] as const;

/** Formats that need to know where they are run, so of one submission only. */
export const HOOKS = ["classroom50", "github"] as const;

/** One of {@link REPORTS} or {@link HOOKS}. */
export type Format = (typeof REPORTS)[number] | (typeof HOOKS)[number];

/** What formats need besides views. */
export interface Circumstances {
  /** When it was graded, in ms since 1970. */
  readonly at: number;
  /** How long that took, in ms. */
  readonly wallMs: number;
  /** What Classroom 50 says of the submission. */
  readonly classroom50: () => Classroom50Submission;
  /** A random token, for GitHub. */
  readonly token: () => string;
}

/** A submission in a format, as the text of a file. */
export function written(format: Format, readers: Readers, circumstances: Circumstances): string {
  const { now, staff } = readers;
  switch (format) {
    case "gradescope":
      return json(gradescopeResults(readers, circumstances.wallMs));
    case "classroom50":
      return json(classroom50Result(now, circumstances.classroom50()));
    case "github":
      return githubLog(now, circumstances.token());
    case "ctrf":
      return json(ctrfReport(now, circumstances));
    case "junit":
      return junitXml(now, circumstances);
    case "prairielearn":
      return json(prairieLearnResults(now, staff));
  }
}

/** What files of a format are called behind the dot. */
export function endingOf(format: Format): string {
  return format === "junit" ? "xml" : "json";
}

function json(document: object): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
