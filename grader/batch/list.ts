import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { UsageError } from "../../labs/kit/program/errors";

const listed = z.object({
  student: z.string().min(1),
  path: z
    .string()
    .min(1)
    .transform((text) => text.replaceAll("\\", "/").replace(/^(\.\/)+|\/+$/g, ""))
    .refine((text) => !/^([A-Za-z]:|\/)/.test(text) && !text.split("/").includes(".."), {
      error: "leads out of the folder of submissions",
    }),
  submittedAt: z.iso
    .datetime({ offset: true, error: "is no time such as 2026-10-01T12:00:00Z or 2026-10-01T20:00:00+08:00" })
    .transform((text) => new Date(text).toISOString())
    .optional(),
});

/** One line of a list of submissions: whose it is, where it lies, and when it was handed in. */
export type Listed = z.infer<typeof listed>;

/**
 * Reads the list of a class: CSV with the columns student, path and, if you like, submittedAt; or a JSON array of such objects. Paths are
 * relative to the folder of submissions.
 *
 * @throws UsageError that says which line is wrong
 */
export function readList(file: string): Listed[] {
  const rows = file.toLowerCase().endsWith(".json") ? fromJson(file) : fromCsv(file);
  const list = rows.map(({ where, value }) => {
    const { success, data, error } = listed.safeParse(value);
    if (success) return data;
    const [issue] = error.issues;
    const column = issue?.path.join(".") ?? "";
    throw new UsageError(
      `${file}, ${where}: ${column === "" ? "" : `${column}: `}${issue?.message ?? "is wrong"}`,
    );
  });
  for (const [i, { path }] of list.entries()) {
    if (list.findIndex((each) => each.path === path) < i)
      throw new UsageError(
        `${file}, ${rows[i]?.where ?? ""}: ${JSON.stringify(path)} is there twice; remove one`,
      );
  }
  return list;
}

interface Row {
  readonly where: string;
  readonly value: unknown;
}

function fromCsv(file: string): Row[] {
  try {
    const options = { columns: true, bom: true, trim: true, skip_empty_lines: true, info: true } as const;
    const rows = parse<{ record: Record<string, string>; info: { lines: number } }>(textOf(file), options);
    return rows.map(({ record: { submittedAt, ...rest }, info }) => ({
      where: `line ${info.lines}`,
      value: submittedAt === undefined || submittedAt === "" ? rest : { ...rest, submittedAt },
    }));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} is no CSV that can be read (${(error as Error).message})`);
  }
}

function fromJson(file: string): Row[] {
  let value: unknown;
  try {
    value = JSON.parse(textOf(file));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} is no JSON (${(error as Error).message})`);
  }
  if (!Array.isArray(value))
    throw new UsageError(`${file}: write an array of {"student", "path", "submittedAt"}`);
  return value.map((each: unknown, i) => ({ where: `entry ${i + 1}`, value: each }));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
