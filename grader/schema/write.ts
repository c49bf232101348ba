/**
 * Writes the published schemas anew, after a change of `grade.ts` of the policy's `course.ts` or `marks.ts`, or of `class-document.ts`:
 * `npm run schema`.
 *
 * @module
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { classJsonSchema } from "../batch/class-document";
import { courseJsonSchema } from "../policy/course";
import { marksJsonSchema } from "../policy/marks";
import { gradeJsonSchema } from "./grade";

const POLICY = path.join(__dirname, "..", "policy");

async function write(file: string, schema: object): Promise<void> {
  const style = (await resolveConfig(file)) ?? {};
  writeFileSync(file, await format(JSON.stringify(schema), { ...style, filepath: file }));
}

void write(path.join(__dirname, "grade.schema.json"), gradeJsonSchema());
void write(path.join(POLICY, "course.schema.json"), courseJsonSchema());
void write(path.join(POLICY, "marks.schema.json"), marksJsonSchema());
void write(path.join(__dirname, "..", "batch", "class.schema.json"), classJsonSchema());
