/**
 * Writes `grade.schema.json` anew, after a change of `grade.ts`: `npm run schema`.
 *
 * @module
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { gradeJsonSchema } from "./grade";

const FILE = path.join(__dirname, "grade.schema.json");

async function write(): Promise<void> {
  const style = (await resolveConfig(FILE)) ?? {};
  writeFileSync(FILE, await format(JSON.stringify(gradeJsonSchema()), { ...style, filepath: FILE }));
}

void write();
