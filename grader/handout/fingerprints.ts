import { createHash } from "node:crypto";
import type { Contents } from "./contents";

/** So many telling lines in a row are no accident. */
const RUN = 5;

/** Short lines are much the same in all scenes: so many characters the five must have together. */
const LENGTH = 160;

/** A place in a handout that stands in a file which students are not to see. */
export interface Match {
  readonly file: string;
  readonly secret: string;
  /** The first of the lines. */
  readonly line: string;
}

/**
 * Where a handout says the same as a file that is not for students: five lines in a row, whatever their indentation and however long the
 * comments between them.
 *
 * @param contents - the handout
 * @param secrets - solutions, hidden scenes, mutants and variants
 */
export function matches(contents: Contents, secrets: Contents): Match[] {
  const known = new Map<string, string>();
  for (const [file, bytes] of secrets) {
    for (const { print } of printsOf(bytes.toString("utf8"))) known.set(print, known.get(print) ?? file);
  }
  return [...contents].flatMap(([file, bytes]) => {
    if (!file.endsWith(".ts") && !file.endsWith(".md")) return [];
    const found = printsOf(bytes.toString("utf8")).find(({ print }) => known.has(print));
    return found === undefined ? [] : [{ file, secret: known.get(found.print) ?? "", line: found.line }];
  });
}

function printsOf(text: string): { print: string; line: string }[] {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter(isTelling);
  return lines.slice(0, Math.max(0, lines.length - RUN + 1)).flatMap((line, i) => {
    const run = lines.slice(i, i + RUN).join("\n");
    if (run.length < LENGTH) return [];
    return [{ line, print: createHash("sha256").update(run).digest("base64") }];
  });
}

/** What any program of this kind has says nothing: imports, comments, signatures and brackets. */
function isTelling(line: string): boolean {
  if (line.length < 8) return false;
  if (
    /^(import|export|\/\/|\/?\*|\}|type |constructor\(|(private|readonly|protected) |class |"[\w./@-]+",?$)/.test(
      line,
    )
  )
    return false;
  return !/^[\w.]+,$|^[\w?]+: [\w.[\]"<>| ]+[,;]?$|^(\w+|\{[^}]*\}): .*\[".*"\]["\]\w[]*,?$/.test(line);
}
