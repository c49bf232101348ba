import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ROOT, wordOf, type Block, type Page } from "./pages";

/** How the pages call the copy of the program in which a reader makes a change. */
export const COPY = "../try";

/** A small change of a program that a page shows as a diff. */
export interface Change {
  readonly name: string;
  /** The file that is changed, relative to the folder of the program. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** The changes that pages show: blocks of the language diff with the words `name=…` and `file=…`. */
export function changesOf(pages: readonly Page[]): Map<string, Change> {
  const changes = pages.flatMap(({ blocks }) =>
    blocks.filter(({ language }) => language === "diff").map(changeOf),
  );
  return new Map(changes.map((change) => [change.name, change]));
}

function changeOf(block: Block): Change {
  const side = (sign: string): string =>
    block.lines
      .filter((line) => line === "" || line.startsWith(" ") || line.startsWith(sign))
      .map((line) => `${line.slice(1)}\n`)
      .join("");
  const [name = "", file = ""] = [wordOf(block, "name"), wordOf(block, "file")];
  return { name, file, find: side("-"), replace: side("+") };
}

/**
 * Makes the change in a copy of a program, for as long as `body` takes.
 *
 * @param program - the folder of the program, relative to the course
 * @throws Error if the program has moved under the change
 */
export async function withChange<T>(
  change: Change,
  program: string,
  body: (folder: string) => Promise<T>,
): Promise<T> {
  const parent = mkdtempSync(path.join(tmpdir(), "pages-"));
  const folder = path.join(parent, "try");
  try {
    cpSync(path.join(ROOT, program), folder, { recursive: true });
    const file = path.join(folder, change.file);
    const parts = readFileSync(file, "utf8").replaceAll("\r\n", "\n").split(change.find);
    if (parts.length !== 2) {
      throw new Error(
        `the change “${change.name}” fits ${parts.length - 1} places of ${program}/${change.file}`,
      );
    }
    writeFileSync(file, parts.join(change.replace));
    return await body(folder);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}
