import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { comparisonOf, type Comparison } from "../../labs/compare/comparison";
import { sendCrew } from "../../labs/compare/crew";
import { svgFiles, type OutputFile } from "../../labs/compare/files";
import { PARTS } from "../../labs/compare/parts";
import { ROOT } from "./pages";

/** The page that shows the pictures. */
export const PLOTS_PAGE = "docs/comparison.md";

const FOLDER = path.join(ROOT, "docs", "plots");
const FIGURES = "comparison.json";

/** What `npm run compare` measures if nobody asks for anything else. */
const ORDER = { seed: 1, seeds: 1 };
const SUBJECT = "solutions";

/** The figures from which the pictures of the page were drawn. */
export function figures(): Comparison {
  return JSON.parse(readFileSync(path.join(FOLDER, FIGURES), "utf8")) as Comparison;
}

/** A picture as it lies there. */
export function pictureFile(name: string): string {
  return readFileSync(path.join(FOLDER, name), "utf8");
}

/** Measures anew, and draws. @returns how many files are different now */
export async function refreshPlots(): Promise<number> {
  const parts = PARTS.map(({ name }) => name);
  const { rows, problems } = await sendCrew(
    { subject: path.join(ROOT, SUBJECT), order: ORDER, parts },
    () => undefined,
  );
  if (problems.length > 0) throw new Error(problems[0]);
  const comparison = comparisonOf(SUBJECT, ORDER, rows);
  const files = [
    ...svgFiles(comparison),
    { name: FIGURES, text: `${JSON.stringify(comparison, undefined, 1)}\n` },
  ];
  mkdirSync(FOLDER, { recursive: true });
  return files.filter(write).length;
}

/** True if it was not there, or different. */
function write({ name, text }: OutputFile): boolean {
  const file = path.join(FOLDER, name);
  try {
    if (readFileSync(file, "utf8") === text) return false;
  } catch {
    // It is new.
  }
  writeFileSync(file, text);
  return true;
}
